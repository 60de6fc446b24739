"""Versions of SOP profiles that people made, beside those that come with the product (docs/adr/0016)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lapor.agencies.models.agency import Agency


class ProfileVersion(models.Model):
    """One version: the text is what a file of `lapor/sop/profiles` would hold. Never changed, only taken back early."""

    institution = models.ForeignKey(
        Agency,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="profile_versions",
        help_text="Whose own SOP this is; empty for a profile that several institutions follow.",
    )
    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    effective = models.DateField()
    text = models.TextField(blank=True)
    goes_back = models.BooleanField(
        default=False,
        db_default=False,
        help_text="From this day on there is no SOP of its own: the profile that is followed holds again. No text.",
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken back before its first day; it never held.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "effective"],
                condition=models.Q(withdrawn_at=None),
                name="one_profile_version_per_day",
            )
        ]

    def __str__(self) -> str:
        """Return code and version."""
        return f"{self.code} {self.version}"
