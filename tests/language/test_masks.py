"""Masks: data of people and insults are covered with a reason; offices, streets and the matter stay readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language import apply_edits, masks, spelling
from lapor.language.masks import kinds_of


def covered(text: str, *, anonymous: bool = False) -> str:
    return apply_edits(text, masks(text, anonymous=anonymous))


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("Hubungi 0812-3456-7890 atau wati@contoh.example.", "Hubungi [nomor telepon] atau [surel]."),
        ("NIK 5271011234567890, motor DR 1234 AB.", "NIK [nomor identitas], motor [pelat nomor]."),
        ("Uang diminta ke rekening BRI 0011-01-234567-50-1.", "Uang diminta ke rekening BRI [nomor rekening]."),
        ("Norek: 1234567890 atas saran petugas", "Norek: [nomor rekening] atas saran petugas"),
        (
            "Tetangga tinggal di Jl. Mawar No. 12 membakar sampah.",
            "Tetangga tinggal di Jl. Mawar No. [nomor rumah] membakar sampah.",
        ),
        ("Anak itu bernama budi contoh.", "Anak itu bernama [nama]."),
        ("Parkir di depan rumah Bu Wati Contoh.", "Parkir di depan rumah Bu [nama]."),
        ("Kata Sdr. Budi, uangnya hilang.", "Kata Sdr. [nama], uangnya hilang."),
        ("Nama orang tua: Wati Contoh", "Nama orang tua: [nama]"),
        ("Lahan itu katanya milik Pak Lalu Contoh.", "Lahan itu katanya milik Pak [nama]."),
        ("Uang diminta oleh Bu Wati binti Contoh Rp 20.000.", "Uang diminta oleh Bu [nama] Rp 20.000."),
        ("Petugas goblok itu pergi.", "Petugas [kata disamarkan] itu pergi."),
        (
            "Menurut tetangga uang itu diminta oleh Bu Wati Nur Fulan Rahayu sejak minggu lalu.",
            "Menurut tetangga uang itu diminta oleh Bu [nama] sejak minggu lalu.",
        ),
        ("Uang diminta Pak H. Lalu Contoh bin H. Contoh, S.Pd., lalu hilang.", "Uang diminta Pak [nama], lalu hilang."),
        ("Petugas bernama Contoh binti Amaq Contoh tidak masuk.", "Petugas bernama [nama] tidak masuk."),
        ("Kode saya 8gzyc kewab 4 belum dijawab.", "Kode saya [kode] belum dijawab."),
        ("Nomor 8GZYC-KEWAB-4 dan 8gzyckewab4", "Nomor [kode] dan [kode]"),
    ],
)
def test_S47_data_of_others_and_insults_are_covered_and_the_matter_stays(typed: str, public: str) -> None:
    assert covered(typed) == public
    assert covered(public) == public
    assert all(edit.reason.id and edit.reason.en for edit in masks(typed, anonymous=False))


@pytest.mark.parametrize(
    "typed",
    [
        "Selamat pagi Pak Budi, jalan rusak.",  # greeted: a report goes to officials
        "Pak Lurah Budi Contoh belum datang. Bupati Wati Contoh berjanji.",
        "Kepala Dinas Sosial Kota Mataram, Ibu Wati Contoh, dan Ketua RT 05 Pak Budi tidak di tempat.",
        "Surel pengaduan@mataramkota.go.id tidak dibalas.",  # leads to a desk
        "Mohon Bapak/Ibu Staf Dinas Perhubungan memperbaiki.",
        "Lubang di depan rumah Jl. Mawar No. 12 RT 05 RW 07",  # where the trouble is
        "Nomor berkas 03.02.2022.02.0001, rugi Rp 12.500.000, sejak 12-02-2026.",
        "SAYA MINTA LAMPU DIPERBAIKI",
        "Biasanya bisa2 sampai 1 minggu, jalan parah 3 titik.",  # no code, though of its shape
        "Saya sekarag tinggal di Ampenan, saya sebagaj warga.",  # typing errors, no rare names
        "Saya Memohon Bantuan. Saya Terima kasih.",
        "",
    ],
)
def test_offices_greetings_places_of_the_trouble_and_other_figures_stay(typed: str) -> None:
    assert masks(typed, anonymous=False) == ()


@pytest.mark.parametrize(
    ("typed", "public"),
    [
        ("Nama saya Lalu Ahmad Contoh, jalan rusak.", "[identitas pelapor], jalan rusak."),
        ("nama saya lalu ahmad, jalan rusak", "[identitas pelapor], jalan rusak"),
        ("NAMA SAYA LALU AHMAD, JALAN RUSAK", "[identitas pelapor], JALAN RUSAK"),
        ("Saya, Hj. Siti Aminah binti Abdullah, belum dapat.", "[identitas pelapor], belum dapat."),
        ("Nama saya lalu dihapus dari daftar.", "Nama saya lalu dihapus dari daftar."),
        ("Motor saya Honda hilang.", "Motor saya Honda hilang."),
    ],
)
def test_names_of_lombok_are_covered_whole_and_then_or_a_brand_is_no_name(typed: str, public: str) -> None:
    assert covered(typed, anonymous=True) == public


def test_a_private_person_beside_an_ordinary_word_is_no_official() -> None:
    assert covered("Kepala saya dipukul Pak Budi Contoh.") == "Kepala saya dipukul Pak [nama]."


def test_the_writer_is_covered_only_in_an_anonymous_report_their_family_in_each() -> None:
    text = "Saya Wati Contoh, anak saya Budi jatuh. Lampu mati."

    assert covered(text) == "Saya Wati Contoh, anak saya [nama] jatuh. Lampu mati."
    assert covered("Anak saya Kelas 3 SD, ibu saya sakit.") == "Anak saya Kelas 3 SD, ibu saya sakit."
    assert covered(text, anonymous=True) == "[identitas pelapor], [identitas pelapor] jatuh. Lampu mati."


@pytest.mark.parametrize(
    "text",
    [
        "Saya Budi, lampu mati.",
        "saya budi, lampu mati",
        "SAYA BUDI SANTOSO MAU LAPOR, LAMPU JALAN MATI SEMUA",
        "Assalamualaikum, saya Ibu Budi dari Punia, lampu mati.",
        "Saya H. Budi, lampu mati.",
        "Perkenalkan saya Ibu Budi, lampu mati.",
        "nama saya budi santoso, lampu mati",
        "Lampu mati.\nTerima kasih\nBudi Santoso",
        "Lampu mati. Mohon bantuan. Salam, Budi",
        "Saya yang bertanda tangan di bawah ini: Budi Santoso",
        "Nama : budi santoso\nLampu mati",
    ],
)
def test_a_name_that_the_writer_gives_is_covered_however_it_is_typed(text: str) -> None:
    public = covered(text, anonymous=True)

    assert "budi" not in public.lower()
    assert "santoso" not in public.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Nama saya dicoret dari daftar. Saya sebagai kepala keluarga kecewa.",
        "saya rasa lampu mati, saya kecewa",
        "SAYA MINTA LAMPU JALAN DIPERBAIKI",
        "Lampu mati. Terima kasih. Wassalamualaikum Warahmatullahi Wabarakatuh",
        "Saya Bapak dua anak. Nama jalan: Mawar",
        "Itu harapan saya kepada Bapak Wali Kota.",
    ],
)
def test_what_is_no_name_of_the_writer_stays(text: str) -> None:
    assert covered(text, anonymous=True) == text


def test_what_is_covered_for_two_reasons_tells_both_and_all_of_it_is_covered() -> None:
    (edit,) = masks("Saya Budi Contoh Goblok", anonymous=True)

    assert edit.rule == "mask-writer+insult"
    assert kinds_of(edit.rule) == {"writer", "insult"}
    assert "anonim" in edit.reason.id
    assert "makian" in edit.reason.id
    assert "insult" in edit.reason.en
    assert kinds_of("smartcase") == frozenset()


PIECES = st.sampled_from(
    [
        *(
            "Pak ",
            "Sdr.",
            "Budi ",
            "nama: ",
            "bernama ",
            "Saya ",
            "salam ",
            "0812 3456 7890 ",
            "rek ",
            "BRI ",
            "1234567890",
            "rumah ",
        ),
        *("jl ", "no ", "12 ", "A B 1234 CD ", "goblok ", "\n", ". ", "[nama]", "İ", "😀", "a@b.id "),
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)), st.booleans())
def test_any_text_has_masks_that_fit_and_lose_nothing_beside_them(text: str, anonymous: bool) -> None:
    edits = masks(text, anonymous=anonymous)
    public = apply_edits(text, edits)

    for edit in edits:
        assert edit.span.of(text)
        assert edit.text in public
    assert len(public) == len(text) + sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits)


@pytest.mark.parametrize(
    "typed",
    [
        "Saya Nur Fulan dari Karang Pule melapor.",  # nearly Every Word Has A Capital
        "Saya H. Lalu Fulan bin Fulan, S.Pd., warga Ampenan",
        "Saya Drs. Fulan Rahayu M.M. warga Ampenan",
        "Saya A. Fulan melapor",
        "Nama saya Muhammad Fulan Aditya Rahayu Putra, lampu mati",
        "Saya I Made Fulan Rahayu dari Cakranegara",
        "nama saya nur fulan dari karang pule",
    ],
)
def test_the_writers_name_is_covered_to_its_last_word(typed: str) -> None:
    public = covered(typed, anonymous=True)

    for word in ("Nur", "Fulan", "fulan", "Lalu", "Rahayu", "Putra", "Made", "S.Pd", "M.M", "Drs"):
        assert word not in public
    assert any(word in public for word in ("Karang Pule", "warga", "melapor", "lampu", "Cakranegara", "karang pule"))


@pytest.mark.skipif(not spelling.is_installed(), reason="only a dictionary tells that a name is no word")
def test_a_rare_name_in_small_letters_is_covered_where_a_sentence_begins_so() -> None:
    assert "sahnim" not in covered("saya sahnim, warga gubuk mamben, lampu mati", anonymous=True)
    assert "sahdan" not in covered("Selamat pagi saya sahdan dari karang pule", anonymous=True)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Jalan rusak.\nttd. Dr. Ani Wijaya, M.Kes", "Jalan rusak.\n[identitas pelapor]"),
        ("Jalan rusak. Hormat kami, Budi Santoso, S.Pd.", "Jalan rusak. [identitas pelapor]"),
        ("saya dr Ampenan mau lapor jalan rusak", "saya dr Ampenan mau lapor jalan rusak"),
    ],
)
def test_a_degree_hides_no_name_that_signs_and_is_none_where_it_says_from(text: str, covered: str) -> None:
    assert apply_edits(text, masks(text, anonymous=True)) == covered


@pytest.mark.parametrize(
    "text",
    [
        "Dana BOS sebesar 150.000.000 dipotong.",
        "Dana PIP 2024-2025 belum cair.",
        "Saya tinggal di BTN Sandik, sejak 5-11-2026 air mati.",
        "Toko Mandiri buka 08.00-15.00.",
        "Rekening saya dipotong Rp 150.000.000.",
        "Banjir sejak 05-11-2026 100 rumah terendam.",
        "Pak Kadus sudah tahu tapi Pak Kaling diam saja.",
    ],
)
def test_amounts_dates_hours_and_posts_are_no_private_data(text: str) -> None:
    assert covered(text, anonymous=True) == text


def test_a_neighbour_of_an_anonymous_writer_is_a_person_and_not_the_writer() -> None:
    text = "Tetangga saya Lalu Samsul Contoh membakar sampah."
    assert covered(text, anonymous=True) == "Tetangga saya [nama] membakar sampah."
    assert covered("Saya dengan Baiq Contoh dari Tinggar.", anonymous=True) == "[identitas pelapor] dari Tinggar."
    assert covered("Amaq Contoh mabuk tiap malam.") == "Amaq [nama] mabuk tiap malam."
