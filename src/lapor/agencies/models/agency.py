"""The tree of agencies. Every node is one desk that can hold reports."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models.calendar import Calendar


class Agency(models.Model):
    """A node: the national desk, an institution (K/L/D), a unit below it, or a satuan kerja below a unit."""

    class Kind(models.TextChoices):
        """What stands at this node; it decides which holder a report here has."""

        NATIONAL = "national"
        INSTITUTION = "institution"
        UNIT = "unit"
        SUBUNIT = "subunit"
        OVERSIGHT = "oversight"

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    institution = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
        help_text="The institution above this node; an institution's own node.",
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.SlugField(max_length=80, unique=True, help_text="Stable name in addresses, files and the ledger.")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    prefix = models.CharField(
        max_length=12, blank=True, help_text="Begins the human numbers of an institution, for example MTR."
    )
    profile = models.CharField(max_length=40, default="nasional", help_text="Code of the SOP profile in force here.")
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="agencies")
    email = models.EmailField(blank=True)
    is_receiving = models.BooleanField(
        default=True, help_text="False for an abolished or merged desk: nothing new goes there."
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="Who took over the work of a desk that was merged; never itself merged when it was chosen.",
    )
    source_name = models.CharField(
        max_length=200, blank=True, help_text="The name under which imports know it, where it differs."
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["institution", "kind"], name="agency_members")]

    def __str__(self) -> str:
        """Return the name as officers read it."""
        return self.name


class Keyword(models.Model):
    """An SMS keyword of an institution, in upper case without spaces and dots (S38, S73, C3)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="keywords")
    word = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        """Return the keyword."""
        return self.word
