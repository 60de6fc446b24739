"""Registers as workbooks: what is read back is what was written, and no cell is a formula."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from tests.sop.days import at

from lapor.insights.workbook import safe_text, write_sheet
from lapor.sop.vocabulary import Clock

FORMULAS = (
    "=1+1", "+62 812", "-2", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠A1", "\ufeff=1",
    "\u200b=1", "\r=1", "\n=1",
)  # fmt: skip


def written(*rows: tuple[Any, ...], language: str = "id") -> BytesIO:
    place = BytesIO()
    zone = ZoneInfo("Asia/Makassar")
    write_sheet(place, title="Register", head=("=Kode", "Isi"), rows=rows, zone=zone, language=language)
    return place


def read(place: BytesIO) -> list[tuple[Any, ...]]:
    return list(load_workbook(place, data_only=False)["Register"].iter_rows(values_only=True))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_here_or_after_a_detour_through_csv(text: str) -> None:
    place = written((text,))
    with ZipFile(place) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    shown = read(place)[1][0]
    assert shown.startswith("'")
    assert shown.lstrip("'").strip() in text.replace("\r", "\n")


@pytest.mark.parametrize(
    "text", ["Jalan rusak", "a=b", "2 + 2", "ABCDE-FGHJK-7", "Rp 10.000", "😀 emoji", "baris\nbaru"]
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text
    assert read(written((text,)))[1][0] == text


def test_the_head_is_text_too() -> None:
    assert read(written())[0] == ("'=Kode", "Isi")


def test_values_keep_their_kinds_and_moments_their_local_time() -> None:
    row = (7, 0.5, date(2026, 3, 2), at("Mon 2 Mar 2026 09:00 WIB"), None, "", True)
    number, rate, day, moment, nothing, empty, yes = read(written(row))[1]
    assert (number, rate, yes) == (7, 0.5, True)
    assert day == datetime(2026, 3, 2)  # noqa: DTZ001 - a cell knows no zone
    assert moment == datetime(2026, 3, 2, 10, 0)  # noqa: DTZ001
    assert nothing is empty is None


def test_words_of_the_sop_are_written_in_the_readers_language() -> None:
    assert read(written((Clock.FIRST_RESPONSE,)))[1][0] == "Respon awal"
    assert read(written((Clock.FIRST_RESPONSE,), language="en"))[1][0] == "First response"


def test_text_that_no_workbook_can_hold_is_cut_and_cleaned() -> None:
    assert read(written(("a\x00b\x08c\x1f",)))[1][0] == "abc"
    assert len(read(written(("x" * 50_000,)))[1][0]) == 32_767


def test_a_long_register_is_written_whole_and_in_order() -> None:
    assert [row[0] for row in read(written(*((n,) for n in range(3000))))[1:]] == list(range(3000))
