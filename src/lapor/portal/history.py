"""A report's steps and holders as the shared components draw them, in citizens' words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lapor.portal import links, words
from lapor.portal.links import Shown
from lapor.reports.queries.timeline import LegView, Moment
from lapor.sop.vocabulary import Action, Holder


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


def happenings(moments: Iterable[Moment], *, but: frozenset[Action] = frozenset()) -> list[Happening]:
    """Return the timeline, newest first, without the steps in `but`."""
    shown = [moment for moment in moments if moment.action not in but]
    return [_happening(moment) for moment in reversed(shown)]


def custody(legs: Iterable[LegView]) -> list[Held]:
    """Return who held the report, oldest first, without the ending that nobody holds."""
    return [
        Held(leg.holder, leg.desk, leg.started_at, leg.ended_at, leg.gross, leg.net_days)
        for leg in legs
        if leg.holder is not Holder.NOBODY
    ]


def _happening(moment: Moment) -> Happening:
    return Happening(
        at=moment.at,
        lane=moment.lane or "clock",
        actor=words.who(moment.role, moment.desk),
        action=words.happened(moment.action),
        text=moment.text,
        evidence=links.show(moment.files),
    )
