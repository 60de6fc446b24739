"""The wording of a short message: one part of the GSM alphabet where it can be; one strange character doubles it."""

from __future__ import annotations

import unicodedata

from lapor.language.sms import GSM7, sms_of
from lapor.messaging.channel import Letter

MOST_PARTS = 4
_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "´": "'",
        "–": "-", "—": "-", "‑": "-", "−": "-", "•": "-", "…": "...", "\u00a0": " ", "\t": " ", "×": "x", "½": "1/2",
        "\u200b": "", "\ufeff": "", "\u200e": "", "\u200f": "",
    }
)  # fmt: skip


def compose(letter: Letter) -> str:
    """Return the text of a short message: the short wording, then what an officer wrote, cut to at most four parts."""
    text = letter.short or " ".join(part for part in ("LAPOR!", letter.code, letter.text.subject) if part)
    if letter.words:
        text = f'{text} "{letter.words}"'
    return fitted(plain(text), f"... BACA {letter.code}" if letter.code else "...")


def words_of(letter: Letter, channel: str) -> str:
    """Return what a telephone shows, for the officer's preview."""
    return compose(letter)


def plain(text: str) -> str:
    """Return the text in the GSM alphabet, if writing its marks and accents simply brings it there; else as it is."""
    simple = text.translate(_PLAIN)
    if sms_of(simple).alphabet == GSM7:
        return simple
    bare = "".join(_bare(c) for c in simple)
    return bare if sms_of(bare).alphabet == GSM7 else simple


def fitted(text: str, ending: str) -> str:
    """Return the text in at most MOST_PARTS parts; what is cut says how to read the rest."""
    if sms_of(text).parts <= MOST_PARTS:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sms_of(text[:middle] + ending).parts <= MOST_PARTS else (low, middle - 1)
    return text[:low].rstrip() + ending


def _bare(character: str) -> str:
    """Return a character that the GSM alphabet has: without its accent, and a picture as nothing."""
    if sms_of(character).alphabet == GSM7:
        return character
    if unicodedata.category(character) in ("So", "Sk", "Cf", "Mn"):
        return ""
    base = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return base or character
