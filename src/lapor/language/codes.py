"""Tracking codes as people type them: told from words, read, and left out. How they are made: `lapor.kernel.codes`.

Ten characters of 31 and one check character over them; the alphabet leaves out I, L, O, Q and U; 31 is prime, so the
check notices every single wrong character and every swap of two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ALPHABET = "0123456789ABCDEFGHJKMNPRSTVWXYZ"
LENGTH = 10
HIDDEN = "•••"
_A = "[A-Za-z0-9]"
_AMONG_WORDS = re.compile(rf"(?<!{_A})(?:{_A}{{5}}-?{_A}{{5}}-?{_A}|{_A}{{5}}( | ?- ?){_A}{{5}}\1{_A})(?!{_A})")
_TOLD = re.compile(r"(?:kode|code|lacak|resi)\W", re.IGNORECASE)
_NEAR = 40  # characters before a code in which a word may tell that it is one
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def check_character(body: str) -> str:
    """Return the character that ends `body`; a weighted sum modulo the prime 31."""
    return ALPHABET[sum(place * ALPHABET.index(c) for place, c in enumerate(body, start=1)) % 31]


def read_code(typed: str) -> str | None:
    """Return the stored form of a code as a person typed it, or None if it cannot be one."""
    if len(typed) > 40:
        return None
    code = typed.upper().translate(_FORGIVEN)
    if len(code) != LENGTH + 1 or any(c not in ALPHABET for c in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def is_code(written: str) -> bool:
    """Tell whether what stands among other words is a code: with its dashes, or letters and figures together.

    One in 31 words of eleven letters, and one in 31 telephone numbers of eleven figures, has the right check character.
    """
    mixed = any(c.isdigit() for c in written) and any(c.isalpha() for c in written)
    return ("-" in written or mixed) and read_code(written) is not None


def typed_codes(text: str) -> Iterator[re.Match[str]]:
    """Yield where codes stand in free text, however they are typed: in small letters, with blanks ("8gzyc iewab 7").

    With blanks they hold a figure in both halves, or a word before tells what they are: "bisa2 sampai 1" is none.
    """
    for found in _AMONG_WORDS.finditer(text):
        if is_code(found[0]) and (" " not in found[0] or _is_told(text, found)):
            yield found


def _is_told(text: str, found: re.Match[str]) -> bool:
    halves = (found[0][:5], found[0][5:-1])
    both = all(any(c.isdigit() for c in half) for half in halves)
    return both or _TOLD.search(text, max(0, found.start() - _NEAR), found.start()) is not None


def without_codes(text: str) -> str:
    """Return words as an officer may read them: whoever holds a code acts as its reporter."""
    parts, end = [], 0
    for found in typed_codes(text):
        parts += [text[end : found.start()], HIDDEN]
        end = found.end()
    return "".join([*parts, text[end:]])
