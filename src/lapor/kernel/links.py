"""What signed links are signed for: whoever makes one and whoever reads it must mean the same."""

from __future__ import annotations

from datetime import timedelta

MONTHLY = "lapor.monthly"  # the report of a month, in a letter to an officer
MONTHLY_LASTS = timedelta(days=60)
