"""The picture that messengers and social media show beside a link: 1200 by 630, drawn from what the page says."""

from __future__ import annotations

import io
import unicodedata
from functools import cache, lru_cache

from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from lapor.reports.queries.public import PublicCard
from lapor.sop.plain import status_said

SIZE = 1200, 630
EDGE = 72
MOST_LINES = 4
PAPER, INK, MUTED, NILA, MERAH = "#ffffff", "#161c2a", "#5a6376", "#18244f", "#c4232f"
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=64)
def drawn(card: PublicCard, language: str) -> bytes:
    """Return the PNG; the card is all that it shows, so that an old picture never stands for a new text."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 104), fill=NILA)
    pen.rectangle((0, 104, SIZE[0], 112), fill=MERAH)
    pen.text((EDGE, 52), "LAPOR!", font=_font(52), fill=PAPER, anchor="lm")
    pen.text((SIZE[0] - EDGE, 52), card.number, font=_font(30), fill=PAPER, anchor="rm")
    for place, line in enumerate(_lines(card.title)):
        pen.text((EDGE, 168 + 76 * place), line, font=_font(58), fill=INK)
    with translation.override(language):
        status, kind = status_said(card.status, card.ending, language), _("Public report · SP4N")
    pen.text((EDGE, 528), _cut(card.institution, 32, 1056), font=_font(32), fill=MUTED, anchor="lm")
    pen.text((EDGE, 580), status, font=_font(32), fill=NILA, anchor="lm")
    pen.text((SIZE[0] - EDGE, 580), kind, font=_font(24), fill=MUTED, anchor="rm")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@cache
def _font(size: int) -> Font:
    return ImageFont.load_default(size)


def _lines(title: str) -> list[str]:
    """Break a title into lines that fit; what does not fit into four ends with dots."""
    room = SIZE[0] - 2 * EDGE
    lines = [""]
    for word in _shown(title).split():
        longer = f"{lines[-1]} {word}".strip()
        if _font(58).getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"]
    return [_cut(line, 58, room) for line in lines]


def _cut(text: str, size: int, room: int) -> str:
    text = _shown(text)
    while text and _font(size).getlength(text) > room:
        text = text[:-2].rstrip(" …") + "…" if len(text) > 2 else ""
    return text


def _shown(text: str) -> str:
    """Leave out what the font has no letters for (it knows Latin), and signs that turn the direction of writing."""
    return "".join(c for c in unicodedata.normalize("NFC", text)[:300] if ord(c) < 0x250 or c in "–—‘’“”…•").strip()
