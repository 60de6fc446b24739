"""From the bytes of a mail to its words and files, whatever they are: bounded, and never an exception.

The parser of the standard library is given mails only that cannot keep it busy: it looks at each line once for every
multipart around it.
"""

from __future__ import annotations

import codecs
import email.header
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from lapor.channels.email.plain import LONGEST, clean, from_flowed, from_html
from lapor.intake.contract import Attachment
from lapor.reports.files import clean_name

MOST_CONTAINERS = 60  # multiparts and mails within mails
MOST_LINES = 3_000_000  # a mail of 40 MB full of photos has half a million, each ended by two characters
MOST_LOOKS = 20_000_000  # lines times multiparts
MOST_PARTS = 1_000
MOST_BYTES_OF_FILES = 40 * 1024 * 1024
MOST_HEADER = 2_000  # characters of one header that are looked at
LARGEST_HEAD = 512 * 1024
DECORATION = 4 * 1024  # bytes; a smaller picture inside the text is a logo or a tracking dot
_CONTAINER = re.compile(rb"(?im)^content-type:\s{0,20}(multipart|message)/")
_NO_ENCODINGS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_FILE_ENDINGS = {"text/calendar": "ics", "message/rfc822": "eml", "application/ms-tnef": "dat"}


class Unreadable(Exception):
    """This mail is built to keep its reader busy, or broken beyond reading; `why` is for the operator."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass
class Mail:
    """One mail: its headers decoded on demand, the words of its body and its files in order."""

    message: Message
    text: str = ""
    files: list[Attachment] = field(default_factory=list)

    def header(self, name: str) -> str:
        """Return one header as a person reads it, on one line; empty for none."""
        return decoded(self.message.get(name))

    def headers(self, name: str) -> list[str]:
        """Return every header of this name."""
        return [decoded(value) for value in (self.message.get_all(name) or [])[:100]]

    @property
    def kind(self) -> str:
        """The content type of the whole."""
        return kind_of(self.message)


def parse(raw: bytes) -> Mail:
    """Return a mail's words and files; raises Unreadable."""
    message = structure(raw)
    mail = Mail(message)
    words: list[str] = []
    inside: list[str] = []  # the words of mails that it carries along
    room = MOST_BYTES_OF_FILES
    for part, depth in _leaves(message):
        if is_words(part):
            (inside if depth else words).append(words_of(part))
        elif (content := content_of(part)) and room > 0 and not _is_decoration(part, content):
            room -= len(content)
            mail.files.append(Attachment(name_of(part), content))
    mail.text = clean("\n".join(filter(None, words))).strip() or clean("\n".join(filter(None, inside))).strip()
    return mail


def structure(raw: bytes) -> Message:
    """Return the tree of a mail; raises Unreadable for one that is a bomb."""
    containers, lines = sum(1 for _ in _CONTAINER.finditer(raw)), raw.count(b"\n") + raw.count(b"\r")
    if containers > MOST_CONTAINERS:
        raise Unreadable("too many mails within mails")
    if lines > MOST_LINES or lines * containers > MOST_LOOKS:
        raise Unreadable("too many lines")
    if min((at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0), default=len(raw)) > LARGEST_HEAD:
        raise Unreadable("its head is too long")
    try:
        return BytesParser(policy=compat32).parsebytes(raw)
    except RecursionError:
        raise Unreadable("too many mails within mails") from None
    except Exception as problem:
        raise Unreadable(type(problem).__name__) from problem


def _leaves(message: Message) -> Iterator[tuple[Message, int]]:
    """Yield the parts to read, in order, with how many mails are around each; one wording of each alternative."""
    waiting = [(message, 0)]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop()
        kind, inside = kind_of(part), below(part)
        if kind == "multipart/alternative":
            inside = _best_wording(inside)
        if inside:
            deeper = depth + (kind == "message/rfc822")
            waiting.extend((child, deeper) for child in reversed(inside))
        elif not kind.startswith(("multipart/", "message/delivery-status", "message/disposition")):
            yield part, depth


