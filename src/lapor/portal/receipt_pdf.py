"""The receipt on one sheet of A4: number, code, institution, promised dates, QR code.

Drawn word by word with fonts that travel inside the file. Nothing that a citizen wrote is on it, and nothing on it is
markup: there is no reference that could be followed to a file or a network.
"""

from __future__ import annotations

from functools import cache

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from lapor.kernel.codes import show_code
from lapor.kernel.templatetags.ui import longdate, longday
from lapor.reports.drafts import Receipt

WIDTH, HEIGHT = A4
MARGIN = 60
PLAIN, BOLD = "LaporPlain", "LaporBold"  # Bitstream Vera, which comes with reportlab under a free licence
INK, QUIET, LINE = (0.11, 0.15, 0.2), (0.36, 0.4, 0.45), (0.8, 0.82, 0.85)


def receipt_pdf(receipt: Receipt, address: str, zone: str) -> bytes:
    """Return the sheet; `address` is the tracking page, whose QR code carries the code behind "#"."""
    _fonts()
    sheet = _Sheet()
    sheet.words(_("LAPOR! Proof of your report"), 20, bold=True)
    sheet.gap(2)
    sheet.words(_("Received %(when)s") % {"when": longdate(receipt.received_at, zone)}, 11, quiet=True)
    sheet.gap(14)
    sheet.code(receipt, address)
    sheet.gap(10)
    sheet.words(_("What was promised"), 14, bold=True)
    for promise in receipt.promises:
        what, day = promise.clock.label(get_language() or "id"), longday(promise.day)
        sheet.pair(what, day)
    sheet.gap(10)
    for sentence in _advice():
        sheet.words(sentence, 10.5)
        sheet.gap(5)
    return sheet.finished()


def _advice() -> tuple[str, ...]:
    return (
        _("Scan the picture, or type the code on the tracking page: follow the report, answer, judge the result."),
        _("Whoever holds this sheet can act in your name. Give the code a PIN if others may see it."),
        _("If a day passes without the step, the officer must explain it, and you see it in the history."),
    )


class _Sheet:
    """A page that is written from the top; what would not fit any more is left out, never put on a second page."""

    def __init__(self) -> None:
        self._paper = Canvas("", pagesize=A4, lang=get_language() or "id", pageCompression=1)
        self._paper.setTitle(_("LAPOR! Proof of your report"))
        self._paper.setAuthor("LAPOR!")
        self._y = HEIGHT - MARGIN

    def words(self, text: str, size: float, *, bold: bool = False, quiet: bool = False, width: float = 0) -> None:
        font = BOLD if bold else PLAIN
        self._paper.setFillColorRGB(*(QUIET if quiet else INK))
        self._paper.setFont(font, size)
        for line in simpleSplit(text, font, size, width or WIDTH - 2 * MARGIN):
            self._y -= size * 1.4
            if self._y > MARGIN:
                self._paper.drawString(MARGIN, self._y, line)

    def code(self, receipt: Receipt, address: str) -> None:
        top, side = self._y, 130.0
        left = WIDTH - 2 * MARGIN - side - 20
        self._qr(f"{address}#{show_code(receipt.code)}", WIDTH - MARGIN - side, top - side, side)
        self.words(_("Your report code"), 10.5, quiet=True, width=left)
        self.words(show_code(receipt.code), 24, bold=True, width=left)
        self.gap(6)
        self.words(_("Number for letters"), 10.5, quiet=True, width=left)
        self.words(receipt.number, 13, bold=True, width=left)
        self.gap(6)
        self.words(_("Institution"), 10.5, quiet=True, width=left)
        self.words(receipt.agency or _("The national desk looks for it"), 13, bold=True, width=left)
        self.gap(4)
        self.words(address, 9, quiet=True, width=left)
        self._y = min(self._y, top - side)
        self._rule()

    def pair(self, what: str, day: str) -> None:
        self._y -= 20
        self._paper.setFillColorRGB(*INK)
        self._paper.setFont(PLAIN, 11)
        self._paper.drawString(MARGIN, self._y, what)
        self._paper.setFont(BOLD, 11)
        self._paper.drawRightString(WIDTH - MARGIN, self._y, day)

    def gap(self, points: float) -> None:
        self._y -= points

    def finished(self) -> bytes:
        self._paper.showPage()
        content: bytes = self._paper.getpdfdata()
        return content

    def _rule(self) -> None:
        self._y -= 14
        self._paper.setStrokeColorRGB(*LINE)
        self._paper.line(MARGIN, self._y, WIDTH - MARGIN, self._y)

    def _qr(self, text: str, x: float, y: float, side: float) -> None:
        matrix = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
        step = side / len(matrix)
        self._paper.setFillColorRGB(0, 0, 0)
        for down, row in enumerate(matrix):
            for across, dark in enumerate(row):
                if dark:
                    self._paper.rect(x + across * step, y + side - (down + 1) * step, step, step, stroke=0, fill=1)


@cache
def _fonts() -> None:
    pdfmetrics.registerFont(TTFont(PLAIN, "Vera.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, "VeraBd.ttf"))
