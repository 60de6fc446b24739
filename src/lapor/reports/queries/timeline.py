"""What happened to a report, moment by moment and holder by holder, as one reader may see it (S79)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lapor.agencies.models import Agency
from lapor.agencies.queries import calendars
from lapor.ledger.models import Entry
from lapor.reports import profiles
from lapor.reports.models import Disposition, Evidence, Report, Response
from lapor.sop.vocabulary import Action, Audience, Holder, ResponseKind, Role

# Steps that only officers see; the public and the reporter see what moves the report or speaks to them.
INTERNAL = frozenset(
    {
        Action.NOTE,
        Action.CONSULT,
        Action.VERIFY,
        Action.EVALUATE,
        Action.EXPLAIN_BREACH,
        Action.ACKNOWLEDGE_BREACH,
        Action.LINK,
        Action.UNLINK,
        Action.CONTRIBUTE,
        Action.SEND_BACK_ANSWER,
        Action.CLASSIFY,
        Action.MARK_FILE,
        Action.HOLD_BACK,
        Action.ASK_DATA,
        Action.GIVE_DATA,
    }
)
# What concerns only the reporter and the system stays out of the public account.
PRIVATE = frozenset(
    {
        Action.CHANGE_SECRECY,
        Action.ASK_CONSENT,
        Action.ANSWER_CONSENT,
        Action.REMIND_PENDING,
        Action.REMIND_SILENCE,
        Action.CLAIM,
        Action.JOIN_CAUSE,
        Action.LEAVE_CAUSE,
    }
)
LANES = {
    Role.REPORTER: Holder.REPORTER,
    Role.NATIONAL_ADMIN: Holder.NATIONAL,
    Role.AGENCY_ADMIN: Holder.AGENCY,
    Role.LIAISON: Holder.UNIT,
    Role.UNIT_OFFICER: Holder.UNIT_OFFICER,
    Role.HEAD: Holder.HEAD,
    Role.OMBUDSMAN: Holder.OMBUDSMAN,
}


@dataclass(frozen=True)
class FileView:
    """One file as shown; `token` names it in addresses."""

    token: str
    name: str
    media_type: str
    size: int
    is_public: bool
    width: int | None
    height: int | None
    stage: str = ""

    @property
    def is_image(self) -> bool:
        """Tell whether it can be shown as a picture."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Moment:
    """One step as shown: who (a lane, a role, a desk), what, and the words and files that came with it.

    `lane` is None for the system's own acts. `audience` tells how far the words are heard.
    """

    seq: int
    at: datetime
    rule: str
    action: Action
    role: Role
    lane: Holder | None
    desk: str
    facts: dict[str, Any]
    kind: ResponseKind | None = None
    audience: Audience | None = None
    text: str = ""
    done_on: object = None
    done_by: str = ""
    grade: str = ""
    files: tuple[FileView, ...] = ()
    appointment: int | None = None


@dataclass(frozen=True)
class LegView:
    """One leg of custody: who held the report, since when, and how long, so far where it runs.

    `gross` is a span of time; `net_days` counts working days.
    """

    seq: int
    holder: Holder
    desk: str
    is_lead: bool
    by: Action
    started_at: datetime
    ended_at: datetime | None
    gross: timedelta
    net_days: int | None
    named_body: str


def moments(report: Report, audiences: Iterable[Audience], *, internal: bool) -> tuple[Moment, ...]:
    """Return the steps that a reader of these audiences may see, oldest first. Four queries.

    `internal` opens the steps that only officers see.
    """
    heard = {str(audience) for audience in audiences}
    entries = list(Entry.objects.filter(subject=report.pk).order_by("seq"))
    responses = {r.pk: r for r in Response.objects.filter(report=report, audience__in=heard)}
    files = _files_by_response(report, public_only=heard == {str(Audience.PUBLIC)})
    desks = dict(Agency.objects.filter(pk__in={e.desk for e in entries if e.desk}).values_list("pk", "name"))
    shown = (entry for entry in entries if internal or Action(entry.action) not in INTERNAL)
    return tuple(_moment(entry, responses, files, desks) for entry in shown)


def legs(report: Report, now: datetime) -> tuple[LegView, ...]:
    """Return the custody chain, oldest leg first; who holds the report now has working days so far. Two queries."""
    chain = list(Disposition.objects.filter(report=report).select_related("desk").order_by("seq"))
    return tuple(
        LegView(
            seq=leg.seq,
            holder=Holder(leg.holder),
            desk=leg.desk.name if leg.desk else "",
            is_lead=leg.is_lead,
            by=Action(leg.by_action),
            started_at=leg.started_at,
            ended_at=leg.ended_at,
            gross=(leg.ended_at or now) - leg.started_at,
            net_days=leg.net_days if leg.ended_at else _days_so_far(report, leg, now),
            named_body=leg.named_body,
        )
        for leg in chain
    )


def _days_so_far(report: Report, leg: Disposition, now: datetime) -> int | None:
    """Return the working days since the leg began; None for a helper's, and for one older than the calendar."""
    if not leg.is_lead:
        return None
    calendar = profiles.calendar_of(report)
    days = [calendars.today(calendar, moment) for moment in (leg.started_at, max(now, leg.started_at))]
    ordinals = calendars.ordinals(calendar.pk, days)
    return ordinals[days[1]] - ordinals[days[0]] if ordinals.keys() >= set(days) else None


def files_of(report: Report, *, public_only: bool = False) -> tuple[FileView, ...]:
    """Return the files that came with the report itself."""
    return _files_by_response(report, public_only=public_only).get(None, ())


def _files_by_response(report: Report, *, public_only: bool) -> dict[int | None, tuple[FileView, ...]]:
    found: dict[int | None, tuple[FileView, ...]] = {}
    rows = Evidence.objects.filter(report=report).order_by("id")
    for row in rows.filter(is_public=True) if public_only else rows:
        view = FileView(row.token, row.name, row.media_type, row.size, row.is_public, row.width, row.height, row.stage)
        found[row.response_id] = (*found.get(row.response_id, ()), view)
    return found


def _moment(
    entry: Entry,
    responses: dict[int, Response],
    files: dict[int | None, tuple[FileView, ...]],
    desks: dict[int, str],
) -> Moment:
    role = Role(entry.role)
    said = responses.get(entry.facts.get("response", 0))
    return Moment(
        seq=entry.seq,
        at=entry.at,
        rule=entry.rule,
        action=Action(entry.action),
        role=role,
        lane=LANES.get(role),
        desk=desks.get(entry.desk or 0, ""),
        facts=entry.facts,
        kind=ResponseKind(said.kind) if said else None,
        audience=Audience(said.audience) if said else None,
        text=said.text if said else "",
        done_on=said.done_on if said else None,
        done_by=said.done_by if said else "",
        grade=said.grade if said else "",
        files=files.get(said.pk, ()) if said else (),
        appointment=entry.appointment,
    )
