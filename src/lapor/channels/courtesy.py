"""Greetings, thanks and "ok": what people say to whoever helps them, and what is no report."""

from __future__ import annotations

import re

from lapor.intake.contract import Courtesy, Proof

_GREETINGS = """
    assalamualaikum assalamu alaikum wr wb halo hallo hai hi hello p ping tes test selamat pagi siang sore malam permisi
    min admin kak pak bu bapak ibu om mas mbak saya mau ingin lapor melapor melaporkan laporan laporkan tanya ya ok oke
    terima kasih makasih
"""
_THANKED = """
    terima kasih terimakasih makasih makasi trims trimakasih trmksh tks thx thanks thank you suwun matur nuwun
"""
_AGREED = "ok oke okay okey ya iya yaa baik siap sip mantap noted"
_TOLD = "pak bu bapak ibu min admin kak om mas mbak banyak atas infonya informasinya bantuannya"
GREETING = frozenset(_GREETINGS.split())
_THANKS, _CONSENT, _TO_WHOM = (frozenset(words.split()) for words in (_THANKED, _AGREED, _TOLD))
_WORD = re.compile(r"[^\W_]+")


def words_beside_greeting(text: str) -> int:
    """Return how many words of a text are no greeting."""
    return sum(word.lower() not in GREETING for word in _WORD.findall(text))


def courtesy(text: str) -> Courtesy | None:
    """Return what a text is that greets, agrees or thanks and says nothing else; None for all others."""
    words = {word.lower() for word in _WORD.findall(text)}
    agrees = bool(words & _CONSENT)
    if words and words <= _THANKS | _CONSENT | _TO_WHOM and words - _TO_WHOM:
        return Courtesy(text=text, is_answer=agrees, proves=Proof.SENDER)
    if words and words <= GREETING:
        return Courtesy(text=text, greets=True, proves=Proof.SENDER)
    return None
