"""The documents about the SOP are those of today's table, and every rule is kept or excused."""

from pathlib import Path

import pytest
from tools.coverage_page import Keeper, keepers

from lapor.sop.rules import all_rules, chapters
from lapor.sop.table import STEPS
from lapor.sop.vocabulary import Clock, Status
from tools import coverage_page, docs, sop_pages


@pytest.mark.parametrize("path", sorted(docs.documents()))
def test_no_generated_document_is_stale(path: str) -> None:
    assert docs.current(path) == docs.documents()[path], "run: make docs"


def test_every_rule_has_a_test_with_its_number_or_a_word_why_not() -> None:
    assert coverage_page.gaps() == []
    assert [rule.name for rule in all_rules() if rule.unkept] == ["S78", "S84"]


def test_every_rule_is_read_in_both_languages() -> None:
    assert [rule.number for rule in all_rules()] == list(range(1, 85))
    for rule in all_rules():
        assert rule.id.endswith(".")
        assert rule.en.endswith(".")
        assert rule.id != rule.en
    assert sum(len(chapter.rules) for chapter in chapters()) == 84


def test_a_test_keeps_the_rules_whose_numbers_its_name_bears(tmp_path: Path) -> None:
    file = tmp_path / "tests" / "test_some.py"
    file.parent.mkdir()
    file.write_text(
        "class TestIt:\n    def test_S16_S17_a_decree_of_2026(self): ...\ndef test_CSS3_and_S1x_are_no_rules(): ...\n"
    )

    found = keepers(file.parent)

    keeper = Keeper("tests/test_some.py", "test_S16_S17_a_decree_of_2026")
    assert found == {"S16": [keeper], "S17": [keeper]}
    assert keeper.sentence == "S16 S17 a decree of 2026"


def test_the_pages_name_every_step_every_status_and_every_clock() -> None:
    told, timed, drawn = sop_pages.steps(), sop_pages.times(), sop_pages.diagram()

    for step in STEPS:
        assert step.action.id in told
    for status in Status:
        assert f"## {status.id}" in told
        assert f"as {status}\n" in drawn
    for clock in Clock:
        assert clock.id in timed
    assert "in_progress --> closed" in drawn
    assert "closed --> unverified" not in drawn
