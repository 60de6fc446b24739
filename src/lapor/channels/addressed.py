"""What every channel of words asks: which institution is named first, and whether a machine answers."""

from __future__ import annotations

import re

from lapor.agencies.queries.keywords import longest_keyword
from lapor.intake.contract import ForPerson, Nothing, Proof, Why

MOST_WORDS = 6  # of a keyword such as KAB. NGANJUK
_ROBOTS = re.compile(
    r"balasan otomatis|pesan otomatis(?! (dari|dr|yang))|dijawab otomatis|auto[- ]?(reply|respon|response|matic reply)"
    r"|out of office|sedang mengemudi|i'?m driving|nomor (yang )?anda (tuju|hubungi)",
    re.IGNORECASE,
)
_BEFORE_A_ROBOT = """
    maaf mohon hai halo hi hello terima kasih telah pesan ini adalah this is an a sorry i am im saya sy kami aku salam
    selamat pagi siang sore malam yang the message auto
"""
_HARMLESS = frozenset(_BEFORE_A_ROBOT.split())
_TOKEN = re.compile(r"[^\W_]+")


def addressed(words: str) -> tuple[str, str]:
    """Return the institution that a text names first, by its longest keyword, and the text without it.

    Dots, spaces and case do not count: "Kab. Nganjuk: jalan rusak" is KABNGANJUK. "LAPOR" may stand before it.
    """
    tokens = list(_TOKEN.finditer(words))
    for start in range(2 if tokens and tokens[0][0].upper() == "LAPOR" else 1):
        spans = tokens[start : start + MOST_WORDS]
        ends = enumerate((token.end() for token in spans), start=1)
        joined = {"".join(token[0] for token in spans[:n]).upper(): end for n, end in ends}
        if found := longest_keyword(joined):
            return found.agency, words[joined[found.word] :].lstrip(" :=#.,-/\n\t").rstrip()
    return "", words


def robot(words: str) -> Nothing | ForPerson | None:
    """Return what becomes of a text that a machine wrote, None for all others; neither is answered.

    Only one that begins as robots do is nobody's: "Sopir bus sedang mengemudi sambil menelepon" is a complaint, and
    "Terima kasih telah menghubungi kami ... pesan ini dijawab otomatis" none; a person tells them apart.
    """
    found = _ROBOTS.search(words)
    if found is None:
        return None
    if all(token[0].lower() in _HARMLESS for token in _TOKEN.finditer(words[: found.start()])):
        return Nothing(why="auto-reply", text=words)
    return ForPerson(why=Why.MAYBE_ROBOT, text=words, proves=Proof.SENDER)
