"""Messages and letters taken apart: on examples of our own, and what holds for any text at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language.letters import Letter, take_apart

TODAY = date(2026, 3, 2)
FORM = """Nama: Warga Contoh
No HP: 0812-0000-1234
Tanggal kejadian: 27/02/2026
Lokasi: Jl. Merpati No. 5
Isi laporan: Lampu jalan di depan rumah saya mati.
Mohon diperbaiki."""
CHAT = """[28/02/26, 19.05] Warga Contoh: Selamat malam, got di Kelurahan Punia mampet
[28/02/26, 19.06] Warga Contoh: sejak 20 Februari 2026, hubungi saya di +62 812 0000 1234"""
LETTER = """Kepada Yth. Wali Kota

Nama saya Sari Teladan. Jalan Kenanga rusak sejak 3-1-2026 dan air masuk ke rumah.

Hormat saya,
Sari Teladan"""


def said(letter: Letter) -> dict[str, str]:
    return {part.kind: part.said for part in letter.parts}


def test_a_filled_form_gives_every_part() -> None:
    letter = take_apart(FORM, TODAY)

    assert said(letter) == {
        "name": "Warga Contoh", "contact": "0812-0000-1234", "date": "2026-02-27", "place": "Jl. Merpati No. 5",
    }  # fmt: skip
    assert letter.rest == "Lampu jalan di depan rumah saya mati.\nMohon diperbaiki."


def test_a_chat_loses_its_stamps_but_no_word() -> None:
    letter = take_apart(CHAT, TODAY)

    assert said(letter) == {
        "name": "Warga Contoh", "contact": "+62 812 0000 1234", "date": "2026-02-20", "place": "Punia",
    }  # fmt: skip
    assert letter.rest.startswith("Selamat malam, got di Kelurahan Punia mampet\nsejak 20 Februari 2026")


def test_a_letter_is_signed() -> None:
    letter = take_apart(LETTER, TODAY)

    assert said(letter)["name"] == "Sari Teladan"
    assert said(letter)["date"] == "2026-01-03"
    assert said(letter)["place"].startswith("Jalan Kenanga rusak") or said(letter)["place"] == "Jalan Kenanga"
    assert "air masuk ke rumah" in letter.rest
    assert not letter.rest.endswith("Sari Teladan")


@pytest.mark.parametrize(
    "text", ["", "   ", "Jalan rusak.", "Nama jalan ini tidak ada", "nomor 99/99/2026", "31/12/2027"]
)
def test_what_is_not_there_is_not_found(text: str) -> None:
    letter = take_apart(text, TODAY)

    assert not letter.said("name")
    assert not letter.said("contact")
    assert not letter.said("date")
    assert letter.rest == text.strip()


@given(st.text(max_size=400))
def test_every_part_stands_where_it_says(text: str) -> None:
    letter = take_apart(text, TODAY)

    for part in letter.parts:
        assert 0 <= part.span.start < part.span.end <= len(text.replace("\r\n", "\n"))
    assert set(letter.rest.split()) <= set(text.split()) | {""}


def test_the_work_grows_with_the_length_only() -> None:
    for unit in ("Nama: ", "0812", "jalan ", "1/1/", "nama saya A ", "a@a.", "[1/1/26, 10.00] A: "):
        take_apart(unit * (20_000 // len(unit)), TODAY)
