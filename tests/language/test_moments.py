"""When, as a date: what people write about time, set against the day they wrote it on."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language import moments

MONDAY = date(2026, 3, 2)


def said(text: str, today: date = MONDAY) -> list[tuple[str, str]]:
    return [(one.span.of(text), one.value) for one in moments(text, today)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("jatuh kemarin sore pukul 16.30", "kemarin sore pukul 16.30", "2026-03-01T16:30"),
        ("Tadi malam jam 9 lampu padam", "Tadi malam jam 9", "2026-03-01T21:00"),
        ("17 Februari jam 9 mlm", "17 Februari jam 9 mlm", "2026-02-17T21:00"),
        ("hari ini jam 2 siang", "hari ini jam 2 siang", "2026-03-02T14:00"),
        ("Kamis lalu", "Kamis lalu", "2026-02-26"),
        ("sejak hari Senin", "sejak hari Senin", "2026-02-23/"),
        ("Kamis, 18 Desember 2025", "Kamis, 18 Desember 2025", "2025-12-18"),
        ("rusak 25 Desember", "25 Desember", "2025-12-25"),
        ("penutupan 27 April", "27 April", "2026-04-27"),
        ("24/2/2026", "24/2/2026", "2026-02-24"),
        ("sudah 3 bulan", "sudah 3 bulan", "2025-12/"),
        ("dua minggu yang lalu", "dua minggu yang lalu", "2026-02-16"),
        ("kemarin lusa malam", "kemarin lusa malam", "2026-02-28"),
        ("lampu mate uah telu jelo", "uah telu jelo", "2026-02-27/"),
        ("wis telung sasi", "wis telung sasi", "2025-12/"),
        ("wis rong minggu", "wis rong minggu", "2026-02-16/"),
        ("minggu lalu", "minggu lalu", "2026-W09"),
        ("broken for two weeks", "for two weeks", "2026-02-16/"),
        ("it fell a month ago", "a month ago", "2026-02"),
        ("dark since last week", "since last week", "2026-W09/"),
        ("Yesterday it burned", "Yesterday", "2026-03-01"),
        ("awal bulan ini", "awal bulan ini", "2026-03"),
        ("sejak Oktober 2025", "sejak Oktober 2025", "2025-10/"),
        ("tahun 2024", "tahun 2024", "2024"),
        ("sdh 2x24 jam", "sdh 2x24 jam", "2026-02-28/"),
        ("padam 6 jam", "6 jam", "PT6H"),
        ("setiap malam jam 2", "setiap malam jam 2", "R"),
        ("dari jam 4 sampai jam 8 pagi", "jam 4 sampai jam 8 pagi", "T04:00/T08:00"),
        ("dua hari lagi", "dua hari lagi", "2026-03-04"),
        ("sudah lama", "sudah lama", "?"),
    ],
)
def test_words_about_time_become_a_value(text: str, words: str, value: str) -> None:
    assert said(text) == [(words, value)]


@pytest.mark.parametrize(
    "text",
    ["", "anak umur 5", "ada 5 lubang", "31/2/2026", "99/99/9999", "jam 77", "RT 05 RW 02", "No. 12", "semalaman"],
)
def test_other_figures_are_no_moment(text: str) -> None:
    assert said(text) == []


def test_the_same_words_mean_another_day_on_another_day() -> None:
    assert said("kemarin", date(2026, 1, 1)) == [("kemarin", "2025-12-31")]
    assert said("bulan lalu", date(2026, 1, 7)) == [("bulan lalu", "2025-12")]


VALUE = re.compile(
    r"R|\?|-?PT\d+[HM]|(?:\d{1,4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?|-W\d\d)?|T\d\d:\d\d)?"
    r"(?:/(?:\d{4}-\d\d|T\d\d:\d\d)?)?"
)
PIECES = st.sampled_from(
    [
        *("sejak", "kemarin", "tadi", "malam", "hari", "Senin", "minggu", "lalu", "ini", "setiap", "jam", "12", "24"),
        *("31", "2", "2026", "99999", "/", ".", "Februari", "tahun", "3", "bulan", "sudah", "sampai", "pukul", "pagi"),
        *("seminggu", "lagi", "terakhir", "İ", "ß", "😀", ",", "\n"),
    ]
)


@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join)),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_any_text_on_any_day_gives_places_in_order_and_values_of_the_known_forms(text: str, today: date) -> None:
    end = 0
    for one in moments(text, today):
        assert end <= one.span.start < one.span.end <= len(text)
        assert VALUE.fullmatch(one.value), one
        end = one.span.end
