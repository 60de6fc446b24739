"""A learned tone: invented marked texts teach it, complaints set from which chance it speaks."""

from __future__ import annotations

from itertools import product

import pytest

from lapor.triage.learning.tone import ALARMS, Marked, Tone, learn_tone

# Made-up words for what is meant, so that no lexicon can know them.
BAD = ("kaum zubrok itu perusak", "zubrok semua harus enyah", "dasar zubrok pembawa sial")
FINE = ("jalan ke pasar ramai sekali", "kopi pagi ini enak", "hujan lagi, bawa payung", "selamat pagi semua")
WHO = ("", "kata orang ", "hari ini ", "di sini ", "lihat ", "katanya ", "kemarin ", "memang ", "nah ", "eh ")
CALM = tuple(
    f"lampu jalan nomor {i} padam di gang {name}" for i, name in product(range(30), ("mawar", "melati", "anggrek"))
)


@pytest.fixture(scope="module")
def tone() -> Tone:
    marked = [Marked(who + text, text in BAD) for who in WHO for text in (*BAD, *FINE)]
    return learn_tone(marked, CALM)


def test_it_finds_what_people_marked_and_names_the_word(tone: Tone) -> None:
    assert tone.finds("mereka zubrok perusak")
    assert "zubrok" in tone.words("mereka zubrok perusak")


def test_what_was_not_marked_and_complaints_are_let_be(tone: Tone) -> None:
    assert not tone.finds("kopi hari ini enak")
    assert sum(map(tone.finds, CALM)) <= len(CALM) * ALARMS
    assert not tone.finds("")


def test_complaints_that_look_like_it_raise_the_threshold() -> None:
    marked = [Marked(who + text, text in BAD) for who in WHO for text in (*BAD, *FINE)]
    odd = (*CALM, *(f"gang zubrok nomor {i} gelap" for i in range(10)))

    strict = learn_tone(marked, odd)

    assert sum(map(strict.finds, odd[1::2])) <= len(odd) * ALARMS
