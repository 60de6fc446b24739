"""Differences of words: what went, what came, and that nothing is lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lapor.desk.diff import differences


def test_a_changed_word_is_shown_as_gone_and_new() -> None:
    pieces = [(piece.kind, piece.text) for piece in differences("jln rusak parah", "jalan rusak parah")]

    assert pieces == [("gone", "jln"), ("new", "jalan"), ("same", " rusak parah")]


@given(st.text(), st.text())
def test_both_texts_can_be_read_from_their_difference(before: str, after: str) -> None:
    pieces = differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == (before if before != after else after)
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


def test_a_very_long_text_is_compared_by_lines() -> None:
    line = "baris {} dari laporan yang panjang sekali"
    before = "\n".join(line.format(n) for n in range(1200))

    pieces = differences(before, before.replace("baris 600", "garis 600"))

    assert [piece.kind for piece in pieces] == ["same", "gone", "new", "same"]
    assert pieces[1].text == line.format(600) + "\n"  # by words it would be the one word, at the square of the cost
