"""Words as they are compared: in small letters, stretched letters single, without common beginnings and endings."""

from __future__ import annotations

import re
from functools import lru_cache

from lapor.language.tokens import LONGEST

_WORD = re.compile(r"[^\W_]+")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_BEFORE = re.compile(r"^(?:memper|diper|meng|meny|mem|men|peng|pem|pen|per|ber|ter|di|me|pe|se)(?=[a-z]{4})")
_AFTER = re.compile(r"(?<=[a-z]{4})(?:kannya|annya|kan|nya|lah|an|i)$")


def words_said(text: str) -> tuple[str, ...]:
    """Return a text's words in small letters, stretched letters made single; the first LONGEST characters count."""
    return tuple(_WORD.findall(_STRETCHED.sub(r"\1", text[:LONGEST].lower())))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return a word without the commonest beginnings and endings: "diperbaiki" and "perbaikan" meet."""
    word = word[:30]
    for _round in range(2):
        word = _BEFORE.sub("", word)
    return _AFTER.sub("", word)
