"""How a text fits into short messages: which alphabet it needs and how many parts (3GPP TS 23.038, TS 23.040)."""

from __future__ import annotations

from dataclasses import dataclass

# The GSM 7-bit default alphabet and its extension table; a character of the latter takes two septets.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")

GSM7, UCS2 = "GSM-7", "UCS-2"
_ALONE = {GSM7: 160, UCS2: 70}  # units in a message of one part: septets, 16-bit words
_JOINED = {GSM7: 153, UCS2: 67}  # in each part of a longer one, after the header that joins them


@dataclass(frozen=True)
class Sms:
    """How a text is sent: its alphabet, how many units it takes, in how many parts, and what made it expensive.

    `foreign` are the characters, each once, for which the whole text needs UCS-2.
    """

    alphabet: str
    units: int
    parts: int
    foreign: str

    def cost(self, price: int) -> int:
        """Return what it costs at `price` for each part, in the same unit of money."""
        return self.parts * price


def sms_of(text: str) -> Sms:
    """Return how `text` is sent as a short message; an empty one has no part."""
    foreign = "".join(dict.fromkeys(c for c in text if c not in _BASIC and c not in _EXTENDED))
    alphabet = UCS2 if foreign else GSM7
    sizes = [_size(c, alphabet) for c in text]
    return Sms(alphabet, sum(sizes), len(_lengths(sizes, alphabet)), foreign)


def parts_of(text: str) -> list[str]:
    """Return the parts in which `text` is sent, each as long as fits beside the header that joins them."""
    alphabet = sms_of(text).alphabet
    parts, at = [], 0
    for length in _lengths([_size(c, alphabet) for c in text], alphabet):
        parts.append(text[at : at + length])
        at += length
    return parts


def _size(character: str, alphabet: str) -> int:
    if alphabet == GSM7:
        return 2 if character in _EXTENDED else 1
    return len(character.encode("utf-16-be")) // 2


def _lengths(sizes: list[int], alphabet: str) -> list[int]:
    """Return how many characters each part has; a character of two units is never cut in two."""
    if sum(sizes) <= _ALONE[alphabet]:
        return [len(sizes)] if sizes else []
    lengths, room = [0], _JOINED[alphabet]
    for size in sizes:
        if size > room:
            lengths.append(0)
            room = _JOINED[alphabet]
        lengths[-1] += 1
        room -= size
    return lengths
