"""What reports are about, and which unit a category leads to (S8)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language

from lapor.agencies.models.agency import Agency


class Category(models.Model):
    """A subject of reports, in our own short tree; `source_ids` are the ids under which national exports know it."""

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    code = models.SlugField(max_length=80, unique=True)
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="Where whoever asks for this one is led; never itself merged. Its old reports keep it.",
    )

    def __str__(self) -> str:
        """Return the Indonesian name."""
        return self.name_id

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "id").startswith("en") else self.name_id


class Tag(models.Model):
    """A word an institution keeps for its reports. Reports hold the word itself, so that old ones stay as they were."""

    institution = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="tags")
    word = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="The word that is used instead; never itself merged.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "word"], name="one_tag_per_word"),
        ]

    def __str__(self) -> str:
        """Return the word."""
        return self.word


class RoutingRule(models.Model):
    """Within an institution, reports of a category belong to a unit (S8); a place may narrow the rule."""

    institution = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="routing_rules")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="routing_rules")
    place = models.ForeignKey(
        "agencies.Place", null=True, blank=True, on_delete=models.CASCADE, related_name="routing_rules"
    )
    unit = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="routed_here")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "category", "place"],
                nulls_distinct=False,
                name="one_rule_per_category_and_place",
            )
        ]

    def __str__(self) -> str:
        """Return the category and the unit."""
        return f"{self.category_id} to {self.unit_id}"
