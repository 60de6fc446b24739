"""Answers that have not left, as the case page shows them to their writer and to colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.desk.actions import ACTS, Act
from lapor.desk.officer import Officer
from lapor.reports.queries.answers import DraftView, waiting
from lapor.reports.usecases.answer import KEPT_FOR

SLACK = 6  # seconds: the worker looks every five


@dataclass(frozen=True)
class Leaving:
    """An answer on its way. `look_again` is the number of seconds after which the page knows more."""

    act: Act
    at: datetime
    is_mine: bool
    is_held: bool
    look_again: int
    who: str


@dataclass(frozen=True)
class HeldBack:
    """A colleague's answer that could not leave; it lies with its writer until `until`, then it is forgotten."""

    act: Act
    who: str
    why: str
    until: datetime


def leaving(drafts: tuple[DraftView, ...], officer: Officer) -> Leaving | None:
    """Return what waits to leave this report's desk, if anything does."""
    draft = waiting(drafts)
    if draft is None or draft.send_at is None:
        return None
    seconds = int((draft.send_at - officer.now).total_seconds())
    return Leaving(
        ACTS[draft.action], draft.send_at, draft.is_mine, draft.is_held, max(SLACK, seconds + SLACK), _who(draft)
    )


def held_back(drafts: tuple[DraftView, ...]) -> list[HeldBack]:
    """Return what colleagues wrote and could not send: nobody waits for it in vain."""
    found = (draft for draft in drafts if draft.is_held_back and not draft.is_mine)
    return [HeldBack(ACTS[one.action], _who(one), one.why, one.saved_at + KEPT_FOR) for one in found]


def _who(draft: DraftView) -> str:
    return ", ".join(filter(None, (draft.by, draft.desk)))
