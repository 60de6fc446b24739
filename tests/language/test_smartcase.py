"""SmartCase and edits: sentences in capitals become readable, and nothing but the case of letters ever changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language import apply_edits, case_part, smartcase, spelling

PLACES = ("Cakranegara Barat", "Punia", "Batu", "Dinas PUPR dan Permukiman", "KECAMATAN CONTOHAN")


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        (
            "TOLONG JALAN DI DEPAN SDN 12 CAKRANEGARA BARAT RUSAK PARAH, SUDAH 3 BULAN TIDAK DIPERBAIKI PUPR.",
            "Tolong jalan di depan SDN 12 Cakranegara Barat rusak parah, sudah 3 bulan tidak diperbaiki PUPR.",
        ),
        (
            "KODE SAYA 8GZYC-KEWAB-4 UNTUK LAPORAN MTR-2026-000123",
            "Kode saya 8GZYC-KEWAB-4 untuk laporan MTR-2026-000123",
        ),
        ("WARGA RT 05 RW 02 KEL. PUNIA TAKUT JATUH!!", "Warga RT 05 RW 02 Kel. Punia takut jatuh!!"),
        ("LAMPU PJU DI JL. AHMAD YANI NO. 5 MATI", "Lampu PJU di Jl. Ahmad Yani no. 5 mati"),
        ("SAYA TDK BISA BAYAR RP 50.000 UTK KTP", "Saya tdk bisa bayar Rp 50.000 utk KTP"),
        ("PAK LURAH BUDI SANTOSO MEMINTA UANG", "Pak Lurah Budi Santoso meminta uang"),
        ("TOLONG BPK. SUDIRMAN CONTOH BERTINDAK", "Tolong BPK. Sudirman Contoh bertindak"),
        ("JALAN RUSAK PARAH DI JALAN GAJAH MADA XII", "Jalan rusak parah di Jalan Gajah Mada XII"),
        (
            "DINAS KESEHATAN TIDAK MAU DATANG KE SMP 1 CONTOHSARI",
            "Dinas Kesehatan tidak mau datang ke SMP 1 Contohsari",
        ),
        (
            "LAMPU DI JALAN, TROTOAR, DAN GOT RUSAK. TERIMA KASIH",
            "Lampu di jalan, trotoar, dan got rusak. Terima kasih",
        ),
        (
            "WARGA KECAMATAN SEMAMPIR DAN KELURAHAN RANGKAH SUDAH BANJIR",
            "Warga Kecamatan Semampir dan Kelurahan Rangkah sudah banjir",
        ),
        ("PERBAIKI GORONG GORONG DI KELURAHAN KAMI", "Perbaiki gorong gorong di kelurahan kami"),
        (
            "MOTOR DR 1234 AB PARKIR 5 KM DARI BLOK B12 DAN RUMAH NO. 5A, LIHAT WWW.CONTOH.EXAMPLE/AbC",
            "Motor DR 1234 AB parkir 5 km dari blok B12 dan rumah no. 5A, lihat WWW.CONTOH.EXAMPLE/AbC",
        ),
        (
            "BPUM DAN SKTM SDH DIURUS DI KELURAHAN PUNIA KECAMATAN CONTOHAN JALAN MAWAR SKRG DPT BYR BRP",
            "BPUM dan SKTM sdh diurus di Kelurahan Punia Kecamatan Contohan Jalan Mawar skrg dpt byr brp",
        ),
        (
            "Petugas DI KANTOR INI TELAH MENGANCAM DAN MEMAKI WARGA, dan SANGAT kasar, kata orang yang lewat situ.",
            "Petugas di kantor ini telah mengancam dan memaki warga, dan SANGAT kasar, kata orang yang lewat situ.",
        ),
        ("WARGA DI JALAN MAWAR V MINTA JUM'AT", "Warga di Jalan Mawar V minta jum'at"),
        ("TAMAN BATU DI BATU TIDAK ADA BATU LAGI", "Taman Batu di Batu tidak ada batu lagi"),
        (
            "KAMI KE RSUD Kota Contoh DAN DINAS PUPR DAN PERMUKIMAN",
            "Kami ke RSUD Kota Contoh dan Dinas PUPR dan Permukiman",
        ),
        ("NAMA SAYA ADALAH BUDI SANTOSO DARI AMPENAN", "Nama saya adalah Budi Santoso dari Ampenan"),
        ("BAPAK LALU MUHAMMAD ZAINI DAN BAIQ SRI", "Bapak Lalu Muhammad Zaini dan Baiq Sri"),
        (
            "PAK LALU SUDAH DATANG, SAYA LALU PULANG LEWAT BIT.LY/3xYZ",
            "Pak lalu sudah datang, saya lalu pulang lewat BIT.LY/3xYZ",
        ),
        ("AIR PDAM BELUM MENGALIR\nMOHON SEGERA DIPERBAIKI", "Air PDAM belum mengalir\nMohon segera diperbaiki"),
    ],
)
def test_S44_capitals_become_sentences_and_abbreviations_and_names_stay(typed: str, better: str) -> None:
    assert apply_edits(typed, smartcase(typed, PLACES)) == better


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Jalan rusak di depan SDN 12 dan RSUD.",
        "TOLONG dibantu, jalan rusak.",
        "KTP dan KK saya",
        "RT 05 RW 02",
        "12345 67890",
        "BPJS, PLN, PDAM, KTP.",
    ],
)
def test_what_is_not_shouted_is_left_alone(typed: str) -> None:
    assert smartcase(typed, PLACES) == ()


def test_what_no_dictionary_has_is_a_name_beside_another_or_after_di(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"mobil", "parkir", "rusak", "jalan", "sembarangan", "tolong", "tertibkan"}
    monkeypatch.setattr(spelling, "_stems", lambda: frozenset(known))
    typed = "MOBIL PARKIR SEMBARANGAN DI CONTOHREJO DAN WISMA GUNDAWA LORINTA, TOLONG TERTIBKAN"

    better = apply_edits(typed, smartcase(typed))
    assert "di Contohrejo" in better
    assert "Gundawa Lorinta, tolong" in better
    monkeypatch.setattr(spelling, "_stems", frozenset)
    assert "di contohrejo" in apply_edits(typed, smartcase(typed))


def test_each_sentence_is_an_edit_of_its_own_and_says_why() -> None:
    typed = "JALAN INI RUSAK PARAH. Mohon bantuannya. SUDAH LAMA TIDAK DIPERBAIKI."

    first, second = smartcase(typed)

    assert apply_edits(typed, [second]) == "JALAN INI RUSAK PARAH. Mohon bantuannya. Sudah lama tidak diperbaiki."
    assert first.key != second.key
    assert "kapital" in first.reason.label("id")
    assert "capitals" in first.reason.label("en")


LOUD = st.lists(
    st.sampled_from(
        [
            "JALAN",
            "RUSAK",
            "TIDAK",
            "BUKAN",
            "JANGAN",
            "TANPA",
            "12",
            "RT",
            "05",
            "KEL.",
            "PUNIA",
            "CAKRANEGARA",
            "BARAT",
            "PLN",
            "Rp50.000",
            "IV",
            "dan",
            "Budi",
            "JL.",
            "!",
            ".",
            "\n",
            "ß",
            "ŉ",
            "İ",
            "😀",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(st.text(max_size=300), st.text(max_size=200).map(str.upper), LOUD), st.data())
def test_only_the_case_of_letters_ever_changes(typed: str, data: st.DataObject) -> None:
    edits = smartcase(typed, PLACES)
    taken = data.draw(st.lists(st.sampled_from(edits), unique=True)) if edits else []

    better = apply_edits(typed, taken)

    assert len(better) == len(typed)
    assert better.lower() == typed.lower()
    assert [c for c in better if not c.isalpha()] == [c for c in typed if not c.isalpha()]


@given(st.one_of(LOUD, st.text(max_size=200).map(str.upper)))
def test_taken_once_nothing_is_left_to_take(typed: str) -> None:
    better = apply_edits(typed, smartcase(typed, PLACES))

    assert smartcase(better, PLACES) == ()


def test_edits_that_overlap_are_refused() -> None:
    (edit,) = smartcase("JALAN INI RUSAK PARAH")

    with pytest.raises(ValueError, match="does not fit"):
        apply_edits("JALAN INI RUSAK PARAH", [edit, edit])
    with pytest.raises(ValueError, match="does not fit"):
        apply_edits("JALAN", [edit])


def test_the_capitals_come_apart_from_the_words() -> None:
    before = "JALAN INI RUSAK PARAH YG LALU"

    between = case_part(before, "Jalan ini rusak parah yang lalu sekali")

    assert between == "Jalan ini rusak parah YG lalu"
    assert case_part(before, before) == before
    assert case_part("a" * 30_000 + " B", "b") == "a" * 30_000 + " B"


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_first_step_changes_case_only(before: str, after: str) -> None:
    assert case_part(before, after).lower() == before.lower()
