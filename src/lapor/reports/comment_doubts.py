"""What makes a comment doubtful, for the officer who decides; every comment waits for one, whatever is found here."""

from __future__ import annotations

import re
from enum import StrEnum

# Rough words that people throw at each other; the list only warns, so it is short and need not be complete.
_ROUGH = (
    "anjing|anjg|anjir|bangsat|bajingan|babi|monyet|goblok|goblog|tolol|bego|kontol|memek|ngentot|asu|jancok|brengsek"
    "|keparat|setan|iblis|kafir|cebong|kampret|mampus|bunuh|sundal|lonte|pelacur"
)


class Doubt(StrEnum):
    """One reason to look twice."""

    LINK = "link"
    PHONE = "phone"
    EMAIL = "email"
    IDENTITY = "identity"
    ROUGH = "rough"
    SHOUTING = "shouting"


_SIGNS = {
    Doubt.LINK: re.compile(
        r"https?:|www\.|\b[\w-]{2,}\.(?:com|net|org|id|co|me|ly|xyz|info|biz|link|site|top)\b", re.I
    ),
    Doubt.EMAIL: re.compile(r"\S@\S+\.\S"),
    Doubt.IDENTITY: re.compile(r"(?<!\d)\d{16}(?!\d)"),
    Doubt.PHONE: re.compile(r"(?<!\d)(?:\+?62|0)[ .-]?\d(?:[ .-]?\d){7,11}(?!\d)"),
    Doubt.ROUGH: re.compile(rf"\b(?:{_ROUGH})\w{{0,3}}\b", re.I),
}
_FEWEST_LETTERS = 20


def doubts(text: str) -> list[Doubt]:
    """Return the reasons to look twice at a comment; linear in its length."""
    found = [doubt for doubt, sign in _SIGNS.items() if sign.search(text)]
    letters = [c for c in text if c.isalpha()]
    if len(letters) >= _FEWEST_LETTERS and sum(c.isupper() for c in letters) > 0.8 * len(letters):
        found.append(Doubt.SHOUTING)
    return found
