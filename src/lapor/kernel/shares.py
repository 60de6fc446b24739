"""How a share is told to people, the same on every page, on paper and in every workbook."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def whole_percents(share: float) -> int:
    """Return a share (0 to 1) as whole percents, half a percent rounded up: 2 of 3 are 67, 1 of 8 is 13.

    All and nothing are said only of all and nothing: 999 of 1,000 are 99, and 1 of 1,000 is 1.
    """
    percents = int((100 * Decimal(str(share))).quantize(Decimal(1), ROUND_HALF_UP))
    if 0 < share < 1:
        return min(max(percents, 1), 99)
    return percents


def percent(share: float | None) -> str:
    """Return a share (0 to 1) as it is read: "67 %"; "–" where there is nothing to have a share of."""
    return "–" if share is None else f"{whole_percents(share)} %"
