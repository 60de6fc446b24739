"""Learn in a database of its own from what came in before a replay, so that the replay can be played in its shadow."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.core.management import call_command

from lapor.agencies.queries import tree
from lapor.agencies.seeds import plant
from lapor.ops.importing.files import open_source
from lapor.ops.importing.problems import RowRefusedError
from lapor.ops.importing.run import BATCH, survey
from lapor.ops.replay.shard import Order, earlier, say
from lapor.reports.usecases.import_ import import_reports
from lapor.sop.vocabulary import FINAL
from lapor.triage.learning import store
from lapor.triage.training import Learned, train


def teach(order: Order) -> list[dict[str, Any]]:
    """Import what came in before the order's period and learn from it; return what was learned of each institution.

    Only what has ended is taken: what is open was decided too, but would need desks and calendars of long ago.
    """
    moment = datetime.combine(order.days[0], time(), UTC)
    _, directory = survey(open_source(Path(order.file)))
    directory.found_agencies()
    rows = [directory.settle(one) for one in earlier(order) if not isinstance(one, RowRefusedError)]
    ended = [row for row in rows if row.institution and row.status in FINAL]
    for start in range(0, len(ended), BATCH):
        import_reports(ended[start : start + BATCH], now=moment)
    houses = {row.institution for row in ended}
    return [
        lesson
        for house in tree.institutions()
        if house.code in houses
        for one in train(house, now=moment)
        if isinstance(one, Learned) and (lesson := _lesson(house.code, one.kind))
    ]


def _lesson(institution: str, kind: str) -> dict[str, Any]:
    """Return what a model was learned from, how good it was on its newest fifth, and every answer that it knows."""
    kept = store.newest(institution, kind)
    facts = kept.facts if kept else {}
    figures = {name: facts["figures"][name] for name in ("n", "top1", "top3", "error", "coverage")}
    known = [*(label for label in facts["labels"] if not label.startswith("~")), *facts["places"]]
    asked = {"institution": institution, "kind": kind, "examples": facts["examples"], "days": facts["days"]}
    return {**asked, "figures": figures, "known": sorted(known)}


def main(order: str) -> None:
    """Read the order (JSON), learn in an empty database, and tell what was learned."""
    content: dict[str, Any] = json.loads(order)
    content.pop("profile")
    call_command("migrate", verbosity=0, skip_checks=True)
    plant()
    say({"lessons": teach(Order(**{**content, "sources": tuple(content["sources"])}))})
