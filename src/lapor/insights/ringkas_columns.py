"""The columns of the "Laporan Ringkas" workbook, in its order, beside our own names for them (and for replay files)."""

from __future__ import annotations

from lapor.insights.workbook import begins_formula

OLDER = {
    "ref": "Tracking ID",
    "date": "Tanggal Laporan Masuk",
    "time": "Waktu Laporan Masuk",
    "reporter": "Nama Pelapor",
    "classification": "Klasifikasi Laporan",
    "category_id": "ID Kategori",
    "category": "Kategori",
    "title": "Judul Laporan",
    "body": "Isi Laporan Awal",
    "published": "Isi Laporan Akhir",
    "secrecy": "Tipe Laporan (Anonim/Rahasia)",
    "channel": "Sumber Laporan",
    "parent_agency": "Instansi Induk",
    "agency_id": "ID Instansi Terdisposisi",
    "agency": "Instansi Terdisposisi",
    "status": "Status Laporan",
    "archive_reason": "Alasan Tunda/Arsip",
    "province": "Provinsi",
    "city": "Kota/Kabupaten",
    "district": "Kecamatan",
    "village": "Kelurahan",
}

# What the layout of 2026 adds, at the end.
ADDED_2026 = {
    "decree": "Nomor SK",
    "decree_url": "Url SK",
    "yearly_url": "Url Dokumen Laporan Tahunan",
    "setwapres": "Laporan yang Masuk melalui Kanal Aduan Setwapres",
    "rating": "Rating",
}

LAYOUT = OLDER | ADDED_2026

# Without these no row can become a report; a file that lacks one is refused as a whole.
NEEDED = ("ref", "date", "time", "body", "status")


def neutral(text: str) -> str:
    """Return a cell's text made harmless; the import takes the apostrophe away again."""
    return f"'{text}" if begins_formula(text) else text


def key_of(heading: str) -> str | None:
    """Return our name for a heading as it is written in a file (case, blanks and brackets forgiven), or None."""
    return _KEYS.get(_plain(heading))


def _plain(heading: str) -> str:
    return "".join(c for c in heading.split("(")[0].casefold() if c.isalnum())


_KEYS = {_plain(heading): key for key, heading in LAYOUT.items()}
