"""Registers: answering for a breach, reading by period, and files no spreadsheet can run."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.http import StreamingHttpResponse
from tests.builders import Case
from tests.desk.conftest import SignIn

from lapor.desk.export import download, plain
from lapor.reports.models import Breach
from lapor.sop.vocabulary import Clock

WITA = ZoneInfo("Asia/Makassar")
RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠A1", "\u200b=1"]
PERIOD = {"first": "2025-09-01", "last": "2026-03-02"}


@pytest.fixture
def late(case: Case) -> Case:
    """A report whose unit passed every limit."""
    case.is_disposed(on="Mon 1 Dec 2025 09:00 WITA")
    case.sweep("Mon 2 Mar 2026 08:00 WITA")
    return case


def first_breach(case: Case) -> int:
    return Breach.objects.filter(report__code=case.code, desk__code="dinas-pupr").earliest("id").pk


def test_S21_the_officer_explains_and_the_head_acknowledges(late: Case, sits: SignIn) -> None:
    breach = first_breach(late)
    assert f"/meja/keterlambatan/{breach}/jelaskan/" in sits("pp-pupr").get("/meja/keterlambatan/").text

    sits("pp-pupr").post(f"/meja/keterlambatan/{breach}/jelaskan/", {"text": "Tim menangani banjir."})
    assert f"/meja/keterlambatan/{breach}/ketahui/" in sits("pimpinan-pupr").get("/meja/pimpinan/").text
    sits("pimpinan-pupr").post(f"/meja/keterlambatan/{breach}/ketahui/", {"text": "Agar tidak terulang."})

    kept = Breach.objects.get(pk=breach)
    assert (kept.explanation, kept.remark) == ("Tim menangani banjir.", "Agar tidak terulang.")
    assert kept.acknowledged_by == late.world["pimpinan-pupr"].appointment


def test_a_breach_nobody_explained_cannot_be_acknowledged(late: Case, sits: SignIn) -> None:
    breach = first_breach(late)

    answer = sits("pimpinan-pupr").post(f"/meja/keterlambatan/{breach}/ketahui/", {"text": "Baik."})

    assert answer.status_code == 409
    assert "Baik." in answer.text
    assert Breach.objects.get(pk=breach).acknowledged_at is None


@pytest.mark.parametrize("name", ["pp-kesehatan", "admin-lembaga", "admin-kota", "panrb"])
def test_only_the_late_desk_explains(late: Case, sits: SignIn, name: str) -> None:
    breach = first_breach(late)

    answer = sits(name).post(f"/meja/keterlambatan/{breach}/jelaskan/", {"text": "Saya jelaskan."})

    assert answer.status_code in (403, 404)
    assert not Breach.objects.get(pk=breach).explanation


def test_S22_the_step_register_goes_out_as_a_workbook(late: Case, sits: SignIn) -> None:
    answer = sits("admin-kota").get("/meja/register/unduh.xlsx", PERIOD)

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:2] == ("Kapan", "Nomor")
    assert any(row[3] == "Mendisposisikan" for row in rows)


def test_the_breach_register_goes_out_as_csv(late: Case, sits: SignIn) -> None:
    answer = sits("admin-kota").get("/meja/keterlambatan/unduh.csv", PERIOD)

    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert rows[0][0] == "Nomor"
    assert {row[2] for row in rows[1:]} == {"Dinas Pupr"}
    assert Breach.objects.filter(desk__code="dinas-pupr").count() == len(rows) - 1


def test_an_unknown_kind_of_file_is_not_found(late: Case, sits: SignIn) -> None:
    assert sits("admin-kota").get("/meja/keterlambatan/unduh.pdf").status_code == 404


@pytest.mark.django_db  # closing a response ends a request, and that looks at the connection
@pytest.mark.parametrize("cell", RISKY)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_taken_for_a_formula(cell: str, kind: str) -> None:
    answer = download([(cell, 3)], title="Uji", head=[cell, "n"], kind=kind, name="uji", zone=WITA)
    content = b"".join(answer)
    answer.close()

    if kind == "csv":
        assert isinstance(answer, StreamingHttpResponse)
        told = next(iter(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]))[0]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        assert sheet["A2"].data_type == "s"
        told = str(sheet["A2"].value)
    assert told.startswith("'")


def test_cells_of_csv_tell_local_times_and_words() -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    assert plain(at, WITA, "id") == "2026-03-02 09:00"
    assert plain(date(2026, 3, 2), WITA, "id") == "2026-03-02"
    assert plain(Clock.FIRST_RESPONSE, WITA, "id") == "Respon awal"
    assert plain(None, WITA, "id") == ""


@pytest.mark.parametrize(
    "period",
    [
        {"first": "2026-03-02", "last": "2026-01-01"},
        {"first": "2020-01-01", "last": "2026-01-01"},
        {"first": "kemarin"},
        {"last": "2026-02-30"},
    ],
)
def test_a_period_that_cannot_be_is_said_and_the_running_month_shown(
    late: Case, sits: SignIn, period: dict[str, str]
) -> None:
    browser = sits("admin-kota")

    for address in ("/meja/register/", "/meja/tepat-waktu/"):
        answer = browser.get(address, period)
        assert answer.status_code == 200
        assert "field-invalid" in answer.text


def test_S5_the_on_time_rate_is_told_per_desk_and_clock(late: Case, sits: SignIn) -> None:
    page = sits("admin-kota").get("/meja/tepat-waktu/", PERIOD).text

    assert "Dinas Pupr" in page
    assert "Respon awal" in page
    assert "0 %" in page
