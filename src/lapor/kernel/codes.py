"""Tracking codes, unguessable, easy to read aloud, with a check character; and human numbers.

Ten random characters of 31 (49 bits) and one check character over them, shown as `ABCDE-FGHJK-7`. The alphabet leaves
out I, L, O, Q and U; 31 is prime, so the check notices every single wrong character and every swap of two.
Reading forgives lower case, spaces, dashes and the letters O, I and L for 0 and 1.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

ALPHABET = "0123456789ABCDEFGHJKMNPRSTVWXYZ"
LENGTH = 10
HIDDEN = "•••"
_NUMBER = re.compile(r"([A-Z0-9]{1,12}?)[- /]*(20\d\d)[- /]+(\d{1,12})", re.ASCII)
_ANY = f"[{ALPHABET}OILoil{ALPHABET.lower()}]"
_PRINTED = re.compile(rf"(?<!\w)(?:{_ANY}{{5}}-{_ANY}{{5}}-{_ANY}|{_ANY}{{{LENGTH + 1}}})(?!\w)")
_AMONG_WORDS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{5}-?[A-Za-z0-9]{5}-?[A-Za-z0-9](?![A-Za-z0-9])")
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def check_character(body: str) -> str:
    """Return the character that ends `body`; a weighted sum modulo the prime 31."""
    return ALPHABET[sum(place * ALPHABET.index(c) for place, c in enumerate(body, start=1)) % 31]


def new_code() -> str:
    """Return a fresh code of eleven characters, without dashes (as it is stored).

    Letters and figures are both in it: else nobody could tell it from a word or a telephone number among others.
    """
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if any(c.isdigit() for c in body) and any(c.isalpha() for c in body):
            return body + check_character(body)


def read_code(typed: str) -> str | None:
    """Return the stored form of a code as a person typed it, or None if it cannot be one."""
    if len(typed) > 40:
        return None
    code = typed.upper().translate(_FORGIVEN)
    if len(code) != LENGTH + 1 or any(c not in ALPHABET for c in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def printed_codes(text: str) -> Iterator[re.Match[str]]:
    """Yield where codes stand among other words: ABCDE-FGHJK-7, or the eleven characters together."""
    return (found for found in _PRINTED.finditer(text) if is_code(found[0]))


def is_code(written: str) -> bool:
    """Tell whether what stands among other words is a code: with its dashes, or letters and figures together.

    One in 31 words of eleven letters, and one in 31 telephone numbers of eleven figures, has the right check character.
    """
    mixed = any(c.isdigit() for c in written) and any(c.isalpha() for c in written)
    return ("-" in written or mixed) and read_code(written) is not None


def without_codes(text: str) -> str:
    """Return words as an officer may read them: whoever holds a code acts as its reporter."""
    return _AMONG_WORDS.sub(lambda found: HIDDEN if is_code(found[0]) else found[0], text)


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
