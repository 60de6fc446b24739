"""A case as the desk's components draw it: moments with their speakers, files with addresses, the next due date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.queries.roles import appointment_infos
from lapor.desk.particulars import particulars
from lapor.kernel.templatetags.ui import label
from lapor.reports.queries.case import Case
from lapor.reports.queries.deadlines import ClockView
from lapor.reports.queries.timeline import FileView, Moment
from lapor.sop.table import CLOCK_ACTS
from lapor.sop.vocabulary import Audience, Holder, ResponseKind, Role, Word


@dataclass(frozen=True)
class File:
    """A file with the address at which this desk may open it."""

    url: str
    name: str
    media_type: str
    is_public: bool


@dataclass(frozen=True)
class Said:
    """One step of the timeline, ready to be drawn."""

    at: datetime
    lane: Holder | str
    actor: str
    action: Word
    text: str
    notes: list[str]
    evidence: list[File]
    is_public: bool


@dataclass(frozen=True)
class Held:
    """One leg of custody, ready to be drawn."""

    holder: Holder
    desk_name: str
    started_at: datetime
    ended_at: datetime | None
    gross: timedelta
    net_days: int | None


def story(case: Case) -> list[Said]:
    """Return the timeline with the officers' names. One query."""
    officers = appointment_infos({moment.appointment for moment in case.moments if moment.appointment})
    names = {appointment: info.name for appointment, info in officers.items()}
    return [_said(case, moment, names.get(moment.appointment or 0, "")) for moment in case.moments]


def _said(case: Case, moment: Moment, name: str) -> Said:
    role = "" if moment.desk.startswith(label(moment.role)) else label(moment.role)
    speaker = ", ".join(part for part in (name, role, moment.desk) if part)
    return Said(
        at=moment.at,
        lane=moment.lane or "clock",
        actor=speaker,
        action=moment.action,
        text=moment.text,
        notes=particulars(case, moment),
        evidence=files(case, moment.files, inner=moment.audience is Audience.OFFICERS),
        is_public=moment.audience in (None, Audience.PUBLIC) and moment.kind is not ResponseKind.NOTE,
    )


def files(case: Case, found: Sequence[FileView], *, inner: bool = False) -> list[File]:
    """Return files with their addresses; what an `inner` moment brought is not public, whatever it was marked."""
    where = [reverse("desk:evidence", args=[case.report.number, one.token]) for one in found]
    return [
        File(url, one.name, one.media_type, one.is_public and not inner) for url, one in zip(where, found, strict=True)
    ]


def custody(case: Case) -> list[Held]:
    """Return the chain of those who were responsible; co-handlers stand in the timeline."""
    return [
        Held(leg.holder, leg.desk, leg.started_at, leg.ended_at, leg.gross, leg.net_days)
        for leg in case.legs
        if leg.is_lead
    ]


def owed(case: Case) -> list[ClockView]:
    """Return the clocks that run, stand still or are overdue: what ends first stands first, what stands still last."""
    live = [clock for clock in case.clocks if clock.is_live]
    days = {clock.id: clock.due_on or (clock.due_at.date() if clock.due_at else date.max) for clock in live}
    return sorted(live, key=lambda clock: (days[clock.id], clock.id))


def next_due(case: Case) -> ClockView | None:
    """Return the clock whose end an officer must meet next."""
    asked = (clock for clock in owed(case) if clock.clock not in CLOCK_ACTS)
    waiting = [(clock.due_on, clock.id, clock) for clock in asked if clock.due_on]
    return min(waiting)[2] if waiting else None


def named_body(case: Case) -> str:
    """Return the competent body that the newest return named; empty when there was none."""
    return next((leg.named_body for leg in reversed(case.legs) if leg.named_body), "")


def waiting_answer(case: Case) -> str:
    """Return the unit's answer that waits to be released; empty when none does."""
    answers = [moment.text for moment in case.moments if moment.kind is ResponseKind.UNIT_ANSWER]
    return answers[-1] if answers and case.report.answer_waiting else ""


def waiting_files(case: Case) -> tuple[FileView, ...]:
    """Return the files that came with the answer that waits to be released."""
    answers = [moment.files for moment in case.moments if moment.kind is ResponseKind.UNIT_ANSWER]
    return answers[-1] if answers and case.report.answer_waiting else ()


def reporter(case: Case) -> str:
    """Return what a desk knows of the reporter without looking: every look has a reason and is written down."""
    if case.report.is_anonymous:
        return _("Anonymous")
    return _("Not known") if case.report.reporter_ref is None else _("Known, but sealed")


def may_reveal(case: Case, role: Role) -> bool:
    """Tell whether this role may ask who reported: the national desk always, a handling desk unless it is anonymous."""
    if case.report.reporter_ref is None:
        return False
    handles = role in (Role.AGENCY_ADMIN, Role.LIAISON) and case.may_act
    return role is Role.NATIONAL_ADMIN or (handles and not case.report.is_anonymous)


def facts(case: Case, role: Role) -> dict[str, Any]:
    """Return everything the case page draws besides its panel."""
    return {
        "moments": story(case),
        "legs": custody(case),
        "files": files(case, case.files),
        "clocks": owed(case),
        "due": next_due(case),
        "named_body": named_body(case),
        "reporter": reporter(case),
        "may_reveal": may_reveal(case, role),
    }
