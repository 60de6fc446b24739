"""Admin Instansi's board (S56): each unit's pile now, how its reports of a year went, and what quality review found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lapor.agencies.models import Agency
from lapor.agencies.queries import calendars
from lapor.insights.monthly import YEAR, Period, Reach
from lapor.insights.rubric import mean_mark
from lapor.insights.tally import Tally, total
from lapor.kernel.actor import Actor
from lapor.reports.access import visible_to
from lapor.reports.models import AnswerPrint, MonthSheet, QualityMark, Report, Response
from lapor.reports.models.report import IS_OPEN
from lapor.sop.vocabulary import CloseReason, Status, Word

PAGE = 40
ALIKE_WITHIN = timedelta(days=90)
FEW_ANSWERS = 10  # fewer tell nothing about a unit


class What(Word):
    """What a number of the board counts among the reports of a year, each with a list behind it."""

    SILENT = "silent", "Ditutup karena pelapor diam", "Closed by silence"
    OBJECTED = "objected", "Pelapor keberatan", "Objected"
    REOPENED = "reopened", "Dibuka kembali", "Reopened"
    RETURNED = "returned", "Pernah dikembalikan", "Returned"
    SENT_BACK = "sent_back", "Jawaban dikembalikan ke unit", "Answer sent back to the unit"
    ADEQUATE = "adequate", "Jawaban dinilai memadai", "Answer found adequate"


def _has_answer(grade: str) -> Q:
    return Q(Exists(Response.objects.filter(report=OuterRef("pk"), grade=grade)))


_IS = {
    What.SILENT: Q(status=str(Status.CLOSED), close_reason=str(CloseReason.SILENCE)),
    What.OBJECTED: Q(objections__gt=0),
    What.REOPENED: Q(reopened__gt=0),
    What.RETURNED: Q(unit_returns__gt=0) | Q(agency_returns__gt=0),
    What.SENT_BACK: _has_answer("sent_back"),
    What.ADEQUATE: _has_answer("adequate"),
}


@dataclass(frozen=True)
class UnitRow:
    """One unit: what it owes now, and the counts of the year. `unit` is empty for reports that no unit has."""

    unit: str
    name: str
    waiting: int = 0
    in_progress: int = 0
    pending: int = 0
    late: int = 0
    counts: Tally = field(default_factory=Tally)
    quality: float | None = None
    judged: int = 0
    answered: int = 0
    alike: int = 0

    @property
    def copied(self) -> float | None:
        """The share of the follow-ups of ALIKE_WITHIN that say nearly what another one said, None below FEW_ANSWERS."""
        return self.alike / self.answered if self.answered >= FEW_ANSWERS else None

    @property
    def open(self) -> int:
        """Everything it has to do or wait for."""
        return self.waiting + self.in_progress + self.pending


@dataclass(frozen=True)
class Listed:
    """One report behind a number."""

    id: int
    number: str
    title: str
    status: Status
    unit_name: str
    received_at: datetime
    is_secret: bool


@dataclass(frozen=True)
class Lists:
    """One page; `older` is the cursor of the next, None at the end."""

    rows: list[Listed]
    older: int | None


def board(actor: Actor, seen: Reach, period: Period, *, now: datetime) -> list[UnitRow]:
    """Return a row for each unit that has or had anything, by name; what no unit has comes last. Seven queries.

    The piles are counted along the open reports of the institution; the year comes from its folded sheets.
    """
    institution = _institution(seen)
    live = _live(actor, institution, now)
    counts = _year(seen, institution, period)
    marks = _marks(actor, institution, period)
    answers = _answers(actor, institution, now)
    ids = live.keys() | counts.keys() | marks.keys() | answers.keys()
    names = dict(Agency.objects.filter(pk__in=[one for one in ids if one]).values_list("pk", "name"))
    codes = dict(Agency.objects.filter(pk__in=names).values_list("pk", "code"))
    rows = [
        UnitRow(
            unit=codes.get(one or 0, ""),
            name=names.get(one or 0, ""),
            counts=counts.get(one, Tally()),
            quality=mean_mark(marks.get(one, [])),
            judged=len(marks.get(one, [])),
            **live.get(one, {}),
            **answers.get(one, {}),
        )
        for one in ids
    ]
    return sorted(rows, key=lambda row: (not row.unit, row.name))


def _institution(seen: Reach) -> Agency:
    if seen.desk is None:
        raise ValueError("a board is about one institution")
    return seen.desk


def _live(actor: Actor, institution: Agency, now: datetime) -> Mapping[int | None, dict[str, int]]:
    today = calendars.ordinal(institution.calendar_id, calendars.today(institution.calendar, now))
    reports = visible_to(actor).filter(IS_OPEN, agency=institution)
    rows = reports.order_by().values("unit_id").annotate(
        waiting=Count("pk", filter=Q(status__in=[str(Status.UNVERIFIED), str(Status.DISPOSED)])),
        in_progress=Count("pk", filter=Q(status=str(Status.IN_PROGRESS))),
        pending=Count("pk", filter=Q(status=str(Status.PENDING))),
        late=Count("pk", filter=Q(due_ordinal__lt=today)),
    )  # fmt: skip
    return {row.pop("unit_id"): row for row in rows}


def _year(seen: Reach, institution: Agency, period: Period) -> Mapping[int | None, Tally]:
    """Return the counts of each unit, read from the institution's own sheets."""
    sheets = MonthSheet.objects.filter(desk=institution, span=YEAR, first=date(period.first.year, 1, 1))
    if not seen.with_secret:
        sheets = sheets.filter(is_secret=False)
    found: dict[int | None, list[Mapping[str, int]]] = {}
    for parts in sheets.values_list("parts", flat=True):
        for key, counts in parts.get("unit", {}).items():
            found.setdefault(int(key) if key.isdecimal() else None, []).append(counts)
    return {unit: total(some) for unit, some in found.items()}


