"""Numbers that come in addresses and forms, where anybody can write anything."""

from __future__ import annotations

LONGEST = 18  # digits; whatever has more is no number of a row


def row_number(typed: str | None) -> int | None:
    """Return the row number somebody's address carries, or None: a broken cursor begins at the top of its list."""
    if typed and len(typed) <= LONGEST and typed.isascii() and typed.isdecimal():
        return int(typed)
    return None
