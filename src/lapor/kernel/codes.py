"""Tracking codes, unguessable, easy to read aloud, with a check character; and human numbers.

Ten random characters of 31 (49 bits) and one check character over them, shown as `ABCDE-FGHJK-7`. The alphabet leaves
out I, L, O, Q and U; 31 is prime, so the check notices every single wrong character and every swap of two.
Reading forgives lower case, spaces, dashes and the letters O, I and L for 0 and 1.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

from lapor.language.codes import (
    ALPHABET,
    HIDDEN,
    LENGTH,
    check_character,
    is_code,
    read_code,
    typed_codes,
    without_codes,
)

__all__ = [
    "ALPHABET",
    "HIDDEN",
    "LENGTH",
    "check_character",
    "is_code",
    "new_code",
    "printed_codes",
    "read_code",
    "read_number",
    "show_code",
    "show_number",
    "typed_codes",
    "without_codes",
]

_NUMBER = re.compile(r"([A-Z0-9]{1,12}?)[- /]*(20\d\d)[- /]+(\d{1,12})", re.ASCII)
_ANY = f"[{ALPHABET}OILoil{ALPHABET.lower()}]"
_PRINTED = re.compile(rf"(?<!\w)(?:{_ANY}{{5}}-{_ANY}{{5}}-{_ANY}|{_ANY}{{{LENGTH + 1}}})(?!\w)")


def new_code() -> str:
    """Return a fresh code of eleven characters, without dashes (as it is stored).

    Letters and figures are both in it: else nobody could tell it from a word or a telephone number among others.
    """
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if any(c.isdigit() for c in body) and any(c.isalpha() for c in body):
            return body + check_character(body)


def printed_codes(text: str) -> Iterator[re.Match[str]]:
    """Yield where codes stand among other words: ABCDE-FGHJK-7, or the eleven characters together."""
    return (found for found in _PRINTED.finditer(text) if is_code(found[0]))


def show_code(code: str) -> str:
    """Return a stored code with its dashes, as it is printed and read aloud."""
    return f"{code[:5]}-{code[5:10]}-{code[10:]}"


def show_number(prefix: str, year: int, n: int) -> str:
    """Return a human number: the institution, the year and the place in its order, such as MTR-2026-000123."""
    return f"{prefix}-{year}-{n:06d}"


def read_number(typed: str) -> str | None:
    """Return a human number as it is stored, from "mtr 2026 123" too; None if it cannot be one."""
    found = _NUMBER.fullmatch(typed.strip().upper())
    return show_number(found[1], int(found[2]), int(found[3])) if found else None
