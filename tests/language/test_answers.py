"""What a careful colleague would say about an answer, and how long it is as a short message."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language.answers import MOST, Told, check_answer
from lapor.language.sms import GSM7, UCS2, sms_of

TODAY = date(2026, 3, 2)
REPORT = "Jalan di depan pasar berlubang sejak bulan lalu dan membahayakan pengendara motor."
GOOD = "Lubang di jalan depan pasar sudah kami tambal dengan aspal panas pada 28 Februari 2026."
GOOD_FIRST = "Lubang di jalan depan pasar kami periksa pada Rabu, 4 Maret 2026, lalu kami jadwalkan penambalannya."


def follow_up(text: str, **more: Any) -> dict[str, str]:
    """Return what is found in a follow-up, by rule, with the words it is about."""
    given = {"question": REPORT, "is_follow_up": True, "today": TODAY, "done_on": TODAY, "done_by": "Tim", **more}
    told = Told(**given)
    return {one.rule: one.span.of(text) for one in check_answer(text, told)}


def first(text: str, **more: Any) -> dict[str, str]:
    """Return what is found in a first response."""
    return follow_up(text, is_follow_up=False, **more)


def test_a_good_answer_is_left_alone() -> None:
    assert follow_up(GOOD) == {}
    assert first(GOOD_FIRST) == {}


def test_an_answer_that_mentions_nothing_of_the_report_is_told_what_was_asked() -> None:
    text = "Sampah di taman sudah kami angkut kemarin."
    told = Told(REPORT, is_follow_up=True, today=TODAY, done_on=TODAY, done_by="Tim")

    (found,) = check_answer(text, told)

    assert found.rule == "topic"
    assert "berlubang" in found.reason.id or "jalan" in found.reason.id
    assert "topic" not in follow_up("Lubangnya sudah ditutup kemarin.")  # "berlubang" by its root


@pytest.mark.parametrize(
    ("question", "answer", "rule"),
    [
        ("Kapan bantuan beras dibagikan?", "Bantuan beras sudah kami siapkan.", "when_asked"),
        ("Berapa biaya pengurusan kartu?", "Biaya kartu sudah ditetapkan oleh dinas.", "how_much_asked"),
        ("Di mana tempat vaksin untuk lansia?", "Vaksin lansia sudah tersedia.", "where_asked"),
    ],
)
def test_a_question_asked_outright_wants_its_answer(question: str, answer: str, rule: str) -> None:
    better = {
        "when_asked": " pada 5 Maret 2026",
        "how_much_asked": " 15000 rupiah",
        "where_asked": " di Puskesmas Ampenan",
    }

    assert rule in follow_up(answer, question=question)
    assert rule not in follow_up(answer.rstrip(".") + better[rule], question=question)


def test_a_follow_up_that_only_promises_is_no_follow_up() -> None:
    found = follow_up("Lubang di jalan akan segera diperbaiki.")

    assert {"deed", "promise"} <= found.keys()
    assert found["promise"] == "akan"


def test_when_and_by_whom_may_stand_in_the_fields_or_in_the_words() -> None:
    bare = "Lubang di jalan sudah ditambal."

    assert {"done_on", "done_by"} <= follow_up(bare, done_on=None, done_by="").keys()
    assert follow_up(bare) == {}
    assert follow_up("Lubang di jalan sudah ditambal petugas kemarin.", done_on=None, done_by="") == {}


def test_a_first_response_says_what_comes_next_and_when() -> None:
    assert first("Terima kasih atas laporan tentang jalan berlubang.").keys() == {"next_step", "next_date"}
    found = first("Lubang di jalan akan kami periksa dalam waktu dekat.")
    assert found == {"vague": "dalam waktu dekat"}


def test_formulas_and_office_words_are_shown_where_they_stand() -> None:
    found = first(f"{GOOD_FIRST} Laporan akan kami teruskan kepada OPD sesuai tupoksi.")

    assert found["formula"] == "akan kami teruskan"
    assert found["jargon"] in ("OPD", "tupoksi")


@pytest.mark.parametrize(
    ("words", "rule", "place"),
    [
        ("Hubungi Pak Budi Santoso.", "person", "Pak Budi Santoso"),
        ("Telepon 0812 3456 7890.", "phone", "0812 3456 7890"),
        ("NIK 5271012345678901 sudah dicek.", "nik", "5271012345678901"),
        ("Surel budi@contoh.id.", "email", "budi@contoh.id"),
        ("Motor DR 1234 AB.", "plate", "DR 1234 AB"),
    ],
)
def test_other_peoples_data_is_found_in_its_place(words: str, rule: str, place: str) -> None:
    assert follow_up(f"{GOOD} {words}")[rule] == place


@pytest.mark.parametrize(
    "words", ["Mohon Bapak/Ibu menunggu.", "Ibu Lurah sudah kami beri tahu.", "Terima kasih, Pak. Kami tunggu."]
)
def test_a_form_of_address_is_nobodys_name(words: str) -> None:
    assert "person" not in follow_up(f"{GOOD} {words}")


def test_the_same_letter_again_is_noticed_and_another_one_is_not() -> None:
    again = GOOD.replace("28 Februari", "1 Maret")

    assert "alike" in follow_up(again, earlier=(GOOD,))
    assert "alike" not in follow_up(
        again, earlier=("Lampu jalan di simpang lima sudah kami ganti dengan lampu baru kemarin sore.",)
    )


def test_an_empty_answer_is_the_forms_business() -> None:
    assert follow_up("  \n ") == {}


def test_the_reasons_are_sentences_in_both_languages() -> None:
    told = Told(REPORT, is_follow_up=True, today=TODAY)

    for found in check_answer("Akan kami teruskan kepada OPD. Hubungi Pak Budi 0812 3456 7890.", told):
        assert found.reason.id.endswith(".")
        assert found.reason.en.endswith(".")
        assert "{" not in found.reason.id + found.reason.en


@given(st.text(max_size=400), st.text(max_size=200), st.booleans())
def test_any_text_at_all_gives_places_within_it(text: str, question: str, is_follow_up: bool) -> None:
    found = check_answer(text, Told(question, is_follow_up, TODAY, earlier=(question,)))

    assert len(found) <= MOST
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "parts"),
    [
        ("", GSM7, 0, 0),
        ("a" * 160, GSM7, 160, 1),
        ("a" * 161, GSM7, 161, 2),
        ("a" * 306, GSM7, 306, 2),
        ("a" * 307, GSM7, 307, 3),
        ("€" * 80, GSM7, 160, 1),
        ("a" + "€" * 80, GSM7, 161, 2),
        ("a" * 152 + "€" + "a" * 152, GSM7, 306, 3),  # the two septets of "€" stay together
        ("é", GSM7, 1, 1),
        ("\u2019", UCS2, 1, 1),
        ("ü" * 69 + "\u00a0", UCS2, 70, 1),
        ("\u00a0" * 71, UCS2, 71, 2),
        ("😀" * 35, UCS2, 70, 1),
        ("😀" * 36, UCS2, 72, 2),
    ],
)
def test_a_short_message_is_counted_as_the_network_counts(text: str, alphabet: str, units: int, parts: int) -> None:
    sms = sms_of(text)

    assert (sms.alphabet, sms.units, sms.parts) == (alphabet, units, parts)
    assert sms.cost(350) == 350 * parts


def test_what_makes_a_message_expensive_is_named() -> None:
    assert sms_of("Terima kasih “Ibu” – kami kerjakan").foreign == "“”–"
