"""What the head of a unit must see first: escalated, objected, late; and what waits for the head's own word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from lapor.agencies.models import Agency
from lapor.agencies.queries import calendars
from lapor.kernel.actor import Actor
from lapor.reports.models import Report
from lapor.reports.models.report import IS_OPEN
from lapor.reports.queries.inbox import desk_calendar, pile
from lapor.reports.queries.lateness import Days, Lateness, of_ordinal
from lapor.sop.vocabulary import Holder, Status, Word

MOST = 30

ESCALATED = Q(status=str(Status.ESCALATED))
OBJECTED = Q(status=str(Status.IN_PROGRESS), objections__gt=0) & ~Q(holder=str(Holder.REPORTER))
WAITS = Q(status=str(Status.IN_PROGRESS), holder=str(Holder.HEAD))


class Red(Word):
    """Why a report is red for the head, the gravest first."""

    ESCALATED = "escalated", "Di Ombudsman RI", "With the Ombudsman"
    OBJECTED = "objected", "Pelapor keberatan", "The reporter objects"
    LATE = "late", "Terlambat", "Late"


@dataclass(frozen=True)
class RedRow:
    """One red report: why, since when late, who has it."""

    number: str
    title: str
    why: Red
    status: Status
    due_on: date | None
    lateness: Lateness | None
    holder: Holder
    desk_name: str
    is_secret: bool


@dataclass(frozen=True)
class HeadCounts:
    """How many reports of the unit wait for the head, and how many are red, by why; a report is counted once."""

    waiting: int
    escalated: int
    objected: int
    late: int

    @property
    def red(self) -> int:
        """Return how many are red."""
        return self.escalated + self.objected + self.late


def red_list(actor: Actor, now: datetime) -> tuple[RedRow, ...]:
    """Return the unit's red reports, the gravest first and then the longest overdue, at most MOST. Three queries."""
    calendar = desk_calendar(actor)
    today = calendars.ordinal(calendar.pk, calendars.today(calendar, now))
    late = Q(due_ordinal__lt=today)
    rank = Case(
        When(ESCALATED, then=Value(0)), When(OBJECTED, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    red = _open(actor).filter(ESCALATED | OBJECTED | late).annotate(rank=rank).order_by("rank", "due_ordinal", "id")
    found = list(red.select_related("desk")[:MOST])
    days = Days(calendar, now, (report.due_ordinal for report in found))
    return tuple(_row(report, days, tuple(Red)[report.rank]) for report in found)


def head_counts(unit: int, now: datetime) -> HeadCounts:
    """Return the figures of one unit, over its open reports only. Three queries."""
    calendar = Agency.objects.select_related("calendar").get(pk=unit).calendar
    late = Q(due_ordinal__lt=calendars.ordinal(calendar.pk, calendars.today(calendar, now)))
    counted = Report.objects.filter(IS_OPEN, unit=unit).aggregate(
        waiting=Count("id", WAITS),
        escalated=Count("id", ESCALATED),
        objected=Count("id", OBJECTED),
        late=Count("id", late & ~ESCALATED & ~OBJECTED),
    )
    return HeadCounts(**counted)


def _open(actor: Actor) -> QuerySet[Report]:
    return pile(actor).filter(IS_OPEN)


def _row(report: Report, days: Days, why: Red) -> RedRow:
    return RedRow(
        number=report.number,
        title=report.title,
        why=why,
        status=Status(report.status),
        due_on=days.day(report.due_ordinal),
        lateness=of_ordinal(report.due_ordinal, days.ordinal),
        holder=Holder(report.holder),
        desk_name=(report.desk.short_name or report.desk.name) if report.desk else "",
        is_secret=report.is_secret,
    )
