"""The head's page as PDF: one sheet of A4, drawn word by word. Nothing on it is markup, nothing is fetched."""

from __future__ import annotations

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from lapor.desk.summary import Summary
from lapor.kernel.templatetags.ui import label, longdate, shortday, workdays
from lapor.reports.queries.lateness import Lateness

WIDTH, HEIGHT = A4
MARGIN = 54
PLAIN, BOLD = "LaporPlain", "LaporBold"
SAID = {Lateness.SOON: _lazy("due soon"), Lateness.LATE: _lazy("late")}
INK, QUIET, LINE = (0.11, 0.15, 0.2), (0.36, 0.4, 0.45), (0.8, 0.82, 0.85)


def summary_pdf(page: Summary) -> bytes:
    """Return the sheet; what would not fit is left out at its end, never put on a second page."""
    _fonts()
    sheet = _Sheet(page.case.report.number)
    sheet.words(_("Summary for the head"), 10, quiet=True)
    sheet.words(page.case.report.title, 16, bold=True)
    status = page.case.status.label(get_language() or "id")
    received = longdate(page.case.report.received_at, page.zone)
    sheet.words(f"{page.case.report.number} · {status} · {received}", 9.5, quiet=True)
    if page.asked:
        sheet.part(_("What is asked of you"))
        sheet.words(page.asked, 11, bold=True)
    sheet.part(_("What was reported"))
    sheet.words(page.words, 10)
    _due(sheet, page)
    _held(sheet, page)
    if page.answers:
        sheet.part(_("What the reporter has been told"))
        for text, at in page.answers:
            sheet.words(f"{shortday(at, page.zone)}: {text}", 10)
    sheet.foot(_("Made %(when)s by %(who)s") % {"when": longdate(page.made_at, page.zone), "who": page.made_by})
    return sheet.finished()


def _due(sheet: _Sheet, page: Summary) -> None:
    if page.due:
        sheet.part(_("Deadlines"))
    for one in page.due:
        late = f" · {SAID[one.lateness]}" if one.lateness in SAID else ""
        sheet.pair(label(one.clock, "Clock"), f"{shortday(one.day)}{late}" if one.day else "-")


def _held(sheet: _Sheet, page: Summary) -> None:
    sheet.part(_("Who held it, and how long"))
    for leg in page.held:
        until = shortday(leg.until, page.zone) if leg.until else _("now")
        days = f" · {workdays(leg.days)}" if leg.days is not None else ""
        sheet.pair(label(leg.who, "Holder"), f"{shortday(leg.since, page.zone)} – {until}{days}")


class _Sheet:
    """A page that is written from the top."""

    def __init__(self, number: str) -> None:
        self._paper = Canvas("", pagesize=A4, lang=get_language() or "id", pageCompression=1)
        self._paper.setTitle(_("Summary of %(number)s") % {"number": number})
        self._paper.setAuthor("LAPOR!")
        self._y = HEIGHT - MARGIN

    def part(self, title: str) -> None:
        self._y -= 10
        self._paper.setStrokeColorRGB(*LINE)
        self._paper.line(MARGIN, self._y, WIDTH - MARGIN, self._y)
        self._y -= 4
        self.words(title, 9.5, quiet=True)

    def words(self, text: str, size: float, *, bold: bool = False, quiet: bool = False) -> None:
        font = BOLD if bold else PLAIN
        for line in simpleSplit(text, font, size, WIDTH - 2 * MARGIN):
            self._y -= size * 1.4
            if self._y > MARGIN + 20:
                self._paper.setFillColorRGB(*(QUIET if quiet else INK))
                self._paper.setFont(font, size)
                self._paper.drawString(MARGIN, self._y, line)

    def pair(self, what: str, when: str) -> None:
        self._y -= 15
        if self._y > MARGIN + 20:
            self._paper.setFillColorRGB(*INK)
            self._paper.setFont(PLAIN, 10)
            self._paper.drawString(MARGIN, self._y, simpleSplit(what, PLAIN, 10, 290)[0] if what else "")
            self._paper.drawRightString(WIDTH - MARGIN, self._y, when)

    def foot(self, text: str) -> None:
        self._paper.setFillColorRGB(*QUIET)
        self._paper.setFont(PLAIN, 8.5)
        self._paper.drawString(MARGIN, MARGIN - 10, text)

    def finished(self) -> bytes:
        self._paper.showPage()
        content: bytes = self._paper.getpdfdata()
        return content


@cache
def _fonts() -> None:
    pdfmetrics.registerFont(TTFont(PLAIN, "Vera.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))
