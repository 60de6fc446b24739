"""The monthly report on paper: A4, charts first, then tables, with each number's definition at the end.

Drawn with fonts that travel inside the file. Names of units, categories and places are escaped: nothing in them is
markup, so nothing refers to a file or a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from lapor.insights.indicators import BY_KEY, CLOCK_DEFINITION, FIRST_SIGHT, INDICATORS, PER_PART
from lapor.insights.monthly import Monthly, Part
from lapor.insights.monthly_book import dimension_titles
from lapor.insights.monthly_charts import BOLD, PLAIN, clock_bars, columns, endings_bar
from lapor.insights.tally import clocks
from lapor.insights.written import period_name, read_from

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
INK, QUIET, LINE, TINT = HexColor("#161c2a"), HexColor("#5a6376"), HexColor("#dfe3ea"), HexColor("#eceffa")
NILA = HexColor("#18244f")
ALL = (0, 0), (-1, -1)
_TILES = [
    ("VALIGN", *ALL, "TOP"), ("BACKGROUND", *ALL, TINT), ("LEFTPADDING", *ALL, 8), ("TOPPADDING", *ALL, 8),
    ("BOTTOMPADDING", *ALL, 8), ("LINEAFTER", (0, 0), (-2, -1), 3, white),
]  # fmt: skip
_GRID = [
    ("VALIGN", *ALL, "TOP"), ("BACKGROUND", (0, 0), (-1, 0), TINT), ("LINEBELOW", *ALL, 0.5, LINE),
    ("LEFTPADDING", *ALL, 4), ("RIGHTPADDING", *ALL, 4), ("TOPPADDING", *ALL, 2.5), ("BOTTOMPADDING", *ALL, 3.5),
    ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
]  # fmt: skip
# The first rows stay with the head, and the last with each other: no page holds one row alone.
_TOGETHER = [("NOSPLIT", (0, 0), (-1, 3)), ("NOSPLIT", (0, -3), (-1, -1))]
MOST_PARTS = 25  # more rows belong into the workbook


def paper(report: Monthly, *, notes: Sequence[str]) -> bytes:
    """Return the PDF; `notes` are the sentences below its title."""
    _fonts()
    place = BytesIO()
    document = BaseDocTemplate(
        place, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN + 4 * mm,
        title=_title(report), author="LAPOR!", lang=get_language() or "id",
    )  # fmt: skip
    frame = Frame(MARGIN, MARGIN + 4 * mm, WIDTH, A4[1] - 2 * MARGIN - 4 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame], onPage=_foot(report)))
    document.build(_story(report, notes))
    return place.getvalue()


def _title(report: Monthly) -> str:
    return _("Report of %(period)s: %(name)s") % {"period": period_name(report.period), "name": report.name}


def _story(report: Monthly, notes: Sequence[str]) -> list[Any]:
    story = [
        Paragraph(escape(period_name(report.period)), _style("eyebrow")),
        Paragraph(escape(report.name), _style("title")),
        *(Paragraph(escape(note), _style("note")) for note in notes),
        Spacer(0, 5 * mm),
        _first_sight(report),
        Spacer(0, 6 * mm),
    ]
    story += _section(_("Received and followed up, month by month"), columns(report, WIDTH))
    story += _section(_("How these reports ended"), endings_bar(report.counts, WIDTH))
    if clocks(report.counts):
        story += _section(_("In time, by clock"), clock_bars(report.counts, WIDTH))
    heads: list[Any] = [Paragraph(escape(_of_the_columns()), _style("note")), Spacer(0, 2 * mm)]  # with the first table
    for dimension, title in dimension_titles().items():
        if parts := report.parts.get(dimension):
            story += [CondPageBreak(60 * mm), _head(title), *heads, _part_table(title, parts), Spacer(0, 5 * mm)]
            heads = []
    title = _("All indicators, and how each is counted")
    return [*story, CondPageBreak(80 * mm), _head(title), _definitions(report)]


def _of_the_columns() -> str:
    return _(
        "%: followed up, out of those received and not archived. In time: steps done by their limit. "
        "Days: half of the followed-up ones waited no longer, in working days, without those for the reporter's answer."
    )


def _head(title: str) -> Paragraph:
    return Paragraph(escape(title), _style("head"))


def _section(title: str, *drawn: Any) -> list[Any]:
    return [KeepTogether([_head(title), *drawn, Spacer(0, 5 * mm)])]


def _first_sight(report: Monthly) -> Table:
    """Return the four numbers that are read first, with those of the period before below them."""
    cells = []
    for key in FIRST_SIGHT:
        one = BY_KEY[key]
        before = _("before: %(value)s") % {"value": read_from(one, report.before)}
        cells.append(
            [
                Paragraph(escape(read_from(one, report.counts)), _style("big")),
                Paragraph(escape(str(one.label)), _style("label")),
                Paragraph(escape(before), _style("small")),
            ]
        )
    table = Table([cells], colWidths=[WIDTH / len(cells)] * len(cells))
    table.setStyle(_TILES)
    return table


def _part_table(title: str, parts: Sequence[Part]) -> Table:
    shown = [BY_KEY[key] for key in PER_PART]
    rows = [(part.name, *(read_from(one, part.counts) for one in shown)) for part in parts[:MOST_PARTS]]
    if len(parts) > MOST_PARTS:
        more = _("and %(n)d more in the workbook") % {"n": len(parts) - MOST_PARTS}
        rows.append((more, *("" for _one in shown)))
    rest = (1 - 0.2) / len(shown)
    return _table([title, *(str(one.head) for one in shown)], rows, (0.2, *(rest for _one in shown)), small=True)


def _definitions(report: Monthly) -> Table:
    rows = [
        (str(one.label), read_from(one, report.counts), read_from(one, report.before), str(one.definition))
        for one in INDICATORS
    ]
    rows.append((_("In time, by clock"), "", "", str(CLOCK_DEFINITION)))
    head = [_("Indicator"), _("This period"), _("Before"), _("How it is counted")]
    table = _table(head, rows, (0.23, 0.1, 0.1, 0.57), small=True, left=(0, 3))
    table.setStyle([("LEFTPADDING", (3, 0), (3, -1), 12)])  # words beside numbers
    return table


def _table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    *,
    small: bool = False,
    left: Sequence[int] = (0,),
) -> Table:
    """Return a table whose head is repeated on each page; columns of numbers stand to the right."""

    def cell(text: str, column: int, *, bold: bool = False) -> Paragraph:
        kind = ("bold" if bold else "cell") + ("" if column in left else "-right") + ("-small" if small else "")
        return Paragraph(escape(text), _style(kind))

    lines = [[cell(text, column, bold=True) for column, text in enumerate(head)]]
    lines += [[cell(text, column) for column, text in enumerate(row)] for row in rows]
    table = Table(lines, colWidths=[WIDTH * share for share in shares], repeatRows=1)
    tight = [("LEFTPADDING", *ALL, 1), ("RIGHTPADDING", *ALL, 1)] if small else []
    table.setStyle([*_GRID, *tight, *_TOGETHER])
    return table


def _foot(report: Monthly) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.saveState()
        canvas.setFont(PLAIN, 7.5)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, 11 * mm, f"LAPOR! · {_title(report)}"[:110])
        canvas.drawRightString(A4[0] - MARGIN, 11 * mm, _("page %(n)d") % {"n": document.page})
        canvas.restoreState()

    return draw


_SIZES = {"eyebrow": 10, "title": 19, "note": 8.5, "head": 12, "big": 15, "label": 8.5, "small": 7.5}
_HEADINGS, _QUIET = ("title", "head", "big"), ("note", "small", "eyebrow")


@cache
def _style(kind: str) -> ParagraphStyle:
    """Return the style of a paragraph, or of a cell: "cell" or "bold", with "-right" and "-small" behind it."""
    if kind not in _SIZES:
        bold = kind.startswith("bold")
        size, font = (6.3 if bold else 7) if kind.endswith("-small") else 8, BOLD if bold else PLAIN
        side = TA_RIGHT if "-right" in kind else TA_LEFT
        return ParagraphStyle(kind, fontName=font, fontSize=size, leading=size * 1.3, textColor=INK, alignment=side)
    bold = kind in _HEADINGS
    return ParagraphStyle(
        kind,
        fontName=BOLD if bold else PLAIN,
        fontSize=_SIZES[kind],
        leading=_SIZES[kind] * 1.3,
        textColor=NILA if bold else QUIET if kind in _QUIET else INK,
        spaceAfter=4 if kind in ("title", "head") else 1,
    )


@cache
def _fonts() -> None:
    pdfmetrics.registerFont(TTFont(PLAIN, "Vera.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD)
