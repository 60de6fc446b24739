"""How an institution looks at its own address: colour, crest and a line below its name (S72)."""

from __future__ import annotations

from django.db import models

from lapor.agencies.looks import COLOURS
from lapor.agencies.models.agency import Agency


class Look(models.Model):
    """What an institution chose; one that chose nothing looks like the whole system."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="look", primary_key=True)
    colour = models.CharField(max_length=12, blank=True, choices=[(name, name) for name in COLOURS])
    motto = models.CharField(max_length=120, blank=True)
    crest = models.BinaryField(null=True, help_text="PNG, at most 256 pixels a side, without metadata.")
    crest_mark = models.CharField(max_length=16, blank=True, help_text="Names these bytes in addresses.")

    def __str__(self) -> str:
        """Return the colour's name."""
        return self.colour or "nila"
