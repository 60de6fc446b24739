"""HTML and flowed text as the plain text that a person meant; linear in what is read, whatever is in it."""

from __future__ import annotations

import re
from html import unescape

LONGEST = 400_000  # characters of a text that are looked at at all
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "table",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "address",
    ]
)
_HIDDEN = frozenset({"script", "style", "head", "title", "template", "svg", "noscript"})
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}  # str.lower would move what stands behind an İ
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_QUOTE_CLASS = ("gmail_quote", "gmail_attr", "yahoo_quoted", "moz-cite-prefix", "divrplyfwdmsg", "protonmail_quote")


def from_html(page: str) -> str:
    """Return the words of an HTML mail; what it quotes stands behind ">", as in a plain one."""
    out = _Lines()
    page, at = page[:LONGEST], 0
    lower, end = page.translate(_LOWER), len(page)
    while at < end:
        opens = page.find("<", at, end)
        if opens < 0:
            out.say(page[at:end])
            break
        out.say(page[at:opens])
        at = _tag(page, lower, opens, out)
    return out.text()


def _tag(page: str, lower: str, opens: int, out: _Lines) -> int:
    """Heed one tag and return where it ends; a "<" that begins no tag is a letter."""
    if page.startswith("<!--", opens):
        return _after(page, "-->", opens)
    found = _NAME.match(lower, opens + 1)
    if found is None and page[opens + 1 : opens + 2] not in ("!", "?"):
        out.say("<")
        return opens + 1
    closes = _after(page, ">", opens)
    if found is None:
        return closes
    name, is_end = found[1], page[opens + 1] == "/"
    if name in _HIDDEN and not is_end:
        return _after(page, ">", _after(lower, f"</{name}", closes))
    if name == "blockquote":
        out.quote(-1 if is_end else 1)
    elif name in _BLOCKS:
        out.end()
        if not is_end and any(word in lower[opens:closes] for word in _QUOTE_CLASS):
            out.mark()
    return closes


def _after(page: str, sign: str, start: int) -> int:
    """Return where the next `sign` ends; the end of the text where there is none."""
    found = page.find(sign, start)
    return len(page) if found < 0 else found + len(sign)


class _Lines:
    """Collects lines, each behind as many ">" as quotes are open."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0

    def say(self, words: str) -> None:
        if words:
            self._line.append(words)

    def end(self) -> None:
        line = " ".join(unescape("".join(self._line)).split())
        self._line.clear()
        if line or (self._lines and self._lines[-1]):
            self._lines.append(f"{'> ' * min(self._depth, 1)}{line}" if line else "")

    def quote(self, more: int) -> None:
        self.end()
        self._depth = max(0, self._depth + more)

    def mark(self) -> None:
        """Note where a mail program began what it quotes."""
        self._lines.append(QUOTE_BEGINS)

    def text(self) -> str:
        self.end()
        return "\n".join(self._lines).strip()


QUOTE_BEGINS = "\u2063quote\u2063"  # a line that nobody types; `quoting` ends there


def from_flowed(text: str, *, del_sp: bool) -> str:
    """Return format=flowed text with its soft breaks undone (RFC 3676): a line that ends with a blank goes on."""
    out: list[str] = []
    soft = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        said = line[1:] if line.startswith(" ") else line  # space-stuffed
        if soft and not quoted and out and said != "-- ":
            out[-1] += said
        else:
            out.append(said)
        soft = said.endswith(" ") and said != "-- " and not quoted
        if soft and del_sp:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def clean(text: str) -> str:
    """Return text without carriage returns, control characters, lone surrogates and what is too long to read."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return _UNSEEN.sub("", text)


_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
