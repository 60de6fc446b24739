"""Places a report can be about, down to kelurahan."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Upper


class Place(models.Model):
    """A province, regency or city, district (kecamatan) or village (kelurahan), by its official code."""

    code = models.CharField(max_length=13, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=10, help_text="province, city, district, village")

    class Meta:
        indexes: ClassVar = [
            models.Index(OpClass(Upper("name"), name="varchar_pattern_ops"), name="places_by_name"),  # istartswith
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
