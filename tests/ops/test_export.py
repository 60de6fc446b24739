"""The workbook that `lapor export` writes: the national layout, nobody's name, nothing that runs, and read back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click import BadParameter
from click.testing import CliRunner
from django.db import transaction
from openpyxl import load_workbook
from tests.ops.exports import stream, workbook

from lapor.insights import summary
from lapor.insights.ringkas import day_text, write_summary
from lapor.insights.ringkas_columns import LAYOUT, OLDER
from lapor.ops.exporting_command import run
from lapor.ops.importing.files import open_source
from lapor.ops.importing.run import import_file, survey
from lapor.reports.models import Report
from lapor.sop.vocabulary import Status

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)

pytestmark = pytest.mark.django_db


def imported(path: Path) -> None:
    source = open_source(path)
    _, directory = survey(source)
    account = import_file(source, directory, now=NOW)
    assert not account.refused, account.problems


def exported(path: Path, institution: str = "kota-surabaya", last: date = LAST) -> Path:
    name = summary.name_of(institution)
    lines = summary.lines(institution, FIRST, last)
    write_summary(path, lines, institution=name, first=FIRST, last=last, made_on=date(2026, 6, 1))
    return path


def sheet(path: Path) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in load_workbook(path).active.iter_rows(values_only=True)]  # type: ignore[union-attr]


def table(path: Path) -> list[dict[str, Any]]:
    rows = sheet(path)
    start = next(n for n, row in enumerate(rows) if row[0] == "Tracking ID")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


@contextmanager
def in_a_database_of_its_own() -> Iterator[None]:
    """Undo everything afterwards: what follows meets an installation in which nothing of this exists."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)
    assert not Report.objects.filter(source="uji").exists()


VARIETY = (
    {"status": "Belum Terverifikasi", "agency": None},
    {"status": "Terverifikasi"},
    {"status": "Proses", "agency": "Pemerintah Kota Surabaya", "channel": "Whatsapp"},
    {"status": "Menunggu Kelengkapan Informasi", "channel": "SMS"},
    {"status": "Diteruskan ke Ombudsman RI"},
    {"status": "Ditutup oleh Sistem", "classification": "Aspirasi", "category": "Jalan rusak"},
    {"status": "Ditutup oleh Pelapor", "rating": 5, "anonymous": "Anonim|Rahasia"},
    {"status": "Ditutup oleh Admin", "title": "=SUM(A1:A9)", "body": "@rumus\n+62 baris kedua"},
    {"responded_at": "2022-03-04T05:06:07", "channel": "Wargaku/Media Center"},
    {"status": "Diarsipkan oleh Sistem"},
    {"status": "Diarsipkan oleh Pelapor", "anonymous": "Rahasia"},
    {"status": "Diarsipkan oleh Admin", "archive_reason": "Laporan ini diarsipkan karena merupakan spam"},
    {"status": "Konten Terblokir", "body": "Isi 🚧 dengan emoji dan العربية"},
)


def test_S26_what_is_exported_can_be_imported_elsewhere_and_exported_the_same(tmp_path: Path) -> None:
    with in_a_database_of_its_own():
        imported(stream(tmp_path / "a.jsonl", *VARIETY))
        first = exported(tmp_path / "first.xlsx")
    imported(first)
    second = exported(tmp_path / "second.xlsx")
    # The id of a desk is this installation's own code for it, the reference the one it came with.
    assert table(second) == table(first)
    assert len(table(second)) == len(VARIETY)
    assert {Report(status=row.status).status for row in Report.objects.filter(source="sp4n-lapor")} == {
        *map(str, Status)
    }


def test_the_layout_is_the_national_one(tmp_path: Path) -> None:
    imported(stream(tmp_path / "a.jsonl", {"status": "Selesai"}))
    rows = sheet(exported(tmp_path / "a.xlsx"))
    assert rows[0][:3] == ("Judul Laporan", None, "Laporan Ringkas")
    assert rows[2][:3] == ("Nama Instansi", None, "Pemerintah Kota Surabaya")
    assert rows[4][:3] == ("Tanggal Generate", None, "2026-06-01")
    assert rows[6][:3] == ("Periode Masuk", None, "(2022-01-01) - (2022-12-31)")
    assert rows[8][0] == "Pengelola"
    assert rows[10] == tuple(LAYOUT.values())
    assert list(OLDER.values()) == list(rows[10][:21])


