"""The formats of files: what is found in them, and what of a broken file is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path

import pytest
from django.utils import translation
from tests.ops.exports import comma_separated, stream, workbook

from lapor.insights.ringkas_columns import LAYOUT, key_of, neutral
from lapor.ops.importing import jsonl
from lapor.ops.importing.files import open_source
from lapor.ops.importing.problems import FileRefusedError, RowRefusedError
from lapor.ops.importing.reading import read
from lapor.ops.importing.rows import Row

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def rows(path: Path) -> list[Row]:
    return list(open_source(path).rows())


@pytest.mark.parametrize("heading", LAYOUT.values())
def test_a_heading_is_known_whatever_its_case_and_blanks(heading: str) -> None:
    assert LAYOUT[key_of(f"  {heading.upper()} ") or ""] == heading


@pytest.mark.parametrize("newer", [False, True])
def test_both_layouts_are_read(tmp_path: Path, newer: bool) -> None:
    (row,) = rows(workbook(tmp_path / "a.xlsx", {"rating": "4"}, newer=newer))
    report = read(row, now=NOW).report
    assert report.received_at == datetime(2026, 1, 3, 2, 15, 30, tzinfo=UTC)
    assert (report.source, report.ref) == ("sp4n-lapor", "7000001")
    assert report.published.endswith("mohon ditambal.")
    assert report.rating == (4 if newer else None)


def test_the_line_is_the_row_of_the_sheet(tmp_path: Path) -> None:
    assert [row.line for row in rows(workbook(tmp_path / "a.xlsx", {}, {}))] == [8, 9]


def test_the_file_names_the_institution_for_rows_that_do_not(tmp_path: Path) -> None:
    (row,) = rows(workbook(tmp_path / "a.xlsx", {"parent_agency": ""}))
    assert row["institution"] == "Pemerintah Kota Contoh"


def test_a_workbook_may_hold_real_dates_and_times(tmp_path: Path) -> None:
    cells = {"date": datetime(2026, 1, 3), "time": clock(2, 15, 30), "ref": 7000009.0}  # noqa: DTZ001
    (row,) = rows(workbook(tmp_path / "a.xlsx", cells))
    report = read(row, now=NOW).report
    assert (report.ref, report.received_at) == ("7000009", datetime(2026, 1, 3, 2, 15, 30, tzinfo=UTC))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_has_the_same_columns(tmp_path: Path, delimiter: str) -> None:
    path = comma_separated(tmp_path / "a.csv", {"body": "Baris satu\nbaris dua"}, {}, delimiter=delimiter)
    first, second = rows(path)
    assert first["body"] == "Baris satu\nbaris dua"
    assert second.line == first.line + 2


def test_a_guarded_formula_is_read_as_the_text_it_was(tmp_path: Path) -> None:
    (row,) = rows(workbook(tmp_path / "a.xlsx", {"title": "'=SUM(A1)", "body": "'tanda petik"}))
    assert (row["title"], row["body"]) == ("=SUM(A1)", "'tanda petik")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\u200b=1", "\uff1d1", "\uff0b1", "\uff201"])
def test_what_a_spreadsheet_might_run_is_guarded_on_the_way_out_and_read_back_as_it_was(
    tmp_path: Path, text: str
) -> None:
    guarded = neutral(text)
    (row,) = rows(workbook(tmp_path / "a.xlsx", {"title": guarded}))

    assert guarded == f"'{text}"
    assert row["title"] == text.strip()  # blanks around a cell mean nothing


def test_broken_lines_are_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = stream(tmp_path / "a.jsonl", {}, {})
    whole = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"\xef\xbb\xbf" + whole[0] + b"{\n[1]\n\xff\xfe\n\n" + whole[1])
    found = rows(path)
    assert [(row.line, row.broken) for row in found] == [
        (1, ""),
        (2, "the line is not JSON"),
        (3, "the line is not a JSON object"),
        (4, "the line is not UTF-8"),
        (6, ""),
    ]


def test_numbers_and_missing_values_become_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"a": 117.0, "b": NaN, "c": null, "d": true, "e": 1.5}\n', encoding="utf-8")
    (row,) = rows(tmp_path / "a.jsonl")
    assert row.cells == {"a": "117", "b": "", "c": "", "d": "True", "e": "1.5"}


def test_an_endless_line_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 2_000)
    path = stream(tmp_path / "a.jsonl", {"body": "x" * 9_000}, {})
    long, short = rows(path)
    assert (long.line, "longer" in long.broken) == (1, True)
    assert (short.line, short["ref"]) == (2, "UJI-2")


def refusal(path: Path) -> str:
    with pytest.raises(FileRefusedError) as refused:
        rows(path)
    return str(refused.value)


def test_a_file_that_is_no_export_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Nama;Alamat\nBudi;Jalan\n", encoding="utf-8")
    assert "Tracking ID" in refusal(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("Tracking ID;Tanggal Laporan Masuk\n1;3 Jan 2026\n", encoding="utf-8")
    assert "Isi Laporan Awal, Status Laporan" in refusal(tmp_path / "b.csv")


def test_a_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    assert "cannot be opened" in refusal(tmp_path / "a.xlsx")


def test_other_endings_and_empty_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "a.jsonl").touch()
    assert ".jsonl, .xlsx and .csv" in refusal(tmp_path / "a.pdf")
    assert "empty" in refusal(tmp_path / "a.jsonl")


def test_S26_the_real_stream_is_read_and_only_contradictory_rows_are_refused() -> None:
    path = Path(__file__).parents[3] / "shared" / "data" / "replay" / "replay_dev.jsonl"
    if not path.is_file():
        pytest.skip("the real stream is not here (../shared)")
    refused = Counter[str]()
    for row in rows(path):
        try:
            read(row, now=NOW)
        except RowRefusedError as problem:
            refused[problem.column] += 1
        else:
            refused["read"] += 1
    assert refused.pop("read") > 10_000
    assert set(refused) == {"responded_at"}
    assert refused["responded_at"] < 10
