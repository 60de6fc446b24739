"""A replay in shadow: models of what came before say something beside each choice, and a page counts the agreement."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.ops.exports import stream
from tests.ops.test_replay import ANSWERED, figures, order, played, quick

from lapor.ops.replay.result import Result
from lapor.ops.replay.school import teach
from lapor.ops.replay.shadow import Agreement, page
from lapor.ops.replay.speeds import Speeds

SAID = {"Dinas Sosial": "Bantuan sembako belum turun untuk RT {}", "Dinas Perhubungan": "Parkir liar di gang {}"}
PAST = [
    {"agency": unit, "body": text.format(i), "received_at": f"2022-01-{1 + i % 28:02}T09:00:00",
     "responded_at": "2022-02-20T09:00:00"}
    for i in range(60)
    for unit, text in SAID.items()
]  # fmt: skip
LATER = [{**ANSWERED, "agency": unit, "body": text.format("baru")} for unit, text in SAID.items()]


def noted(**changes: Any) -> dict[str, Any]:
    usual = {"institution": "kota-uji", "kind": "unit", "offered": ["a", "b"], "chance": 0.8, "chosen": "a"}
    return {**usual, "day": "2022-03-01", "category": "jalan", "language": "id", **changes}


@pytest.mark.django_db
def test_the_past_speaks_beside_each_choice_and_changes_no_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAPOR_STATE", str(tmp_path / "models"))
    what = order(stream(tmp_path / "a.jsonl", *PAST, *LATER), speed=quick())

    lessons = teach(what)
    result = played(replace(what, models=str(tmp_path / "models")))

    units = {one["kind"]: one for one in lessons}["unit"]
    assert (units["examples"], units["days"]) == (120, ["2022-01-01", "2022-01-28"])
    found = [row for row in result["suggested"] if row["kind"] == "unit"]
    assert [row["offered"][0] == row["chosen"] for row in found] == [True, True]
    assert {row["chosen"] for row in found} <= set(units["known"])
    assert figures(result)["steps", "", "dispose", ""] == 2  # one each: a suggestion is no step of its own


def test_the_page_counts_agreement_coverage_cost_and_drift_by_institution_category_and_language() -> None:
    rows = [
        noted(),
        noted(chosen="b", day="2022-03-02", category="sampah"),
        noted(offered=[], chance=0.2, day="2022-03-09", language="su"),
        noted(chosen="new", day="2022-03-10", institution="kota-lain"),
    ]
    lesson = {"institution": "kota-uji", "kind": "unit", "examples": 120, "days": ["2022-01-01", "2022-01-28"],
              "figures": {"n": 24, "top1": 0.9, "top3": 1.0, "error": 0.1, "coverage": 0.5},
              "known": ["a", "b"]}  # fmt: skip
    played = {"from": "2022-03-01", "to": "2022-03-14", "sources": ["uji"], "filed": 5}

    written = page(Result(played, Counter(), suggested=rows, lessons=[lesson]), Speeds.read())

    for line in (
        "uji, 2022-03-01 to 2022-03-14: 5 reports came in;",
        "| kota-uji | 120 | 2022-01-01 | 2022-01-28 | 0.90 | 1.00 | 0.10 |",
        "| kota-uji | 3 | 0.67 | 0.50 | 1.00 | 1 |",
        "| 2022-02-28 | 2 | 1.00 | 0.50 | 1.00 | 1 |",
        "| 2022-03-07 | 2 | 0.50 | 0.00 | 0.00 | 1 |",
        "| sampah | 1 | 1.00 | 0.00 | 1.00 | 1 |",
        "| su | 1 | 0.00 | - | - | 0 |",
        "| 0.7 | 0.75 | 0.80 | 0.33 | 2 |",
        "| 0.9 | 0.00 | 0.00 | - | 0 |",
        "1 of 4 choices were of something that the past never chose: no model can know it.",
        "**Cost of errors.** 2 of 3 first suggestions were wrong; for",
        "1 of these the right one stood second or third.",
    ):
        assert line in written.splitlines(), line
    assert Agreement.of(rows) == Agreement(asked=4, answered=3, first=1, among=2)
