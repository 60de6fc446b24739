"""Wording: what is certain is proposed, what is doubtful is asked, and no figure, name, address or negation changes."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language import apply_edits, doubtful, tidy
from lapor.language.data import table
from lapor.language.tokens import tokens_of

NEGATIONS = ("tidak", "bukan", "belum", "jangan")
CERTAIN = {
    word: better for rule in ("abbreviation", "everyday", "spelling") for word, better in table("wording")[rule].items()
}


def tidied(text: str) -> str:
    return apply_edits(text, tidy(text))


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("Sy tdk tahu krn blm pernah kesana.", "Saya tidak tahu karena belum pernah ke sana."),
        ("Anak2nya sdh besar, berkali2 gak ada respon.", "Anak-anaknya sudah besar, berkali-kali tidak ada respons."),
        ("Lampu didepan rumah , mati.mohon segera!!!", "Lampu di depan rumah, mati. mohon segera!"),
        ("sangaaat gelap. yg lewat takut", "Sangat gelap. Yang lewat takut"),
        ("JALAN DIDEPAN PASAR RUSAK, TDK ADA YG MEMPERBAIKI", "JALAN DI DEPAN PASAR RUSAK, TIDAK ADA YANG MEMPERBAIKI"),
        ("Ijin bertanya, antrian  di apotik", "Izin bertanya, antrean di apotek"),
    ],
)  # fmt: skip
def test_S45_what_is_short_spoken_or_misspelled_is_proposed_as_it_is_written(typed: str, better: str) -> None:
    assert tidied(typed) == better


@pytest.mark.parametrize(
    "text",
    [
        "Lihat https://contoh.example/yg/tdk dan yg@contoh.example serta @sdh_yg.",
        "Lihat maps.app.goo.gl/AbC12 dan bit.ly/yg.",
        "Petugas bilang “sdh yg kemarin” lalu pergi.",
        "Pak, dalane rusak aja dibiarake, wong-wong pada tiba kabeh nek liwat kene.",  # "aja" is right Javanese
        "Pak Udah dan Bu Ilang dari PT Klu tinggal di Blok D2.",  # names
        "Nomor 0812-3456-7890, Rp 1.500.000,50, pukul 08.30, RT 05/RW 02.",
        "Ia naik taksi, lalu berjalan kaki pada hari Jumat.",
        "Bus X24, kamar A2, tipe anak2b.",
        "",
        "😀😀 ... ۱۲۳ 中文",
    ],
)
def test_addresses_quotations_names_figures_and_good_texts_stay(text: str) -> None:
    assert tidy(text) == ()


def test_what_has_two_senses_is_asked_and_not_changed() -> None:
    text = "Kantor ttp pagi. Kel. Punia d jalan raya, kata DR dan dr Wati."
    assert [(found.span.of(text), found.rule) for found in doubtful(text)] == [
        ("ttp", "doubtful"), ("d", "doubtful"), ("dr", "doubtful"),
    ]  # fmt: skip
    assert "“ttp”: tetap / tutup?" in {found.reason.id for found in doubtful(text)}
    assert tidy(text) == ()


def test_a_sentence_begins_after_several_marks_too() -> None:
    assert apply_edits("Tolong!! tetangga dipukuli.", tidy("Tolong!! tetangga dipukuli.")) == (
        "Tolong! Tetangga dipukuli."
    )


def test_jl_with_its_full_stop_is_a_street_and_asked_no_more() -> None:
    text = "Warga kel. Rangkah di jl. mawar mau jl rumah."
    assert [(found.span.of(text), found.span.start) for found in doubtful(text)] == [("jl", 36)]


def test_no_word_of_the_list_takes_or_gives_a_negation() -> None:
    """Whatever becomes "tidak" was one; whatever was one stays one."""
    spoken = re.compile(r"^(?:t(?:i)?d[a]?k|ga|gk|gak|ngg?ak|ngga|engga|enggak|bkn|blm|bl[uo]m|belom|jgn)")
    for word, better in CERTAIN.items():
        was = bool(spoken.match(word))
        assert was == any(one in NEGATIONS for one in better.split()), word


def test_no_word_of_the_list_is_doubtful_or_becomes_one_that_changes_again() -> None:
    assert not CERTAIN.keys() & table("wording")["doubtful"].keys()
    for word, better in CERTAIN.items():
        assert tidied(f"Ini {better} itu") == f"Ini {better} itu", word


PIECES = st.sampled_from([
    "yg", "tdk", "gak", "sdh", "anak2", "dirumah", "Tri", "KTP", "0812", "12,5", "a@b.id", "www.x.id", "sangaaat", "“",
    "”", '"', " ", " ", ".", ",", "!!", "..", "\n", "ttp", "TIDAK", "@", "/", "-", "2", "saya", "é", "😀",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_figures_and_negations_are_the_same_before_and_after(text: str) -> None:
    after = tidied(text)
    assert _figures(text) == _figures(after)
    assert _negations(text) == _negations(after)


@given(st.text(max_size=300))
def test_any_text_has_proposals_that_fit(text: str) -> None:
    tidied(text)
    for found in doubtful(text):
        assert found.span.of(text)


def _figures(text: str) -> Counter[str]:
    """Count the numbers; a two that only doubles a word ("anak2") is none."""
    return Counter(re.findall(r"\d+", re.sub(r"(?<=[^\W\d_])2(?:nya|ku|mu)?(?![^\W_])", "", text)))


def _negations(text: str) -> int:
    return sum(
        CERTAIN.get(token.word, token.word).split()[0] in NEGATIONS
        for token in tokens_of(text)
        if not text[token.span.end : token.span.end + 1].isdigit()
    )


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("Jalan itu di perbaiki, tidak di biarkan.", "Jalan itu diperbaiki, tidak dibiarkan."),
        ("MOHON DI TINDAK LANJUTI DAN DI PERBAIKI", "MOHON DITINDAKLANJUTI DAN DIPERBAIKI"),
        ("Di pukul 08.00 dokter tidak ada di tempat.", "Di pukul 08.00 dokter tidak ada di tempat."),
        ('Katanya "nanti di perbaiki" besok.', 'Katanya "nanti di perbaiki" besok.'),
    ],
)
def test_S44_the_prefix_di_is_joined_to_verbs_only(typed: str, tidied: str) -> None:
    assert apply_edits(typed, tidy(typed)) == tidied


@pytest.mark.parametrize("text", ["Rekening a.n. Wati", "sampah gak d1angkut", "ja̵n̴ rusak"])
def test_a_letter_of_something_longer_is_not_asked_about(text: str) -> None:
    assert doubtful(text) == ()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (
            "Jalan YG rusak SDH lama TDK diperbaiki DGN baik.",
            "Jalan yang rusak sudah lama tidak diperbaiki dengan baik.",
        ),
        ("YG rusak lampu PJU, KTP dan BPJS saya BLM jadi.", "Yang rusak lampu PJU, KTP dan BPJS saya belum jadi."),
        ("JALAN YG RUSAK SDH LAMA TDK BAIK", "JALAN YANG RUSAK SUDAH LAMA TIDAK BAIK"),
    ],
)
def test_a_short_word_in_capitals_is_written_out_and_an_acronym_stays(typed: str, written: str) -> None:
    assert apply_edits(typed, tidy(typed)) == written
