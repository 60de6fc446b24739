"""What somebody wrote, without what their mail program put below it: the quoted mail, the signature, the advertisement.

Line by line, so that it stays linear: the libraries for this know no Indonesian and take minutes for a hostile mail.
The mail as it came is kept; here only the words for the report are chosen.
"""

from __future__ import annotations

import re

from lapor.channels.email.plain import QUOTE_BEGINS

LONGEST_LINE = 400  # of an introduction; longer lines are somebody's words
WRAPPED = 3  # lines over which an introduction may run
_OPENS = re.compile(
    r"(Pada|Tanggal|Di tanggal|On|Am|Le|El|Op)\b|.{0,120}<[^<>\s]{3,100}@[^<>\s]{3,100}>", re.IGNORECASE
)
_CLOSES = re.compile(r".*\b(menulis|tulis|wrote|schrieb|écrit|escribió|schreef)\s?:\s*$", re.IGNORECASE)
_RULE = re.compile(
    r"\s*(-{2,}\s*(Original Message|Pesan Asli|Pesan asli|Forwarded message|Pesan terusan|Pesan yang diteruskan"
    r"|Reply message|Balasan)\s*-{2,}|_{20,}|Begin forwarded message:|Mulai pesan yang diteruskan:)\s*$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"[*\s]*(From|Dari)[*\s]?:", re.IGNORECASE)
_FIELD = re.compile(
    r"[*\s]*(Sent|Dikirim|Terkirim|Date|Tanggal|To|Kepada|Ke|Subject|Perihal|Subjek|Cc)[*\s]?:", re.IGNORECASE
)
_SENT_BY = re.compile(
    r"(Sent from (my|Yahoo|Outlook|Mail)|Get Outlook for|Dikirim dari|Terkirim dari|Dapatkan Outlook untuk"
    r"|Virus-free\.|Bebas virus\.)",
    re.IGNORECASE,
)


def own_words(text: str, *, forwarded: bool = False) -> str:
    """Return the words of the writer; the whole text where it is all quoted, or forwards what others wrote."""
    whole = _without_marks(text)
    if forwarded:
        return whole
    return _trimmed(text.split("\n")) or whole


def only_own_words(text: str) -> str:
    """Return the words of the writer, empty where everything is quoted: a reply that adds nothing says nothing."""
    return _trimmed(text.split("\n"))


def _trimmed(lines: list[str]) -> str:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.rstrip() == "--" or line == QUOTE_BEGINS or _RULE.match(line) or _is_head(lines, at):
            break
        if size := _introduction(lines, at):
            at += size
            if not _quote_follows(lines, at):
                break
            continue
        if not line.startswith(">") and not _SENT_BY.match(line.strip()[:60]):
            kept.append(line.rstrip())
        at += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _introduction(lines: list[str], at: int) -> int:
    """Return over how many lines "Pada ... menulis:" runs here, 0 where it does not."""
    if len(lines[at]) > LONGEST_LINE or not _OPENS.match(lines[at].lstrip()):
        return 0
    for size in range(1, WRAPPED + 1):
        line = lines[at + size - 1] if at + size <= len(lines) else ""
        if not line.strip() or len(line) > LONGEST_LINE:
            return 0
        if _CLOSES.match(line):
            return size
    return 0


def _is_head(lines: list[str], at: int) -> bool:
    """Tell whether the head of an older mail begins here, as Outlook writes it."""
    if len(lines[at]) > LONGEST_LINE or not _FIRST.match(lines[at]):
        return False
    return sum(bool(_FIELD.match(line[:60])) for line in lines[at + 1 : at + 6]) >= 2


def _quote_follows(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 4] if line.strip()), "")
    return following.startswith(">")


def _without_marks(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line != QUOTE_BEGINS).strip()