def test_the_cells_are_written_as_the_live_export_does(tmp_path: Path) -> None:
    imported(workbook(tmp_path / "a.xlsx", {"secrecy": "Anonim|Rahasia", "status": "Ditutup oleh Pelapor"}))
    (row,) = table(exported(tmp_path / "b.xlsx", "kota-contoh", last=date(2026, 12, 31)))
    wanted = {
        "Tracking ID": "7000001",
        "Tanggal Laporan Masuk": "3 Jan 2026",
        "Waktu Laporan Masuk": "02:15:30",
        "Klasifikasi Laporan": "Pengaduan Tidak Berkadar Pengawasan",
        "Kategori": "Jalan rusak",
        "Isi Laporan Awal": "Jalan berlubang di depan pasar.",
        "Isi Laporan Akhir": "Jalan berlubang di depan pasar, mohon ditambal.",
        "Tipe Laporan (Anonim/Rahasia)": "Anonim|Rahasia",
        "Sumber Laporan": "Website",
        "Instansi Terdisposisi": "Dinas Pekerjaan Umum",
        "Status Laporan": "Ditutup oleh Pelapor",
        "Kota/Kabupaten": "Kota Mataram",
    }
    assert {key: row[key] for key in wanted} == wanted


def test_no_reporter_is_named_and_no_tracking_code_leaves(tmp_path: Path) -> None:
    imported(workbook(tmp_path / "a.xlsx", {}))
    imported(stream(tmp_path / "a.jsonl", {"parent_agency": "Pemerintah Kota Contoh"}))
    written = str(sheet(exported(tmp_path / "b.xlsx", "kota-contoh", last=date(2026, 12, 31))))
    assert "Budi Contoh" not in written
    assert not [report.code for report in Report.objects.all() if report.code in written]
    assert "CONTOH-2022-000001" in written


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=HYPERLINK(1)"])
def test_nothing_in_the_workbook_runs(tmp_path: Path, text: str) -> None:
    imported(stream(tmp_path / "a.jsonl", {"title": text, "body": f"{text} adalah isi laporan"}))
    cells = [
        cell
        for row in load_workbook(exported(tmp_path / "b.xlsx")).active.iter_rows()  # type: ignore[union-attr]
        for cell in row
    ]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert f"'{text}" in {cell.value for cell in cells}


def test_the_period_is_in_local_days_both_included(tmp_path: Path) -> None:
    edges = ("2021-12-31T16:59:59Z", "2021-12-31T17:00:00Z", "2022-01-31T16:59:59Z", "2022-01-31T17:00:00Z")
    imported(stream(tmp_path / "a.jsonl", *({"received_at": edge} for edge in edges)))
    rows = table(exported(tmp_path / "b.xlsx", last=date(2022, 1, 31)))
    assert [row["Waktu Laporan Masuk"] for row in rows] == ["17:00:00", "16:59:59"]


def test_the_cost_of_an_export_does_not_grow_with_its_reports(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    imported(stream(tmp_path / "a.jsonl", *({"status": "Diarsipkan oleh Admin"} for _ in range(40))))
    with django_assert_max_num_queries(8):
        assert len(list(summary.lines("kota-surabaya", FIRST, LAST))) == 40


def test_the_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def broken() -> Iterator[summary.Line]:
        raise OSError("the disk is full")
        yield

    target = tmp_path / "a.xlsx"
    with pytest.raises(OSError, match="full"):
        write_summary(target, broken(), institution="", first=FIRST, last=LAST, made_on=LAST)
    assert not target.exists()


def test_the_command_says_how_many_reports_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(stream(tmp_path / "a.jsonl", {}, {}))
    run(tmp_path / "b.xlsx", "kota-surabaya", FIRST, LAST)
    assert "2 reports of Pemerintah Kota Surabaya" in capsys.readouterr().out


def test_an_unknown_institution_and_a_period_backwards_are_refused(tmp_path: Path) -> None:
    from lapor.ops.commands.export import command

    options = [str(tmp_path / "a.xlsx"), "--institution", "tidak-ada", "--from", "2022-02-01", "--to", "2022-01-01"]
    result = CliRunner().invoke(command, options)
    assert (result.exit_code, "before --from" in result.output) == (2, True)
    with pytest.raises(BadParameter):
        run(tmp_path / "a.xlsx", "tidak-ada", FIRST, LAST)


def test_days_are_written_in_english_like_the_live_export() -> None:
    assert day_text(datetime(2026, 5, 3, tzinfo=UTC)) == "3 May 2026"
