"""What every channel of words asks: which institution is named first, and whether a machine answers."""

from __future__ import annotations

import re

from lapor.agencies.queries.keywords import longest_keyword

MOST_WORDS = 6  # of a keyword such as KAB. NGANJUK
ROBOTS = re.compile(
    r"balasan otomatis|pesan otomatis|dijawab otomatis|auto[- ]?(reply|respon|response|matic reply)|out of office"
    r"|sedang mengemudi|i'?m driving|nomor (yang )?anda (tuju|hubungi)",
    re.IGNORECASE,
)
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
