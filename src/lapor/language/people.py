"""Names of people in a text: "Pak Budi Santoso", "bernama Wati". Who is called by an office alone is not among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lapor.language.data import table, word_set
from lapor.language.findings import Span
from lapor.language.tokens import Phrases, Token, span_of

_DERIVED = re.compile(r"(?:me[mn]|meng|meny|ber|ter|pen[gy]?|pem)\w{4,}|\w{4,}(?:kan|nya)")
LONGEST = 3  # words of a name
OFFICE_NEAR = 8  # words from an office to the name of who holds it
TITLES = frozenset(["lalu"])  # Sasak: "Lalu Ahmad" is a man of birth, "lalu" is "then"
FATHERS = frozenset(["bin", "binti", "bte", "bt"])


def with_honorific(tokens: Sequence[Token]) -> Iterator[tuple[Span, Span]]:
    """Yield "Pak Budi Santoso", "Sdr. Ahmad" and the name within it: what is written like one after an honorific."""
    honorifics = word_set("answers", "honorifics")
    for i, token in enumerate(tokens):
        size = _name_size(tokens, i + 1, token.word) if token.word in honorifics else 0
        if size:
            yield span_of(tokens, i, i + 1 + size), span_of(tokens, i + 1, i + 1 + size)


def told_by_name(tokens: Sequence[Token], *, shouted: bool) -> Iterator[Span]:
    """Yield each name after "bernama", "atas nama" and the like; in a text of capitals only after these two."""
    for i in range(len(tokens)):
        if not (hit := _before().at(tokens, i)):
            continue
        certain = hit[1] in table("masks")["words"]["certain"]
        size = 0 if shouted else _name_size(tokens, i + hit[0], tokens[i + hit[0] - 1].word)
        if size := size or (_any_size(tokens, i + hit[0]) if certain else 0):
            yield span_of(tokens, i + hit[0], i + hit[0] + size)


@cache
def _before() -> Phrases:
    return Phrases((phrase, phrase) for phrase in table("masks")["words"]["before"])


def is_public(tokens: Sequence[Token], i: int, after: int) -> bool:
    """Tell whether these words greet or name an office: "Selamat pagi Pak Budi", "Pak Budi, lurah"."""
    told = table("masks")["words"]
    if _holds_office(tokens, i):
        return True
    around = [token.word for token in [*tokens[max(0, i - 2) : i], *tokens[after : after + 2]]]
    before = [token.word for token in tokens[max(0, i - 3) : i]]
    return any(word in told["offices"] for word in around) or any(word in told["greetings"] for word in before)


def _holds_office(tokens: Sequence[Token], i: int) -> bool:
    """Tell "Kepala Dinas Sosial Kota Mataram, Ibu Wati", "Ketua RT 05 Pak Budi": only the office's own name between."""
    told = table("masks")["words"]
    for token in reversed(tokens[max(0, i - OFFICE_NEAR) : i]):
        if token.word in told["offices"]:
            return True
        if not (token.word.isdecimal() or token.is_name or token.typed.isupper() or token.word in told["of_offices"]):
            return False
        if token.opens:
            return False
    return False


@cache
def _no_names() -> frozenset[str]:
    return word_set("answers", "no_names") | word_set("answers", "honorifics") | word_set("smartcase", "common")


def may_name(token: Token) -> bool:
    """Tell a word that may be somebody's name from an ordinary one that only has a capital: "Saya Memohon"."""
    if _DERIVED.fullmatch(token.word):
        return False
    if token.word in TITLES:
        return token.is_name and not token.opens
    return token.word not in _no_names() and token.word not in table("masks")["words"]["no_names"]


def _name_size(tokens: Sequence[Token], i: int, before: str) -> int:
    """Return how many words are written like a name from the i-th on; the full stop of "Sdr." ends no sentence."""
    size = 0
    for after in tokens[i : i + LONGEST]:
        ends = after.opens and (size > 0 or before not in table("masks")["words"]["shortened"])
        if not after.is_name or ends or not may_name(after):
            break
        size += 1
    return size + father_size(tokens, i + size) if size else 0


def father_size(tokens: Sequence[Token], i: int) -> int:
    """Return how many words "binti Abdullah" takes from the i-th on, right after a name; 0 where there is none."""
    if i + 1 >= len(tokens) or tokens[i].word not in FATHERS or tokens[i + 1].opens:
        return 0
    return 2 if tokens[i + 1].typed[0].isupper() else 0


def _any_size(tokens: Sequence[Token], i: int) -> int:
    """Return 1 where an unusual word follows, 2 where two do: "bernama budi santoso"."""
    size = 0
    for after in tokens[i : i + 2]:
        if after.opens or not after.word.isalpha() or len(after.word) < 3 or not may_name(after):
            break
        size += 1
    return size
