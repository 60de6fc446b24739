"""The answer that is about to leave, as the case page shows it to its writer and to colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.desk.actions import ACTS, Act
from lapor.desk.officer import Officer
from lapor.reports.queries.answers import DraftView, waiting

SLACK = 6  # seconds: the worker looks every five


@dataclass(frozen=True)
class Leaving:
    """An answer on its way. `look_again` is the number of seconds after which the page knows more."""

    act: Act
    at: datetime
    is_mine: bool
    is_held: bool
    look_again: int


def leaving(drafts: tuple[DraftView, ...], officer: Officer) -> Leaving | None:
    """Return what waits to leave this report's desk, if anything does."""
    draft = waiting(drafts)
    if draft is None or draft.send_at is None:
        return None
    seconds = int((draft.send_at - officer.now).total_seconds())
    return Leaving(ACTS[draft.action], draft.send_at, draft.is_mine, draft.is_held, max(SLACK, seconds + SLACK))
