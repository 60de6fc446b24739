"""A report's steps and holders as the shared components draw them, in citizens' words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lapor.portal import links, words
from lapor.portal.links import Shown
from lapor.reports.queries.timeline import LegView, Moment
from lapor.sop.vocabulary import Action, ArchiveReason, Clock, Holder, Role


@dataclass(frozen=True)
class Happening:
    """One entry of the timeline: `action` and `actor` are words already."""

    at: datetime
    lane: Holder | str
    actor: str
    action: str
    text: str
    evidence: list[Shown]
    is_public: bool = True


@dataclass(frozen=True)
class Held:
    """One leg of custody."""

    holder: Holder
    desk_name: str
    started_at: datetime
    ended_at: datetime | None
    gross: timedelta
    net_days: int | None


def happenings(
    moments: Iterable[Moment],
    legs: Iterable[LegView],
    *,
    but: frozenset[Action] = frozenset(),
    to_reporter: bool = False,
) -> list[Happening]:
    """Return the timeline, newest first, without the steps in `but`; `to_reporter` speaks to the reporter as "you"."""
    begun = {(leg.started_at, leg.by): leg for leg in legs}
    shown = [moment for moment in moments if moment.action not in but]
    return [_happening(moment, begun.get((moment.at, moment.action)), to_reporter) for moment in reversed(shown)]


def custody(legs: Iterable[LegView]) -> list[Held]:
    """Return who held the report, oldest first, without the ending that nobody holds."""
    return [
        Held(leg.holder, leg.desk, leg.started_at, leg.ended_at, leg.gross, leg.net_days)
        for leg in legs
        if leg.holder is not Holder.NOBODY
    ]


def _happening(moment: Moment, leg: LegView | None, to_reporter: bool) -> Happening:
    is_you = to_reporter and moment.role is Role.REPORTER
    reached = leg.desk if leg else moment.facts.get("name", "")
    return Happening(
        at=moment.at,
        lane=moment.lane or "clock",
        actor=words.you() if is_you else words.who(moment.role, moment.desk),
        action=words.did(moment.action) if is_you else words.happened(moment.action, reached),
        text="\n\n".join(part for part in (moment.text, *_details(moment, leg)) if part),
        evidence=links.show(moment.files),
    )


def _details(moment: Moment, leg: LegView | None) -> Iterator[str]:
    """Yield what else is worth knowing of a step: which deadline, why the archive, who is competent, what was done."""
    if moment.action is Action.BREACH:
        yield words.missed(Clock(moment.facts["clock"]), date.fromisoformat(moment.facts["due_on"]))
    if moment.action in (Action.ARCHIVE, Action.LAPSE_PENDING) and moment.facts.get("reason"):
        yield words.archived_because(ArchiveReason(moment.facts["reason"]))
    if leg and leg.named_body:
        yield words.competent(leg.named_body)
    yield from words.ticked(moment.facts)
    if moment.action is Action.CHANGE_SECRECY:
        yield words.hidden(moment.facts)
    if isinstance(moment.done_on, date):
        yield words.work_done(moment.done_on, moment.done_by)
