"""What public lists, search and map are made from: one narrow row per report that was public at its last step.

It only makes finding quick. Whether a report may be shown is decided by `queries.public.public()` in the same query.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from lapor.agencies.models import Agency, Category, Place
from lapor.reports.models.report import IS_OPEN, Report


class WordsField(models.Field):  # type: ignore[type-arg]  # generic for the type checker only
    """A tsvector: stems with their positions, and tags such as @a17 (institution), @k5 (category), @p9 (place)."""

    def db_type(self, connection: Any) -> str:
        """Return PostgreSQL's type."""
        return "tsvector"


@WordsField.register_lookup
class Finds(models.Lookup):  # type: ignore[type-arg]
    """`words__finds=query`: the words satisfy the query (a tsquery)."""

    lookup_name = "finds"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Return `words @@ query`."""
        words, first = self.process_lhs(compiler, connection)
        query, second = self.process_rhs(compiler, connection)
        return f"{words} @@ {query}", [*first, *second]


class Listing(models.Model):
    """Where one public report stands in the lists: `place` never finer than a district, `city` and `province` above."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.CASCADE, related_name="listing")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    city = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    province = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=12)
    received_at = models.DateTimeField()
    supports = models.PositiveIntegerField(default=0)
    words = WordsField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["received_at", "report"], name="listed"),
            models.Index(fields=["agency", "received_at", "report"], name="listed_by_agency"),
            models.Index(fields=["category", "received_at", "report"], name="listed_by_category"),
            models.Index(fields=["place", "received_at", "report"], name="listed_by_place"),
            models.Index(fields=["city", "received_at", "report"], name="listed_by_city"),
            models.Index(fields=["province", "received_at", "report"], name="listed_by_province"),
            models.Index(fields=["status", "received_at", "report"], name="listed_by_status"),
            models.Index(fields=["received_at", "report"], condition=IS_OPEN, name="listed_waiting"),
            models.Index(
                fields=["agency", "received_at", "report"], condition=IS_OPEN, name="listed_waiting_by_agency"
            ),
            models.Index(fields=["supports", "report"], condition=Q(supports__gt=0), name="listed_by_supports"),
            models.Index(
                fields=["agency", "supports", "report"], condition=Q(supports__gt=0), name="listed_by_agency_supports"
            ),
            GinIndex(fields=["words"], name="listed_words"),
        ]

    def __str__(self) -> str:
        """Return the status."""
        return self.status


class ListingDelta(models.Model):
    """A change of a public count by place, folded by the worker; `agency` None counts the whole installation."""

    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    place = models.ForeignKey(Place, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    status = models.CharField(max_length=12)
    delta = models.IntegerField()

    def __str__(self) -> str:
        """Return the change."""
        return f"{self.status} {self.delta:+d}"


class ListingCount(models.Model):
    """How many public reports of a status a place has, by institution or (None) in all."""

    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    place = models.ForeignKey(Place, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    status = models.CharField(max_length=12)
    n = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "place", "status"], nulls_distinct=False, name="one_count_per_place"
            )
        ]

    def __str__(self) -> str:
        """Return the count."""
        return f"{self.status} {self.n}"
