"""Queries of each page, the same for few and for many rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn
from tests.sop.days import at

from lapor.insights.folding import fold_everything
from lapor.reports.models import Report
from lapor.reports.usecases import closing

# (officer, address, most queries). Every page asks for session, account, roles and unread messages: four. One more
# than a page asks is allowed.
PAGES = [
    ("admin-kota", "/meja/?tab=disposed", 16),
    ("admin-kota", "/meja/?tab=returned", 14),
    ("admin-kota", "/meja/?tab=closing", 16),
    ("pp-pupr", "/meja/?tab=disposed", 16),
    ("pimpinan-pupr", "/meja/pimpinan/", 17),
    ("ombudsman", "/meja/ombudsman/", 10),
    ("admin-kota", "/meja/pesan/", 11),
    ("admin-kota", "/meja/penutupan/", 6),
    ("admin-kota", "/meja/penutupan/?tab=decided", 6),
    ("admin-kota", "/meja/penyebab/", 6),
    ("pp-pupr", "/meja/penyebab/?tab=fixed", 6),
    ("admin-kota", "/meja/keterlambatan/", 8),
    ("admin-kota", "/meja/register/?first=2025-09-01&last=2026-03-02", 13),
    ("admin-kota", "/meja/tepat-waktu/?first=2025-09-01&last=2026-03-02", 10),
    ("admin-kota", "/meja/bulanan/?period=2025", 11),
    ("admin-pusat", "/meja/bulanan/?period=2025", 9),
    ("admin-pusat", "/meja/instansi/?period=2025", 6),
    ("admin-kota", "/meja/pemantauan/?period=2025", 12),
    ("admin-kota", "/meja/pemantauan/silent/?period=2025", 7),
    ("admin-kota", "/meja/mutu/", 6),
    ("admin-kota", "/meja/pengembalian/", 8),
    ("admin-pusat", "/meja/pengembalian/?tab=unclaimed", 10),
    ("admin-kota", "/meja/petugas/", 9),
    ("admin-kota", "/meja/satuan/tanpa-petugas/", 6),
    ("admin-pusat", "/meja/satuan/tanpa-petugas/", 6),
    ("admin-kota", "/meja/kalender/", 8),
    ("admin-kota", "/meja/entri/", 6),
    ("admin-kota", "/meja/entri/berkas/", 6),
    ("admin-pusat", "/meja/pemeliharaan/", 7),
    ("admin-pusat", "/meja/?tab=unverified", 16),
    ("admin-kota", "/meja/komentar/", 6),
    ("admin-kota", "/meja/pesan-masuk/", 7),
    ("admin-kota", "/meja/satuan/", 6),
    ("admin-kota", "/meja/penerusan/", 9),
    ("admin-kota", "/meja/templat/", 6),
    ("admin-kota", "/meja/sop/", 7),
    ("admin-kota", "/meja/jam/", 7),
    ("admin-kota", "/meja/jejak/", 6),
    ("admin-kota", "/meja/keamanan/", 10),
    ("admin-kota", "/meja/dukungan/", 6),
    ("admin-kota", "/meja/tampilan/", 6),
    ("admin-kota", "/meja/tag/", 6),
    ("admin-kota", "/meja/saran/", 15),
    ("admin-pusat", "/meja/saran/instansi/", 7),
    ("admin-pusat", "/meja/kategori/", 6),
    ("admin-pusat", "/meja/kanal/", 12),
]
MOST_OF_A_CASE = 28
MOST_OF_FILTERS = 10


def queries_of(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert browser.get(address).status_code == 200
    return len(counted)


@pytest.fixture
def grow(world: World) -> Callable[[int], None]:
    """Add so many reports of every kind: disposed, late, escalated, asked to close, set aside."""

    def more(times: int) -> None:
        for _ in range(times):
            late = Case(world).is_disposed(on="Mon 1 Sep 2025 09:00 WITA")
            late.sweep("Mon 2 Mar 2026 08:00 WITA")
            Case(world, NOW).is_disposed()
            asked = Case(world).is_followed_up(on="Mon 1 Dec 2025 09:00 WITA")
            asked.on("Mon 2 Mar 2026 08:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
            Report.objects.filter(pk=Case(world, NOW).is_submitted(agency="").report.pk).update(set_aside_why="Uji")
        fold_everything(now=at(NOW))

    return more


def test_no_page_asks_more_when_there_are_more_rows(sits: SignIn, grow: Callable[[int], None]) -> None:
    browsers = {name: sits(name) for name, _address, _most in PAGES}
    grow(1)
    for name, address, _most in PAGES:
        browsers[name].get(address)  # the first answer fills caches of the process, and the session its role
    few = [queries_of(browsers[name], address) for name, address, _most in PAGES]

    grow(3)
    many = [queries_of(browsers[name], address) for name, address, _most in PAGES]

    assert {page: (n, m) for page, n, m in zip(PAGES, few, many, strict=True) if n != m or m > page[2]} == {}


def test_filters_opened_in_place_read_no_report_and_count_nothing(sits: SignIn, grow: Callable[[int], None]) -> None:
    grow(1)
    browser, address, part = sits("admin-kota"), "/meja/?tab=disposed&panel=1", {"HX-Request": "true"}
    browser.get(address, headers=part)

    with CaptureQueriesContext(connection) as counted:
        alone = browser.get(address, headers=part).text
    asked = [one["sql"] for one in counted.captured_queries]  # the next request empties the log
    whole = browser.get(address).text

    assert alone.strip().startswith('<div id="saring">')
    assert alone.strip() in whole
    assert 0 < len(asked) <= MOST_OF_FILTERS
    assert not [sql for sql in asked if "reports_report" in sql or "reports_count" in sql]


def test_a_case_asks_no_more_when_more_happened(case: Case, sits: SignIn) -> None:
    case.is_followed_up()
    browser, address = sits("admin-kota"), f"/meja/laporan/{case.number}/"
    browser.post(f"{address}catatan/", {"text": "Dicatat."})
    browser.get(address)
    few = queries_of(browser, address)

    for _ in range(5):
        browser.post(f"{address}catatan/", {"text": "Dicatat."})
    many = queries_of(browser, address)

    assert many == few <= MOST_OF_A_CASE
