"""Regional languages: parts in Javanese, Sasak and others are found in their place; Indonesian and doubt are silent."""

from __future__ import annotations

import importlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language import regional
from lapor.language.regional import language_of, name_of

SENTENCES = {
    "jv": "Pak, dalan ngarep omahku wis suwe rusak nanging durung ana sing ndandani. Nyuwun tulung enggal didandani.",
    "su": "Jalan di payuneun bumi abdi tos lami ruksak, tapi teu acan aya anu ngalereskeun. Hatur nuhun.",
    "ban": "Marginé ring arep umah tiangé sampun usak, nenten wenten sané menahin. Suksma.",
    "sas": "Lampuq leq rurung dasan tiang wah telu kelem mate, ndeqman araq saq tepiaq.",
    "min": "Jalan di muko rumah ambo alah lamo rusak, tapi indak ado nan mampaelokinyo. Tarimo kasih.",
    "bjn": "Jalan di muka rumah ulun sudah lawas rusak, tapi kadada nang mambaiki. Tarima kasih banar.",
    "bug": "Laleng ri olo bolaku masolangni, de'pa gaga tau mebbui. Engka maega tau mabuang.",
    "mad": "Lorong e adha'na bengko kaula ampon abit rosak, tape ta' badha se mabagus. Sakalangkong.",
    "ace": "Jalan di keue rumoh lon ka trep reuloh, tapi hana soe peugot. Teurimong gaseh that.",
    "bbc": "Dalan na di jolo ni jabu nami nunga leleng sega, alai ndang adong na paturehon. Mauliate ma.",
    "nij": "Jalan hong baun human ikei jari tahi rusak, tapi jaton tege oloh je mampahalap te.",
    "en": "The street in front of my house has been broken for months and nobody came to repair it.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_S48_a_text_in_a_regional_language_is_named(code: str) -> None:
    (found,) = regional(SENTENCES[code])

    assert (found.code, found.is_whole) == (code, True)
    assert 0.9 <= found.chance <= 1
    assert language_of(SENTENCES[code])[0] == code


@pytest.mark.parametrize(
    "text",
    [
        "Jalan di depan rumah saya sudah lama rusak tetapi belum ada yang memperbaiki. Mohon segera ditindaklanjuti.",
        "Mohon maaf rek, lampu di Jalan Karang Menjangan wis mati 3 hari, arek-arek takut lewat. Suwun.",  # particles
        "Pak, sampah di Gang Sawo Kecik dan Dusun Leq Terawas belum diangkut.",
        "Service center dan customer care tidak menjawab, website error terus.",
        "Jl. Ir. H. Juanda, Perumahan The Green Residence, Cluster Magnolia Blok A",
        "Kecamatan Kendal, Desa Wonosari, Dukuh Ngemplak, Kabupaten Boyolali, Jawa Tengah",
        "wis", "ora ono", "leq mbe", "thanks", "",
    ],
)  # fmt: skip
def test_indonesian_with_a_few_other_words_and_short_texts_are_no_finding(text: str) -> None:
    assert regional(text) == ()


def test_only_the_part_that_is_in_the_language_is_marked() -> None:
    before = "Saya warga Lingkungan Karang Jangkong dan ingin melaporkan lampu jalan yang mati. "
    after = " Mohon petugas datang memperbaiki karena warga sudah menunggu terlalu lama."

    (found,) = regional(before + SENTENCES["sas"] + after)

    assert found.span.of(before + SENTENCES["sas"] + after) == SENTENCES["sas"].rstrip(".")
    assert not found.is_whole
    assert 0.3 < found.share < 0.6


def test_two_languages_in_one_text_are_two_parts() -> None:
    assert [part.code for part in regional(SENTENCES["en"] + "\n" + SENTENCES["jv"])] == ["en", "jv"]


def test_words_that_no_list_knows_are_told_by_their_letters() -> None:
    """Invented words: only how they are written, alike in no list, can speak."""
    assert language_of("geuneumeung teureubeueng")[0] == "ace"
    assert language_of("throwelly wheathough")[0] == "en"


def test_common_indonesian_words_keep_a_text_indonesian() -> None:
    assert regional("perantingan pohon LOKASI POHON: GRIYA KEBRAON TENGAH BLOK K, PINGGIR KALI") == ()


def test_a_complaint_half_in_sasak_is_found_and_lomboks_names_are_no_sasak() -> None:
    half = "Lampu jalan di Jalan Panji Tilar sudah lama mati. Peteng gati lamun malem, takut dengan lampaq."
    names = "Warga Gubuk Mamben dan Dasan Cermen melapor: sampah menumpuk di Kokoq Jangkuk dekat Rurung Barat."

    assert [part.code for part in regional(half)] == ["sas"]
    assert regional(names) == ()


def test_capitals_accents_and_curly_quotes_change_nothing() -> None:
    assert [part.code for part in regional(SENTENCES["ban"].upper())] == ["ban"]
    assert [part.code for part in regional(SENTENCES["mad"].replace("'", "’"))] == ["mad"]


def test_every_language_has_its_name_in_both_languages() -> None:
    assert name_of("sas").id == name_of("sas").en == "Sasak"
    assert (name_of("jv").id, name_of("jv").en) == ("Jawa", "Javanese")


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error_and_its_parts_lie_in_it_in_order(text: str) -> None:
    end = 0
    for part in regional(text):
        assert end <= part.span.start < part.span.end <= len(text)
        end = part.span.end


@pytest.mark.parametrize(
    "bad",
    ["q" * 50_000, "😀" * 5_000, "z\u0335\u0321" * 5_000, "wis ora ono " * 5_000, "'" * 20_000, "l'" * 20_000],
)  # fmt: skip
def test_bad_input_is_no_error(bad: str) -> None:
    assert len(regional(bad)) <= 1


def test_the_work_grows_as_the_text_does(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("lapor.language.regional")
    known: Callable[[str], frozenset[str]] = module.known
    looked = 0

    def counted(word: str) -> frozenset[str]:
        nonlocal looked
        looked += 1
        return known(word)

    monkeypatch.setattr(module, "known", counted)
    work = []
    for times in (10, 40):
        looked = 0
        regional(SENTENCES["jv"] * times)
        work.append(looked)
    assert work[1] < 4.4 * work[0]
