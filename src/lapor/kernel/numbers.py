"""Numbers that come in addresses and forms, where anybody can write anything."""

from __future__ import annotations

LONGEST = 18  # digits; whatever has more is no number of a row
FURTHEST = 10_000  # page of a list; beyond it is no page that anybody turned to


def row_number(typed: str | None) -> int | None:
    """Return the row number somebody's address carries, or None: a broken cursor begins at the top of its list."""
    if typed and len(typed) <= LONGEST and typed.isascii() and typed.isdecimal():
        return int(typed)
    return None


def page_number(typed: str | None) -> int:
    """Return the page of a list that an address asks for, counted from 1; the first for what is none."""
    return min(row_number(typed) or 1, FURTHEST)
