"""Differences of words: what went, what came, and that nothing is lost on the way."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.desk.diff import MOST_PAIRS, differences


def test_a_changed_word_is_shown_as_gone_and_new() -> None:
    pieces = [(piece.kind, piece.text) for piece in differences("jln rusak parah", "jalan rusak parah")]

    assert pieces == [("gone", "jln"), ("new", "jalan"), ("same", " rusak parah")]


@given(st.text(), st.text())
def test_both_texts_can_be_read_from_their_difference(before: str, after: str) -> None:
    pieces = differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == (before if before != after else after)
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_one_word_is_found_in_a_very_long_text() -> None:
    before = "\n".join(f"baris {n} dari laporan yang panjang sekali" for n in range(1200))

    pieces = differences(before, before.replace("baris 600", "garis 600"))

    assert [piece.kind for piece in pieces] == ["same", "gone", "new", "same"]
    assert (pieces[1].text, pieces[2].text) == ("\nbaris", "\ngaris")


def test_where_words_would_cost_too_much_lines_are_compared() -> None:
    lines = [f"baris {n} dari laporan yang panjang sekali\n" for n in range(600)]

    pieces = differences(
        "".join(lines), "".join(["awal yang baru\n", *lines[1:300], "tengah\n", *lines[301:]]) + "akhir"
    )

    assert [piece.text for piece in pieces if piece.kind == "gone"] == [lines[0], lines[300]]
    assert [piece.text for piece in pieces if piece.kind == "new"] == ["awal yang baru\n", "tengah\n", "akhir"]


def test_what_is_said_again_and_again_costs_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in pairs of equal parts, not in seconds: turned round, such a text held a worker for minutes."""
    text = "Jalan rusak di depan rumah. " * 500
    asked: list[int] = []

    class Counted(SequenceMatcher[str]):
        def __init__(self, **given: Any) -> None:
            asked.append(sum(given["b"].count(part) for part in given["a"]))
            super().__init__(**given)

    monkeypatch.setattr("lapor.desk.diff.SequenceMatcher", Counted)

    for after in (text[::-1], text.replace("rumah", "pasar"), "\n".join(text.split()), text.upper(), "Jalan di " * 900):
        pieces = differences(text, after)
        assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
        assert "".join(piece.text for piece in pieces if piece.kind != "new") == text
    kinds = [piece.kind for piece in differences(text, text[:5_600] + "Amat " + text[5_600:])]

    assert kinds == ["same", "new", "same"]
    assert asked
    assert max(asked) <= MOST_PAIRS
