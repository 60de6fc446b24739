"""Tracking codes: unguessable, easy to read aloud, with a check character.

Ten random characters of 31 (49 bits) and one check character over them, shown as `ABCDE-FGHJK-7`. The alphabet leaves
out I, L, O, Q and U; 31 is prime, so the check notices every single wrong character and every swap of two.
Reading forgives lower case, spaces, dashes and the letters O, I and L for 0 and 1.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPRSTVWXYZ"
LENGTH = 10
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def check_character(body: str) -> str:
    """Return the character that ends `body`; a weighted sum modulo the prime 31."""
    return ALPHABET[sum(place * ALPHABET.index(c) for place, c in enumerate(body, start=1)) % 31]


def new_code() -> str:
    """Return a fresh code of eleven characters, without dashes (as it is stored)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return body + check_character(body)


def read_code(typed: str) -> str | None:
    """Return the stored form of a code as a person typed it, or None if it cannot be one."""
    if len(typed) > 40:
        return None
    code = typed.upper().translate(_FORGIVEN)
    if len(code) != LENGTH + 1 or any(c not in ALPHABET for c in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def show_code(code: str) -> str:
    """Return a stored code with its dashes, as it is printed and read aloud."""
    return f"{code[:5]}-{code[5:10]}-{code[10:]}"
