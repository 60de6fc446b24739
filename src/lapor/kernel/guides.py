"""The users' guides of docs/panduan, read and drawn once: Indonesian Markdown, one file per kind of user."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

PACKAGE = Path(__file__).resolve().parents[1]
# In an installed package they lie inside it (pyproject.toml), in the source tree where people read them.
PLACES = (PACKAGE / "panduan", PACKAGE.parents[1] / "docs" / "panduan")
ORDER = ("masyarakat", "admin-pusat", "admin-instansi", "pejabat-penghubung", "satuan-kerja", "pimpinan", "pengawas")
_WIDE = '<div class="table-responsive" role="group" tabindex="0" aria-label="Tabel">'  # scrolls by itself, also by keys
PICTURE = re.compile(r"[a-z0-9-]+\.webp")


@dataclass(frozen=True)
class Section:
    """A heading of a guide: its anchor, its words, and its level (2 or 3)."""

    anchor: str
    words: str
    level: int


@dataclass(frozen=True)
class Guide:
    """One guide: its address, title, first paragraph, body as HTML without the title, and its headings."""

    slug: str
    title: str
    lead: str
    body: SafeString
    sections: tuple[Section, ...]


def guides() -> tuple[Guide, ...]:
    """Return every guide, the public's first, then in the order in which a report passes through hands."""
    return tuple(guide for slug in ORDER if (guide := guide_named(slug)))


@cache
def guide_named(slug: str) -> Guide | None:
    """Return the guide at this address, or None. Reads the file once for each process."""
    if slug not in ORDER:
        return None
    path = _folder() / f"{slug}.md"
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    title, lead = _spoken(tokens[1]), _spoken(tokens[4])
    sections = tuple(_anchored(tokens))
    for token in tokens:
        _point_to_addresses(token)
    # Our own file, and raw HTML in it is switched off: what comes out is the renderer's own markup.
    body = markdown.renderer.render(tokens[3:], markdown.options, {})
    body = body.replace("<table>", f"{_WIDE}<table>").replace("</table>", "</table></div>")
    return Guide(slug, title, lead, mark_safe(body), sections)  # noqa: S308


def picture(name: str) -> Path | None:
    """Return the file of a guide's picture, or None when there is none of this name."""
    path = _folder() / "gambar" / name
    return path if PICTURE.fullmatch(name) and path.is_file() else None


def _folder() -> Path:
    return next(place for place in PLACES if place.is_dir())


def _anchored(tokens: list[Token]) -> list[Section]:
    """Give each heading below the title an anchor made of its words."""
    found = []
    for heading, words in pairwise(tokens):
        if heading.type == "heading_open" and heading.tag in ("h2", "h3"):
            anchor = slugify(words.content)
            heading.attrSet("id", anchor)
            found.append(Section(anchor, _spoken(words), int(heading.tag[1])))
    return found


def _spoken(inline: Token) -> str:
    """Return a line's words without the marks around them: of "**Tutup** it" only "Tutup it"."""
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(breaks.get(child.type, child.content) for child in inline.children or ())


def _point_to_addresses(token: Token) -> None:
    """Turn links between the files into links between the pages, and load pictures late."""
    for child in token.children or ():
        _point_to_addresses(child)
    if token.type == "link_open":
        file, _, anchor = str(token.attrGet("href")).partition("#")
        if file.removesuffix(".md") in ORDER:
            token.attrSet("href", f"/panduan/{file.removesuffix('.md')}/" + (f"#{anchor}" if anchor else ""))
    if token.type == "image":
        token.attrSet("src", "/panduan/" + str(token.attrGet("src")))
        token.attrSet("loading", "lazy")