def below(part: Message) -> list[Message]:
    """Return the parts directly inside a part; none for a leaf."""
    payload = part.get_payload() if part.is_multipart() else []
    return [child for child in payload if isinstance(child, Message)]


def _best_wording(wordings: list[Message]) -> list[Message]:
    """Return the plain wording where it says something, else the last readable one, and everything that is no text."""
    texts = [part for part in wordings if is_words(part) or kind_of(part).startswith("multipart/")]
    plain = [part for part in texts if kind_of(part) == "text/plain" and words_of(part).strip()]
    chosen = (plain or texts[-1:])[:1]
    return chosen + [part for part in wordings if part not in texts and kind_of(part) != "text/x-amp-html"]


def kind_of(part: Message) -> str:
    """Return a part's content type, "text/plain" where it is nonsense."""
    try:
        return part.get_content_type()
    except Exception:  # noqa: BLE001 - broken headers raise what they like
        return "text/plain"


def is_words(part: Message) -> bool:
    """Tell whether a part is meant to be read with the mail."""
    return kind_of(part) in ("text/plain", "text/html", "text/enriched") and not _is_attached(part)


def words_of(part: Message) -> str:
    """Return a text part as plain text."""
    text = _decode(content_of(part)[: LONGEST * 4], _parameter(part, "charset"))[:LONGEST]
    if kind_of(part) == "text/html":
        return from_html(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _parameter(part, "format").lower() == "flowed":
        return from_flowed(text, del_sp=_parameter(part, "delsp").lower() == "yes")
    return text


def content_of(part: Message) -> bytes:
    """Return the bytes of a part with its transfer encoding undone; a mail within a mail as it came."""
    try:
        content = part.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""
    except Exception:  # noqa: BLE001 - broken encodings raise what they like
        return b""


def name_of(part: Message) -> str:
    """Return a name for a file, made up from its kind where it has none."""
    try:
        written = part.get_filename() or ""
    except Exception:  # noqa: BLE001 - broken headers raise what they like
        written = ""
    kind = kind_of(part)
    return clean_name(decoded(written)[:300] or f"file.{_FILE_ENDINGS.get(kind, kind.rpartition('/')[2])}")


def decoded(value: object) -> str:
    """Return a header's value with its encoded words undone, on one line without control characters."""
    written = str(value or "")[:MOST_HEADER]
    try:
        pieces = email.header.decode_header(written.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
        text = "".join(_piece(piece, charset) for piece, charset in pieces)
    except Exception:  # noqa: BLE001 - broken headers raise what they like
        text = written
    return " ".join(clean(text).split())


def address_in(header: str) -> tuple[str, str]:
    """Return name and address of the first person in a header such as From; empty for none."""
    try:
        people = email.utils.getaddresses([header])
    except Exception:  # noqa: BLE001 - broken headers raise what they like
        return "", ""
    return people[0] if people else ("", "")


def _piece(piece: bytes | str, charset: str | None) -> str:
    return piece if isinstance(piece, str) else _decode(piece, charset or "utf-8")


def _decode(content: bytes, charset: str) -> str:
    for name in (charset, "utf-8"):
        try:
            known = codecs.lookup(name.strip().strip("\"'")).name
            if known not in _NO_ENCODINGS and known.replace("-", "_") not in _NO_ENCODINGS:
                return content.decode(known)
        except Exception:  # noqa: BLE001, S112 - a codec may be unknown, no text at all, or find the bytes wrong
            continue
    return content.decode("cp1252", "replace")


def _parameter(part: Message, name: str) -> str:
    try:
        found = part.get_param(name, "")
        return email.utils.collapse_rfc2231_value(found) if found else ""
    except Exception:  # noqa: BLE001 - broken headers raise what they like
        return ""


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition") or "").strip().lower().startswith("attachment")


def _is_decoration(part: Message, content: bytes) -> bool:
    inside = part.get("Content-ID") is not None and not _is_attached(part)
    return inside and kind_of(part).startswith("image/") and len(content) < DECORATION
