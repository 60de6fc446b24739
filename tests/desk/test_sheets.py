"""Manual complaints from a spreadsheet (S68): read, shown, entered in the background; nothing twice, nothing half."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import Workbook
from tests.builders import World
from tests.desk.conftest import NOW, SignIn
from tests.sop.days import at

from lapor.agencies.models import Decree
from lapor.reports import sheet_files
from lapor.reports.models import Breach, Report, Sheet, SheetRow
from lapor.reports.usecases import sheets
from lapor.reports.usecases.sheets import forget_sheets, work_sheets
from lapor.sop.vocabulary import Status

HEAD = ["Nama", "No HP", "Kanal", "Tanggal masuk", "Isi laporan", "Kelurahan", "Kategori",
        "Tindak lanjut", "Tanggal selesai", "Oleh"]  # fmt: skip
GOOD = ["Warga Contoh", "081200001234", "Surat", date(2026, 2, 2), "Got di depan pasar mampet sebulan.", "Punia",
        "Saluran air dan genangan"]  # fmt: skip
SETTLED = [*GOOD, "Got dibersihkan.", date(2026, 2, 4), "Tim Drainase"]


def workbook(*rows: Sequence[Any], head: Sequence[Any] = HEAD, merge: str = "") -> bytes:
    """Return an XLSX file."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([("Rekap pengaduan 2026",)], [head], rows):
        for values in row:
            sheet.append(list(values))
    if merge:
        sheet.merge_cells(merge)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def bring(browser: Client, data: bytes, name: str = "rekap.xlsx") -> str:
    """Bring a file, let it be read, and return the address of its page."""
    answer = browser.post("/meja/entri/berkas/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.text[:2000]
    work()
    return str(answer["Location"])


def work(now: str = NOW) -> None:
    while work_sheets(now=at(now)):
        pass


def test_S68_rows_are_shown_first_and_entered_when_the_officer_says_so(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    page = bring(browser, workbook(GOOD, SETTLED))

    shown = browser.get(page).text
    assert "2 dari 2 baris dapat dientri" in shown
    assert "Got di depan pasar mampet" in shown
    assert not Report.objects.exists()

    browser.post(page, {"do": "enter"})
    work()

    opened, settled = Report.objects.order_by("id")
    assert (opened.status, opened.unit, opened.channel) == (Status.DISPOSED, world.agency("dinas-pupr"), "letter")
    assert (opened.category.code, opened.place.name) == ("saluran-air", "Punia")  # type: ignore[union-attr]
    assert settled.status == Status.CLOSED
    assert settled.received_at.isoformat() == "2026-02-01T16:00:00+00:00"
    assert not Breach.objects.filter(clock="manual_entry").exists()  # nobody typed against the stopwatch
    after = browser.get(page).text
    assert opened.number in after
    assert "2 pengaduan dientri" in after
    assert not [row for row in SheetRow.objects.all() if bytes(row.told)]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Isi laporan": ""}, "kosong; jika sel digabung"),
        ({"Isi laporan": "Got"}, "terlalu pendek"),
        ({"No HP": "0812"}, "Kolom B “No HP” bukan nomor telepon"),
        ({"Tanggal masuk": "kemarin"}, "bukan tanggal"),
        ({"Tanggal masuk": date(2026, 3, 9)}, "belum tiba"),
        ({"Tanggal selesai": date(2026, 2, 1)}, "sebelum tanggal masuk"),
        ({"Tanggal selesai": ""}, "“Tanggal selesai” diperlukan"),
        ({"Kelurahan": "Antah Berantah"}, "tidak dikenal"),
        ({"Kategori": "Entah"}, "tidak dikenal"),
        ({"Kanal": "telepati"}, "tidak dikenal"),
    ],
)
def test_a_wrong_row_says_why_and_is_left_out(world: World, sits: SignIn, changes: dict[str, Any], said: str) -> None:
    wrong = [changes.get(name, value) for name, value in zip(HEAD, SETTLED, strict=True)]
    browser = sits("pp-pupr")
    page = bring(browser, workbook(wrong, GOOD))

    shown = browser.get(f"{page}?show=wrong").text
    assert said in shown
    assert "1 dari 2 baris dapat dientri" in shown
    browser.post(page, {"do": "enter"})
    work()

    assert Report.objects.count() == 1