def _marks(actor: Actor, institution: Agency, period: Period) -> Mapping[int | None, list[dict[str, Any]]]:
    marks = QualityMark.objects.filter(
        sample__agency=institution, sample__first__year=period.first.year, at__isnull=False,
        report__in=visible_to(actor),
    )  # fmt: skip
    found: dict[int | None, list[dict[str, Any]]] = {}
    for unit, given in marks.values_list("unit_id", "marks"):
        found.setdefault(unit, []).append(given)
    return found


def _answers(actor: Actor, institution: Agency, now: datetime) -> Mapping[int | None, dict[str, int]]:
    """Return how many follow-ups each unit gave lately, and how many said nearly what another one said."""
    given = AnswerPrint.objects.filter(agency=institution, at__gte=now - ALIKE_WITHIN, report__in=visible_to(actor))
    rows = given.order_by().values("unit_id").annotate(answered=Count("pk"), alike=Count("pk", filter=Q(is_alike=True)))
    return {row.pop("unit_id"): row for row in rows}


def behind(actor: Actor, seen: Reach, period: Period, what: What, *, unit: str = "", after: int | None = None) -> Lists:
    """Return the reports that a number of the board counts, newest first; `unit` is a unit's code, or empty for all.

    One query.
    """
    institution = _institution(seen)
    reports = received_in(actor, institution, period).filter(_IS[what])
    if unit:
        reports = reports.filter(unit__code=unit)
    if after is not None:
        reports = reports.filter(pk__lt=after)
    found = list(reports.select_related("unit").order_by("-pk")[: PAGE + 1])
    return Lists([_listed(report) for report in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else None)


def received_in(actor: Actor, institution: Agency, period: Period) -> QuerySet[Report]:
    """Return what this actor may read of the reports that an institution received in a period, by its own days."""
    zone = ZoneInfo(institution.calendar.zone)
    since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (period.first, period.after.first))
    return visible_to(actor).filter(agency=institution, received_at__gte=since, received_at__lt=until)


def _listed(report: Report) -> Listed:
    return Listed(
        id=report.pk,
        number=report.number,
        title=report.title,
        status=Status(report.status),
        unit_name=report.unit.name if report.unit else "",
        received_at=report.received_at,
        is_secret=report.is_secret,
    )
