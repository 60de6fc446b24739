"""Duplicates: the same thing said twice scores above two things of one kind, and each reason can be checked."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language.addresses import MOST_STREETS, addresses
from lapor.language.stems import stem
from lapor.triage.duplicates import LIKELY, Likeness, Rarity, Reason, Said, compare

PAST = [
    "Mohon perbaikan lampu jalan yang padam di Jl. Melati",
    "Mohon perbaikan jalan berlubang di Jl. Anggrek",
    "Mohon pengangkutan sampah di Jl. Kenanga",
    "Mohon lampu jalan diperbaiki di Jl. Dahlia",
]
RARITY = Rarity.of(PAST)


def likeness(one: str, other: str, *, days: float = 1, places: tuple[str, str] = ("", "")) -> Likeness:
    return compare(Said(one, 0, places[0]), Said(other, days, places[1]), RARITY)


def reasons(found: Likeness) -> dict[str, Reason]:
    return {reason.kind: reason for reason in found.reasons}


LAMP = "Mohon lampu PJU di Jl. Mawar Barat depan bengkel Jaya diperbaiki, padam sejak Senin."


def test_the_same_lamp_in_other_words_is_likely_and_the_street_is_named() -> None:
    found = likeness(LAMP, "Lampu PJU padam di jalan Mawar Barat, depan bengkel Jaya. Mohon perbaikan.")

    assert found.score >= LIKELY
    assert reasons(found)["street"] == Reason("street", "mawar barat")
    assert reasons(found)["days"] == Reason("days", "1")


def test_what_only_follows_the_word_for_a_street_is_no_name_of_one() -> None:
    assert addresses("Perumahan baru membuat air tidak meresap, jalan kecil becek.").streets == frozenset()
    assert addresses("Warga Kampung Baru dan perumahan Griya Asri menyalahkan kami.").streets == {"baru", "griya asri"}


def test_of_a_list_of_streets_the_first_are_compared() -> None:
    listed = ". ".join(f"Jl. {chr(97 + i % 26)}{chr(97 + i // 26)}kanan" for i in range(400))

    assert len(addresses(listed).streets) == MOST_STREETS
    assert addresses(f"Di Jl. Mawar. {listed}").streets >= {"mawar"}


@pytest.mark.parametrize(
    ("here", "there", "kind", "what"),
    [
        ("di Jl. Mawar Barat", "di Jl. Mawar Timur", "street", "mawar barat / mawar timur"),
        ("di Jl. Mawar no 7", "di Jl. Mawar no 9", "number", "7 / 9"),
        ("di RT 02 RW 05", "di RT 03 RW 06", "neighbourhood", "rt 2 / rt 3"),
        ("di tiang PJU MTR-014", "di tiang PJU MTR-015", "post", "mtr-014 / mtr-015"),
    ],
)
def test_the_same_words_at_another_place_are_not_the_same(here: str, there: str, kind: str, what: str) -> None:
    one, other = f"Lampu padam {here}", f"Lampu padam {there}"
    apart, same = likeness(one, other), likeness(one, one)

    assert reasons(apart)[kind] == Reason(kind, what, speaks_for=False)
    assert reasons(same)[kind].speaks_for
    assert apart.score < same.score - 0.3


def test_time_apart_and_another_place_lower_the_score_and_are_told() -> None:
    near, far = likeness(LAMP, LAMP), likeness(LAMP, LAMP, days=200)
    assert far.score < near.score
    assert reasons(far)["days"] == Reason("days", "200", speaks_for=False)

    elsewhere = likeness("Lampu padam", "Lampu padam", places=("52.71.01", "52.71.02"))
    assert elsewhere.score < likeness("Lampu padam", "Lampu padam", places=("52.71.01", "52.71.01")).score
    assert reasons(elsewhere)["place"] == Reason("place", "52.71.01 / 52.71.02", speaks_for=False)


def test_a_rare_word_says_more_than_words_that_everybody_uses() -> None:
    common = likeness("Mohon perbaikan jalan", "Mohon perbaikan jembatan gantung").score
    rare = likeness("Jembatan gantung roboh", "Mohon perbaikan jembatan gantung").score

    assert rare > common
    assert reasons(likeness("Jembatan gantung di sungai roboh", "roboh jembatannya"))["words"].what == "jembatan, roboh"


def test_words_meet_by_their_stems() -> None:
    assert stem("diperbaiki") == stem("perbaikan") == stem("memperbaiki")
    assert stem("jalan") == "jalan"


def test_places_are_read_as_people_write_them() -> None:
    found = addresses("Jl. Raya Mawar Barat No. 12A RT.03/RW 005, gang Kamboja rusak, tiang listrik no. B-17")

    assert found.streets == {"mawar barat", "kamboja"}
    assert found.houses == {"12a"}
    assert found.neighbourhoods == {"rt 3", "rw 5"}
    assert found.posts == {"b-17"}


def test_a_full_stop_ends_a_sentence_but_no_initial() -> None:
    assert addresses("Airnya menetes di jalan. Semoga cepat ditangani.").streets == set()
    assert addresses("Gelap di Jl. A. Yani dan Jl. Dr. Sutomo. Mohon cek").streets == {"a yani", "dr sutomo"}
    assert addresses("Kontainer di Kelurahan Taman Sari bocor").streets == set()


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_are_compared_and_the_order_is_the_same(one: str, other: str) -> None:
    forth, back = compare(Said(one, 0), Said(other, 0), RARITY), compare(Said(other, 0), Said(one, 0), RARITY)
    assert 0 <= forth.score <= 1
    assert forth.score == pytest.approx(back.score)


def test_the_order_of_pairs_is_measured_as_people_do() -> None:
    measured = importlib.import_module("lapor.ops.evaluate.measures.duplicates")
    scored = [(0.9, True), (0.8, False), (0.7, True), (0.6, False), (0.6, True)]

    assert measured.average_precision(scored) == pytest.approx((1 + 2 / 3 + 3 / 5) / 3)
    assert measured.precision_at(scored) == pytest.approx(3 / 5)
    assert measured.precision_at(scored, recall=0.6) == pytest.approx(2 / 3)
    assert measured.precision_at([(0.5, False)]) == measured.average_precision([]) == 0