def test_a_column_that_nobody_understands_is_named_before_anything_is_entered(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    head = [*HEAD[:7], "Nama RT <b>", "Catatan"]
    page = bring(browser, workbook([*GOOD, "Pak Contoh", "segera"], head=head))

    shown = browser.get(page).text
    assert "Kolom ini tidak dipahami dan tidak dientri: “Nama RT &lt;b&gt;”, “Catatan”." in shown
    assert "tidak dipahami" not in browser.get(bring(browser, workbook(GOOD), "lain.xlsx")).text


def test_formulas_are_read_as_the_value_last_shown_and_never_calculated(world: World, sits: SignIn) -> None:
    formula = [*GOOD]
    formula[4] = '=HYPERLINK("http://127.0.0.1/","Klik")'
    page = bring(sits("pp-pupr"), workbook(formula, GOOD))

    shown = sits("pp-pupr").get(page).text

    assert "HYPERLINK" not in shown
    assert "1 dari 2 baris dapat dientri" in shown


def test_a_formula_in_a_csv_is_a_text_like_any_other(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    page = bring(browser, csv("Isi laporan;Nama", "=1+1 rupiah diminta petugas loket;+Warga"), "rekap.csv")

    browser.post(page, {"do": "enter"})
    work()

    assert Report.objects.get().title.startswith("=1+1")


def test_merged_cells_hold_their_words_once(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")

    page = bring(browser, workbook(GOOD, GOOD, merge="E3:E4"))

    assert "1 dari 2 baris dapat dientri" in browser.get(page).text
    assert "jika sel digabung" in browser.get(page).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 no zip at all", "tidak dapat dibaca"),
        (b"\x00\x01\x02", "tidak dapat dibaca"),
        (csv("Nama;Umur", "Warga;40"), "baris judul"),
        (csv("Isi laporan;Nama"), "tidak ada isinya"),
        (workbook(head=["Isi laporan"]), "baris judul"),
    ],
)
def test_what_is_no_table_is_refused_in_words(world: World, sits: SignIn, data: bytes, said: str) -> None:
    browser = sits("pp-pupr")

    page = bring(browser, data)

    assert said in browser.get(page).text
    assert Sheet.objects.get().state == "refused"
    assert not SheetRow.objects.exists()


def test_a_bomb_is_not_unpacked(world: World, sits: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (130 * 1024 * 1024))
    opened: list[object] = []
    monkeypatch.setattr(sheet_files, "load_workbook", opened.append)
    browser = sits("pp-pupr")

    page = bring(browser, packed.getvalue())

    assert "memuat jauh lebih banyak" in browser.get(page).text
    assert opened == []


def test_too_many_rows_are_refused_as_a_whole(world: World, sits: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_files, "MOST_ROWS", 3)
    browser = sits("pp-pupr")

    page = bring(browser, workbook(GOOD, GOOD, GOOD, GOOD))

    assert "lebih dari 50.000 baris" in browser.get(page).text
    assert not SheetRow.objects.exists()


def test_a_file_too_large_is_refused_at_once(world: World, sits: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lapor.reports.usecases.sheets.LARGEST", 100)

    answer = sits("pp-pupr").post("/meja/entri/berkas/", {"file": SimpleUploadedFile("a.csv", b"x" * 101)})

    assert answer.status_code == 422
    assert not Sheet.objects.exists()


def test_a_worker_that_died_in_between_enters_nothing_twice(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    page = bring(browser, workbook(GOOD, [*GOOD[:4], "Jalan di depan balai amblas lagi.", *GOOD[5:]]))
    sealed = {row.pk: bytes(row.told) for row in SheetRow.objects.all()}
    browser.post(page, {"do": "enter"})
    work()
    for row, told in sealed.items():  # as if it had died after the report, before the row was marked
        SheetRow.objects.filter(pk=row).update(report=None, told=told)
    Sheet.objects.update(state="entering", entered=0, leased_until=at(NOW))

    work()

    assert Report.objects.count() == 2
    assert Sheet.objects.get().entered == 2


def test_two_workers_never_have_the_same_sheet(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    bring(browser, workbook(GOOD))
    Sheet.objects.update(state="entering", leased_until=at(NOW) + timedelta(minutes=5))

    assert work_sheets(now=at(NOW)) == 0


def test_who_lost_the_role_enters_nothing_more(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    page = bring(browser, workbook(GOOD))
    browser.post(page, {"do": "enter"})
    Decree.objects.update(valid_to=date(2026, 3, 1))

    work()

    assert not Report.objects.exists()
    assert Sheet.objects.get().why == "no_role"


def test_nobody_else_sees_the_names_in_it(world: World, sits: SignIn) -> None:
    page = bring(sits("pp-pupr"), workbook(GOOD))

    for name in ("pp-kesehatan", "admin-kota", "admin-lembaga"):
        assert sits(name).get(page).status_code == 404
        assert sits(name).post(page, {"do": "enter"}).status_code == 404
    assert sits("panrb").get(page).status_code == 403
    assert b"Warga Contoh" not in b"".join(bytes(row.told) for row in SheetRow.objects.all())


def test_what_nobody_confirms_is_forgotten_after_a_day(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    page = bring(browser, workbook(GOOD))
    assert forget_sheets(now=at(NOW) + timedelta(hours=23)) == 0

    forget_sheets(now=at(NOW) + timedelta(hours=25))

    assert not Sheet.objects.exists()
    assert browser.get(page).status_code == 404


def test_a_sheet_can_be_forgotten_at_once(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    page = bring(browser, workbook(GOOD))

    assert browser.post(page, {"do": "drop"})["Location"] == "/meja/entri/berkas/"

    assert not SheetRow.objects.exists()


def test_it_is_entered_once_however_often_it_is_asked(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    page = bring(browser, workbook(GOOD))
    for _ in range(2):
        browser.post(page, {"do": "enter"})
    work()
    browser.post(page, {"do": "enter"})
    work()

    assert Report.objects.count() == 1


def test_what_was_entered_by_mistake_is_taken_back_today_as_far_as_nobody_touched_it(
    world: World, sits: SignIn
) -> None:
    browser = sits("pp-pupr")
    other = [*GOOD[:4], "Jalan di depan balai amblas lagi.", *GOOD[5:]]
    page = bring(browser, workbook(GOOD, other, SETTLED))
    browser.post(page, {"do": "enter"})
    work()
    touched = Report.objects.order_by("id")[0]
    browser.post(f"/meja/laporan/{touched.number}/terima/", {"version": touched.version})

    browser.post(page, {"do": "take_back"})

    assert "2 pengaduan ditarik kembali" in browser.get(page).text
    states = [report.archive_reason for report in Report.objects.order_by("id")]
    assert states == ["", "mistaken", "mistaken"]
    assert Report.objects.count() == 3


def test_a_sheet_that_was_undone_says_so_with_the_hour_the_name_and_each_row_that_stayed(
    world: World, sits: SignIn
) -> None:
    browser = sits("pp-pupr")
    other = [*GOOD[:4], "Jalan di depan balai amblas lagi.", *GOOD[5:]]
    page = bring(browser, workbook(GOOD, other))
    browser.post(page, {"do": "enter"})
    work()
    touched, back = Report.objects.order_by("id")
    browser.post(f"/meja/laporan/{touched.number}/terima/", {"version": touched.version})

    browser.post(page, {"do": "take_back"}, follow=True)  # the message is read there; the page must say it for ever

    shown = browser.get(page).text
    assert "Ditarik kembali pada 2 Mar 2026, 09.00 WITA oleh Pp-Pupr" in shown
    assert "1 pengaduan ditarik kembali dan tersimpan di arsip." in shown
    assert "1 tetap seperti adanya" in shown
    assert "Tidak ditarik kembali: sudah ada tindakan atas pengaduan ini." in shown
    assert 'value="take_back"' not in shown
    stayed = browser.get(f"{page}?show=kept").text
    assert touched.number in stayed
    assert back.number not in stayed
    assert "ditarik kembali: 1 dari 2 pengaduan" in browser.get("/meja/entri/berkas/").text


def test_a_sheet_of_yesterday_stays_and_says_that_its_day_is_over(
    world: World, sits: SignIn, today: time_machine.Traveller
) -> None:
    browser = sits("pp-pupr")
    page = bring(browser, workbook(GOOD))
    browser.post(page, {"do": "enter"})
    work()
    today.move_to(at("Tue 3 Mar 2026 09:00 WITA"))

    shown = sits("pp-pupr").post(page, {"do": "take_back"}, follow=True).text

    assert "Tidak ada yang dapat ditarik kembali" in shown
    assert "Tidak ditarik kembali: dientri sebelum hari ini" in shown
    assert Report.objects.get().archive_reason == ""


def test_numbers_of_a_long_sheet_are_written_as_people_read_them(world: World, sits: SignIn) -> None:
    browser = sits("pp-pupr")
    page = bring(
        browser, csv("Isi laporan;Nama", *(["Lampu jalan padam di gang ini.;Warga"] * 1001), "Got;Warga"), "rekap.csv"
    )

    assert "1.001 dari 1.002 baris dapat dientri" in browser.get(page).text
    assert "Entri 1.001 pengaduan" in browser.get(page).text
    browser.cookies["django_language"] = "en"
    assert "1,001 of 1,002 rows can be entered" in browser.get(page).text


def test_a_sheet_that_is_dropped_while_it_is_read_stops_the_reading_and_nothing_else(
    world: World, sits: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dropped(chunk: Any) -> Any:
        for rows in chunk:
            Sheet.objects.all().delete()
            yield [rows]

    monkeypatch.setattr(sheets, "_chunks", dropped)

    bring(sits("pp-pupr"), workbook(GOOD))

    assert not SheetRow.objects.exists()


def test_who_reads_beyond_the_lease_leaves_the_sheet_to_who_has_it_now(
    world: World, sits: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sheets._chunks

    def taken_by_another(rows: Any) -> Any:
        monkeypatch.setattr(sheets, "_chunks", whole)
        work_sheets(now=at(NOW) + sheets.LEASE)
        yield from whole(rows)

    monkeypatch.setattr(sheets, "_chunks", taken_by_another)

    bring(sits("pp-pupr"), workbook(GOOD))

    assert Sheet.objects.get().state == Sheet.State.READ
    assert SheetRow.objects.count() == Sheet.objects.get().rows == 1


def test_words_to_be_forgotten_are_found_by_an_index(db: None) -> None:
    left = SheetRow.objects.filter(sheet__in=Sheet.objects.filter(state="done"), report=None).exclude(told=b"")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "rows_with_words" in left.explain()
