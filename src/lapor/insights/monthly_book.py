"""The monthly report as a workbook: one sheet of indicators with their definitions, one for each way to divide them.

Charts are real ones, drawn by the spreadsheet program from the cells beside them. Text is typed as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from lapor.insights.indicators import BY_KEY, CLOCK_DEFINITION, COUNT, INDICATORS, PER_PART, SHARE, Indicator
from lapor.insights.monthly import Monthly, Part
from lapor.insights.tally import Tally, clocks
from lapor.insights.workbook import safe_text
from lapor.insights.written import month_name, period_name
from lapor.kernel.shares import whole_percents

INK, TINT = "18244F", "ECEFFA"
COLOURS = ("2A3F86", "1B8650", "B37700", "C4232F")
FACE = "Calibri"  # what the cells have where nothing else is said
LINE = 15.0  # points: programs differ in whether they fit rows to wrapped words, so their height is said
CHARACTERS = 100  # of a definition in one line
MOST_ROWS = 30  # of a table that is printed on one page with its chart
MOST_BARS = 20  # a chart of more cannot be read
Rows = Sequence[Sequence[Any]]


def write_book(place: IO[bytes], report: Monthly, *, notes: Sequence[str]) -> None:
    """Write the workbook; `notes` are the sentences below its title."""
    book = Workbook()
    summary = book.worksheets[0]
    summary.title = _("Summary")
    _summary(summary, report, notes)
    _clocks(_sheet(book, _("Clocks")), report)
    _months(_sheet(book, _("Months")), report)
    for dimension, title in dimension_titles().items():
        if report.parts.get(dimension):
            _parts(_sheet(book, title), title, report.parts[dimension])
    book.save(place)


def dimension_titles() -> dict[str, str]:
    """Return the ways to divide a report, in the reader's language."""
    return {
        "unit": _("Units"),
        "category": _("Categories"),
        "channel": _("Channels"),
        "classification": _("Kinds"),
        "district": _("Districts"),
    }


def _sheet(book: Workbook, title: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(safe_text(title)[:31])
    return sheet


def _summary(sheet: Worksheet, report: Monthly, notes: Sequence[str]) -> None:
    title = _("Report of %(period)s: %(name)s") % {"period": period_name(report.period), "name": report.name}
    _put(sheet, 1, 1, title).font = Font(name=FACE, bold=True, size=14, color=INK)
    for row, note in enumerate(notes, start=2):
        _put(sheet, row, 1, note).font = Font(name=FACE, color="5A6376")
    top = len(notes) + 3
    rows = [
        (str(one.label), _value(one, report.counts), _value(one, report.before), str(one.definition))
        for one in INDICATORS
    ]
    _table(sheet, top, [_("Indicator"), _("This period"), _("The period before"), _("How it is counted")], rows)
    for row, one in enumerate(INDICATORS, start=top + 1):
        for column in (2, 3):
            sheet.cell(row, column).number_format = _format(one)
        sheet.cell(row, 4).alignment = Alignment(wrap_text=True, vertical="top", indent=1)
        sheet.row_dimensions[row].height = LINE * (1 + len(str(one.definition)) // CHARACTERS)
    _widths(sheet, (38, 16, 18, 96))


def _clocks(sheet: Worksheet, report: Monthly) -> None:
    kept = clocks(report.counts)
    _put(sheet, 1, 1, str(CLOCK_DEFINITION)).font = Font(name=FACE, color="5A6376")
    head = [_("Clock"), _("In time"), _("Late"), _("Not yet done"), _("Rate")]
    rows = [(one.clock.label(_language()), one.on_time, one.late, one.open_late, _part(one.rate)) for one in kept]
    _table(sheet, 3, head, rows)
    for row in range(4, 4 + len(kept)):
        sheet.cell(row, 5).number_format = "0%"
    _widths(sheet, (40, 12, 12, 14, 10))
    if kept:
        bars = _bars(_("Steps per clock"), horizontal=True, rows=len(kept))
        bars.grouping, bars.overlap = "stacked", 100
        bars.add_data(Reference(sheet, min_col=2, max_col=4, min_row=3, max_row=3 + len(kept)), titles_from_data=True)
        bars.set_categories(Reference(sheet, min_col=1, min_row=4, max_row=3 + len(kept)))
        _paint(bars, ("1B8650", "B37700", "C4232F"))
        sheet.add_chart(bars, "G3")


def _months(sheet: Worksheet, report: Monthly) -> None:
    keys = ("received", "followed_up", "confirmed", "silent", "objected", "late")
    head = [_("Month"), *(str(BY_KEY[key].label) for key in keys)]
    several = not report.period.is_year
    rows = [(month_name(first, year=several), *(counts[key] for key in keys)) for first, counts in report.series]
    _table(sheet, 1, head, rows)
    _widths(sheet, (14, *(20 for _key in keys)))
    last = 1 + len(rows)
    lines = LineChart()
    lines.title, lines.height, lines.width = _("Reports per month"), 9, 24
    lines.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=last), titles_from_data=True)
    lines.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    _axes(lines)
    _paint(lines, COLOURS, line=True)
    sheet.add_chart(lines, f"A{last + 3}")
    ends = _bars(_("How they ended"), rows=0)
    ends.add_data(Reference(sheet, min_col=4, max_col=6, min_row=1, max_row=last), titles_from_data=True)
    ends.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    _paint(ends, ("1B8650", "847E72", "C4232F"))
    sheet.add_chart(ends, f"A{last + 23}")


