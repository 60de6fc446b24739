"""Files such as LAPOR! exports and replay streams are, made up: no row of a real one is kept in these tests."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from lapor.insights.ringkas_columns import LAYOUT, OLDER

RECORD = {
    "ref": "UJI-1",
    "source": "uji",
    "received_at": "2022-03-01T02:00:00Z",
    "responded_at": None,
    "channel": "Website",
    "title": "Lampu jalan mati",
    "body": "Lampu jalan di depan balai warga mati sejak tiga hari.",
    "address": None,
    "classification": None,
    "category": None,
    "category_id": None,
    "agency": "Dinas Perhubungan",
    "parent_agency": "Pemerintah Kota Surabaya",
    "province": "Jawa Timur",
    "city": "Kota Surabaya",
    "district": None,
    "village": None,
    "anonymous": None,
    "status": None,
    "archive_reason": None,
}

CELLS = {
    "ref": "7000001",
    "date": "3 Jan 2026",
    "time": "02:15:30",
    "reporter": "Budi Contoh",
    "classification": "Pengaduan Tidak Berkadar Pengawasan",
    "category_id": "",
    "category": "Jalan rusak",
    "title": "Jalan berlubang",
    "body": "Jalan berlubang di depan pasar.",
    "published": "Jalan berlubang di depan pasar, mohon ditambal.",
    "secrecy": "",
    "channel": "Website",
    "parent_agency": "Pemerintah Kota Contoh",
    "agency_id": "",
    "agency": "Dinas Pekerjaan Umum",
    "status": "Ditutup oleh Sistem",
    "archive_reason": "",
    "province": "Nusa Tenggara Barat",
    "city": "Kota Mataram",
    "district": "",
    "village": "",
}


def stream(path: Path, *changes: dict[str, Any]) -> Path:
    """Write a replay file with one record for each set of changes; references count on where none is given."""
    records = [{**RECORD, "ref": f"UJI-{n}", **change} for n, change in enumerate(changes, start=1)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def workbook(path: Path, *changes: dict[str, object], newer: bool = True) -> Path:
    """Write a Laporan Ringkas workbook in the layout of 2026, or the older one."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    layout = LAYOUT if newer else OLDER
    reports: list[list[object]] = [[row.get(key, "") for key in layout] for row in _rows(changes)]
    lines: list[list[Any]] = [*_preamble(), list(layout.values()), *reports]
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def comma_separated(path: Path, *changes: dict[str, object], delimiter: str = ";") -> Path:
    """Write the same as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerows(_preamble())
        writer.writerow(LAYOUT.values())
        writer.writerows([row.get(key, "") for key in LAYOUT] for row in _rows(changes))
    return path


def _preamble() -> list[list[str]]:
    facts = (("Judul Laporan", "Laporan Ringkas"), ("Nama Instansi", "Pemerintah Kota Contoh"), ("Pengelola", ""))
    return [line for label, value in facts for line in ([label, "", value], [])]


def _rows(changes: tuple[dict[str, object], ...]) -> list[dict[str, object]]:
    return [{**CELLS, "ref": str(7000000 + n), **change} for n, change in enumerate(changes, start=1)]
