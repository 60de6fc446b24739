"""Typing errors: only with a dictionary, only where one word can be meant, never a name, a "no" or an existing word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.language import apply_edits, spelling, tidy
from lapor.language.data import word_set


@pytest.fixture
def dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary of two words: what is tested is what we make of it."""
    monkeypatch.setattr(spelling, "is_known", lambda word: word in ("perumahan", "salur"))


@pytest.mark.usefixtures("dictionary")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jembtan", "jembatan"),  # one letter missing
        ("jembattan", "jembatan"),  # one too many
        ("jembetan", "jembatan"),  # a wrong one
        ("jembaatn", "jembatan"),  # two exchanged
        ("jmebaatn", ""),  # two slips
        ("hembatan", ""),  # the first letter is rarely wrong
        ("perumahan", ""),  # a word
        ("salurkan", ""),  # a form that the dictionary lacks
        ("selasa", ""),  # a weekday in small letters, no "selama"
        ("semarang", ""),  # a town, no "sekarang"
        ("bukam", ""),  # too short, and a negation
        ("jembtan1", ""),
        ("", ""),
    ],
)
def test_S46_a_slip_is_found_where_it_can_mean_one_word_only(typed: str, meant: str) -> None:
    assert spelling.better(typed) == meant


@pytest.mark.usefixtures("dictionary")
def test_S46_it_is_proposed_with_its_reason_and_names_stay() -> None:
    (edit,) = tidy("Tolong jembtan di Jembtan Raya")

    assert (edit.rule, edit.text) == ("typing", "jembatan")
    assert "kamus" in edit.reason.id
    assert apply_edits("Ada jembtan rusak", tidy("Ada jembtan rusak")) == "Ada jembatan rusak"


def test_without_a_dictionary_nothing_is_a_typing_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(spelling, "FOLDERS", (str(tmp_path),))
    spelling.is_known.cache_clear()
    spelling._dictionary.cache_clear()
    try:
        assert not spelling.is_installed()
        assert spelling.better("jembtan") == ""
    finally:
        spelling.is_known.cache_clear()
        spelling._dictionary.cache_clear()


@pytest.mark.skipif(not spelling.is_installed(), reason="hunspell-id is not installed (apt install hunspell-id)")
def test_the_installed_dictionary_knows_our_words_and_no_slip_of_them() -> None:
    """Its gaps are known: it lacks weekdays, towns and some forms in "-kan", which is why these are kept otherwise."""
    words = [word for word in word_set("spelling", "words") if word.isalpha()]
    known = [word for word in words if spelling.is_known(word)]

    assert len(known) >= 0.9 * len(words)
    assert spelling.better("klurahan") == "kelurahan"
    assert spelling.better("adminitrasi") == "administrasi"
    assert [word for word in known if spelling.better(word)] == []


def test_no_word_that_is_proposed_is_a_negation() -> None:
    assert not word_set("spelling", "words") & {"tidak", "bukan", "belum", "jangan", "tanpa"}


@given(st.text(max_size=30))
def test_any_word_is_answered(word: str) -> None:
    assert spelling.better(word) in word_set("spelling", "words") | {""}