def _parts(sheet: Worksheet, title: str, parts: Sequence[Part]) -> None:
    shown = [BY_KEY[key] for key in PER_PART]
    rows = [(part.name, *(_value(one, part.counts) for one in shown)) for part in parts]
    _table(sheet, 1, [title, *(str(one.label) for one in shown)], rows)
    for column, one in enumerate(shown, start=2):
        for row in range(2, 2 + len(rows)):
            sheet.cell(row, column).number_format = _format(one)
    _widths(sheet, (44, *(17 for _one in shown)))
    last = 1 + min(len(rows), MOST_BARS)
    bars = _bars(title, horizontal=True, rows=last - 1)
    bars.add_data(Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=last), titles_from_data=True)
    bars.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    _paint(bars, COLOURS)
    sheet.add_chart(bars, f"A{len(rows) + 4}")


def _table(sheet: Worksheet, top: int, head: Sequence[str], rows: Rows) -> None:
    for column, name in enumerate(head, start=1):
        cell = _put(sheet, top, column, name)
        cell.font, cell.fill = Font(name=FACE, bold=True, color=INK), PatternFill("solid", fgColor=TINT)
        is_number = bool(rows) and isinstance(rows[0][column - 1], int | float)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if is_number else "left")
    sheet.row_dimensions[top].height = 2 * LINE
    for down, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            _put(sheet, down, column, value)
    sheet.freeze_panes = f"B{top + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    sheet.page_setup.fitToHeight = 1 if len(rows) <= MOST_ROWS else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = safe_text(value)
        cell.data_type = "s"  # never "f": openpyxl guesses a formula from the first character
    else:
        cell.value = value
    return cell


def _value(one: Indicator, counts: Tally) -> float | int | None:
    value = one.of(counts)
    if one.kind == SHARE:
        return _part(value)
    return round(value, 4) if isinstance(value, float) else value


def _part(share: float | None) -> float | None:
    """Return a share as every other page tells it: a spreadsheet would round 99.6 % up to all."""
    return None if share is None else whole_percents(share) / 100


def _format(one: Indicator) -> str:
    return {COUNT: "#,##0", SHARE: "0%"}.get(one.kind, "0.0")


TITLE, FOOT = 1.4, 2.2  # centimetres of a chart above and below its bars


def _bars(title: str, *, rows: int, horizontal: bool = False) -> BarChart:
    bars = BarChart()
    bars.type = "bar" if horizontal else "col"
    bars.title, bars.width, bars.height = title, 24, max(9.0, 0.9 * rows + 4)
    bars.gapWidth = 60
    _axes(bars)
    if horizontal:
        bars.x_axis.scaling.orientation = "maxMin"  # the first row on top
        bars.layout = _beside_names(bars.height)
        bars.y_axis.crosses = "max"
    return bars


def _beside_names(height: float) -> Layout:
    """Return where the bars stand: a name broken into two lines makes programs leave every second name out."""
    tall = (height - TITLE - FOOT) / height
    return Layout(
        ManualLayout(layoutTarget="inner", xMode="edge", yMode="edge", x=0.36, y=TITLE / height, w=0.6, h=tall)
    )


def _axes(chart: BarChart | LineChart) -> None:
    """Show both axes, for spreadsheets hide what is not said, each name, in whole numbers, with the legend below."""
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblSkip = 1  # type: ignore[attr-defined]  # else every second name is left out where the program thinks them too close
    chart.y_axis.number_format, chart.y_axis.scaling.min = "0", 0
    chart.legend = Legend()
    chart.legend.position = "b"


def _paint(chart: BarChart | LineChart, colours: Sequence[str], *, line: bool = False) -> None:
    for series, colour in zip(chart.series, colours, strict=False):
        series.graphicalProperties.line.solidFill = colour
        if line:
            series.smooth, series.graphicalProperties.line.width = False, 28_000
        else:
            series.graphicalProperties.solidFill = colour
            series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)


def _widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _language() -> str:
    return get_language() or "id"
