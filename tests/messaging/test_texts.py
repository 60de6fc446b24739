"""What is said: something to everybody the table tells, in both languages, and nothing to anybody else."""

from __future__ import annotations

import pytest

from lapor.messaging.known import DESK, PASSED
from lapor.messaging.texts import LANGUAGES, PLACES, Text, all_texts, places
from lapor.sop.table import STEPS
from lapor.sop.vocabulary import Clock

OWED = sorted({(str(step.action), str(told)) for step in STEPS for told in step.tells})
EVERY_FACT = {place: f"<{place}>" for place in PLACES}


def test_everybody_whom_the_table_tells_is_told_something_and_no_text_is_unused() -> None:
    assert sorted(all_texts()) == OWED


@pytest.mark.parametrize("key", OWED, ids="-".join)
class TestEachText:
    @pytest.fixture
    def text(self, key: tuple[str, str]) -> Text:
        return all_texts()[key]

    def test_says_the_same_in_both_languages(self, text: Text) -> None:
        asked = {language: [places(sentence) for sentence in text.words[language]] for language in LANGUAGES}
        assert asked["id"] == asked["en"]
        assert set(text.words["id"]).isdisjoint(text.words["en"])

    def test_has_a_subject_that_fits_a_phone_and_says_something_without_any_fact(self, text: Text) -> None:
        for language in LANGUAGES:
            said = text.render(language, {})
            assert 10 <= len(said.subject) <= 60
            assert len(said.body) >= 20
            assert not places(said.subject)

    def test_names_only_what_can_be_known_and_says_when_it_is_known(self, text: Text) -> None:
        for language in LANGUAGES:
            asked = frozenset().union(*map(places, text.words[language]))
            assert asked <= PLACES
            body = text.render(language, EVERY_FACT).body
            assert all(f"<{place}>" in body for place in asked)

    def test_tells_a_date_exactly_when_it_knows_whose(self, text: Text) -> None:
        asks = any("due_on" in places(sentence) for sentence in text.words["id"])
        assert asks == bool(text.due)
        assert {clock for clock in text.due if clock not in (DESK, PASSED)} <= set(Clock)


def test_an_unknown_language_reads_indonesian() -> None:
    text = all_texts()["submit", "reporter"]
    assert text.render("jv", {}) == text.render("id", {}) != text.render("en", {})
