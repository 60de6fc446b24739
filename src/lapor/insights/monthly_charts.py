"""The three charts of the monthly report on paper. Every bar carries its number: nobody has to read a colour."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from lapor.insights.indicators import BY_KEY
from lapor.insights.monthly import Monthly
from lapor.insights.tally import Tally, clocks
from lapor.insights.written import month_name
from lapor.kernel.shares import percent

PLAIN, BOLD = "LaporPlain", "LaporBold"  # Bitstream Vera, which comes with reportlab under a free licence
INK, QUIET, LINE = HexColor("#161c2a"), HexColor("#5a6376"), HexColor("#dfe3ea")
RECEIVED, FOLLOWED = HexColor("#aeb9e0"), HexColor("#2a3f86")
ON_TIME, LATE, OPEN_LATE = HexColor("#1b8650"), HexColor("#b37700"), HexColor("#c4232f")
ENDINGS = {
    "confirmed": HexColor("#1b8650"),
    "silent": HexColor("#847e72"),
    "requested": HexColor("#2c78cc"),
    "settled": HexColor("#5f8f78"),
    "ombudsman": HexColor("#8647c0"),
    "archived": HexColor("#c9c5bc"),
    "open": HexColor("#b37700"),
}


def columns(report: Monthly, width: float, height: float = 130) -> Drawing:
    """Draw received and followed up, two columns for each month."""
    drawing = Drawing(width, height)
    floor, top = 26.0, height - 24
    highest = max([counts["received"] for _first, counts in report.series] + [1])
    step = width / len(report.series)
    drawing.add(Line(0, floor, width, floor, strokeColor=LINE))
    several = not report.period.is_year
    for place, (first, counts) in enumerate(report.series):
        left, side = place * step, step * 0.36
        for shift, key, colour in ((0.12, "received", RECEIVED), (0.5, "followed_up", FOLLOWED)):
            tall = (top - floor) * counts[key] / highest
            x = left + step * shift
            if counts[key]:
                drawing.add(Rect(x, floor, side, tall, fillColor=colour, strokeColor=None))
                _word(drawing, x + side / 2, floor + tall + 3, str(counts[key]), 6.5, anchor="middle")
        _word(drawing, left + step / 2, floor - 11, month_name(first, year=several), 7, anchor="middle", colour=QUIET)
    _legend(drawing, 0, 2, [(RECEIVED, str(BY_KEY["received"].label)), (FOLLOWED, str(BY_KEY["followed_up"].label))])
    return drawing


def endings_bar(counts: Tally, width: float) -> Drawing:
    """Draw one bar of all reports by where they ended, each part by itself: they are never added up (C19)."""
    shown = [(key, counts[key], colour) for key, colour in ENDINGS.items() if counts[key]]
    lines = -(-len(shown) // 3)
    drawing = Drawing(width, 26 + 14 * lines)
    whole = sum(n for _key, n, _colour in shown) or 1
    x, floor = 0.0, 14.0 * lines + 4
    for _key, n, colour in shown:
        wide = width * n / whole
        drawing.add(Rect(x, floor, wide, 18, fillColor=colour, strokeColor=white))
        if wide > 16:
            _word(
                drawing, x + wide / 2, floor + 6, str(n), 8, anchor="middle", colour=white if _is_dark(colour) else INK
            )
        x += wide
    for place, (key, n, colour) in enumerate(shown):
        _legend(
            drawing, (place % 3) * width / 3, floor - 14 - 14 * (place // 3), [(colour, f"{BY_KEY[key].label}: {n}")]
        )
    return drawing


def clock_bars(counts: Tally, width: float) -> Drawing:
    """Draw one bar per clock: in time, late, not yet done."""
    kept, language = clocks(counts), get_language() or "id"
    drawing = Drawing(width, 15 * len(kept) + 22)
    left, right = width * 0.34, width * 0.17
    room = width - left - right
    for place, one in enumerate(reversed(kept)):
        floor = place * 15 + 20.0
        _word(drawing, left - 6, floor + 2.5, one.clock.label(language), 7.5, anchor="end")
        x = left
        for n, colour in ((one.on_time, ON_TIME), (one.late, LATE), (one.open_late, OPEN_LATE)):
            if wide := room * n / one.total:
                drawing.add(Rect(x, floor, wide, 10, fillColor=colour, strokeColor=None))
            x += wide
        _word(drawing, left + room + 6, floor + 2.5, f"{percent(one.rate)}  ({one.on_time}/{one.total})", 7.5)
    _legend(drawing, left, 2, [(ON_TIME, _("In time")), (LATE, _("Late")), (OPEN_LATE, _("Not yet done"))])
    return drawing


def _is_dark(colour: HexColor) -> bool:
    return bool(0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue < 0.6)


def _legend(drawing: Drawing, x: float, y: float, signs: list[tuple[HexColor, str]]) -> None:
    for colour, words in signs:
        drawing.add(Rect(x, y, 7, 7, fillColor=colour, strokeColor=None))
        _word(drawing, x + 11, y + 0.5, words, 7.5)
        x += 24 + stringWidth(words, PLAIN, 7.5)


def _word(
    drawing: Drawing, x: float, y: float, text: str, size: float, *, anchor: str = "start", colour: HexColor = INK
) -> None:
    drawing.add(String(x, y, text, fontName=PLAIN, fontSize=size, textAnchor=anchor, fillColor=colour))
