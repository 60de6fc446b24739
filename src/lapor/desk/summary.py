"""A case on one page for the head: what was reported, who held it how long, what is due, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lapor.desk import reading
from lapor.desk.officer import Officer
from lapor.reports.queries.case import Case
from lapor.sop.vocabulary import Action, Clock, Holder

LONGEST = 900  # characters of the report's words on the page; the whole stands in the case
MOST = 6  # legs and clocks


@dataclass(frozen=True)
class Held:
    """One leg of custody: who, since when, for how many working days (None: not known)."""

    who: str | Holder
    since: datetime
    until: datetime | None
    days: int | None


@dataclass(frozen=True)
class Due:
    """One clock that runs: what it times, its last day, and how it stands."""

    clock: Clock
    day: date | None
    lateness: Any


@dataclass(frozen=True)
class Summary:
    """Everything on the page. `asked` are the liaison's words to the head, empty before a briefing."""

    case: Case
    words: str
    is_cut: bool
    answers: list[tuple[str, datetime]]
    held: list[Held]
    due: list[Due]
    asked: str
    asked_at: datetime | None
    made_at: datetime
    made_by: str
    zone: str


def summary_of(case: Case, officer: Officer) -> Summary:
    """Return the page of a case; no query."""
    asked = next((m for m in reversed(case.moments) if m.action is Action.BRIEF), None)
    words = case.published.strip()
    told = [(m.text, m.at) for m in case.moments if m.kind and m.kind in ("first_response", "follow_up") and m.text]
    return Summary(
        case=case,
        words=words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …",
        is_cut=len(words) > LONGEST,
        answers=[(_short(text), at) for text, at in told[-2:]],
        held=_held(case),
        due=[Due(clock.clock, clock.due_on, clock.lateness) for clock in reading.owed(case)[:MOST]],
        asked=asked.text if asked else "",
        asked_at=asked.at if asked else None,
        made_at=officer.now,
        made_by=f"{officer.name}, {officer.desk.name}",
        zone=case.zone,
    )


def _held(case: Case) -> list[Held]:
    legs = [leg for leg in reading.custody(case) if leg.holder is not Holder.NOBODY]
    return [Held(leg.desk_name or leg.holder, leg.started_at, leg.ended_at, leg.net_days) for leg in legs[-MOST:]]


def _short(text: str, longest: int = 300) -> str:
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"
