"""Ten complaints from a spreadsheet: brought, looked at, entered while the page tells how far, and one row by hand."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import Workbook
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import World
from tests.journeys.sitting import sit_down
from tests.journeys.test_every_page import Visit
from tests.journeys.test_officer_verify_to_close import browser_context_args

from lapor.reports.models import Report
from lapor.reports.usecases.sheets import work_sheets
from lapor.sop.vocabulary import Status

__all__ = ["browser_context_args"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ten() -> bytes:
    """Return a workbook with ten complaints: seven open, two settled, one with a place that nobody knows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    heading = "Nama, No HP, Kanal, Tanggal masuk, Isi laporan, Kelurahan, Tindak lanjut, Tanggal selesai, Oleh"
    sheet.append(heading.split(", "))
    for n in range(7):
        told = f"Lampu di gang {n} mati sejak Januari."
        sheet.append([f"Warga Contoh {n}", "081200001234", "Surat", date(2026, 2, n + 1), told, "Punia"])
    for n in range(2):
        came = ["Warga Contoh", "", "Tatap muka", date(2026, 2, 2), f"Got nomor {n} mampet.", "Punia"]
        sheet.append([*came, "Dibersihkan.", date(2026, 2, 4), "Tim"])
    sheet.append(["Warga Contoh", "", "Surat", date(2026, 2, 2), "Pohon di lapangan hampir roboh.", "Antah Berantah"])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_ten_complaints_from_a_spreadsheet(page: Page, live_server: LiveServer, world: World) -> None:
    sit_down(page, live_server, world, "pp-pupr")
    page.goto(f"{live_server.url}/meja/entri/")
    page.get_by_role("link", name="Dari lembar kerja").click()
    visit = Visit(page.context, live_server.url)
    visit.open("/meja/entri/berkas/")

    page.set_input_files("input[type=file]", {"name": "rekap.xlsx", "mimeType": XLSX, "buffer": ten()})
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_text("sedang dibaca")).to_be_visible()
    while work_sheets(now=datetime.now(UTC)):
        pass
    expect(page.get_by_text("9 dari 10 baris dapat dientri")).to_be_visible()  # by itself
    page.get_by_role("link", name=re.compile("1 baris yang keliru")).click()
    expect(page.get_by_text("tidak dikenal di sini")).to_be_visible()
    visit.open(page.url.removeprefix(live_server.url))
    assert not Report.objects.exists()
    page.get_by_role("button", name="Entri 9 pengaduan").click()
    while work_sheets(now=datetime.now(UTC)):
        pass
    expect(page.get_by_text("9 pengaduan dientri")).to_be_visible()

    assert Report.objects.filter(status=Status.DISPOSED).count() == 7
    assert Report.objects.filter(status=Status.CLOSED).count() == 2
    assert visit.wrong == {}
