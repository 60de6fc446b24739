"""Reads the reports that an institution received in a month as facts to be counted: six queries, however many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from lapor.agencies.models import Agency, CalendarDay
from lapor.insights.tally import LATE, ON_TIME, OPEN_LATE, Fact
from lapor.insights.timing import timed
from lapor.reports.models import Deadline, Disposition, Report, Response
from lapor.sop.vocabulary import Action, Clock, ResponseKind, Status

State = Deadline.State
HAND_OVERS = (Action.DISPOSE, Action.REDISPOSE, Action.RETURN)
NONE = "-"  # the part of reports that have no unit, category, or place
_COLUMNS = (
    "pk", "unit_id", "category_id", "channel", "classification", "place_id", "place__level", "place__parent_id",
    "is_secret", "status", "close_reason", "received_at", "followed_up_at", "objections", "reopened", "unit_returns",
    "agency_returns", "breaches_noticed", "escalated_at", "rating",
)  # fmt: skip


@dataclass(frozen=True)
class Where:
    """Where a report counts: ids of unit, category and district, codes of channel and classification."""

    unit: int | None
    category: int | None
    channel: str
    classification: str
    district: int | None
    is_secret: bool

    def parts(self, *, inside_unit: bool) -> Iterator[tuple[str, str]]:
        """Yield each dimension with this report's part of it; a unit's own sheet has no units."""
        if not inside_unit:
            yield "unit", str(self.unit or NONE)
        yield "category", str(self.category or NONE)
        yield "channel", self.channel
        yield "classification", self.classification or NONE
        yield "district", str(self.district or NONE)


def after_month(first: date) -> date:
    """Return the first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def received(desk: Agency, first: date) -> QuerySet[Report]:
    """Return the reports that an institution (the national desk: nobody) received in the month, by its own days."""
    zone = ZoneInfo(desk.calendar.zone)
    since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, after_month(first)))
    agency = None if desk.kind == Agency.Kind.NATIONAL else desk
    return Report.objects.filter(agency=agency, received_at__gte=since, received_at__lt=until)


def facts_of(desk: Agency, first: date) -> Iterator[tuple[Where, Fact]]:
    """Yield where each report of the month counts, and what there is to count."""
    reports = received(desk, first)
    rows = list(reports.values(*_COLUMNS))
    if not rows:
        return
    ids = reports.order_by().values("pk")
    clocks, hops, grades = _clocks(ids), _hops(ids), _grades(ids)
    days = _Days(desk, rows, ids)
    for row in rows:
        gross, net = days.of(row)
        yield (
            _where(row),
            Fact(
                status=Status(row["status"]),
                close_reason=row["close_reason"],
                gross=gross,
                net=net,
                objections=row["objections"],
                reopened=row["reopened"],
                returns=row["unit_returns"] + row["agency_returns"],
                hops=hops[row["pk"]],
                breaches=row["breaches_noticed"],
                was_escalated=row["escalated_at"] is not None,
                rating=row["rating"],
                adequate=grades[row["pk"], "adequate"],
                sent_back=grades[row["pk"], "sent_back"],
                clocks=tuple(clocks[row["pk"]]),
            ),
        )


def _where(row: Mapping[str, Any]) -> Where:
    district = row["place__parent_id"] if row["place__level"] == "village" else row["place_id"]
    return Where(row["unit_id"], row["category_id"], row["channel"], row["classification"], district, row["is_secret"])


Ids = QuerySet[Report, Any]


def _clocks(ids: Ids) -> Mapping[int, list[tuple[Clock, str]]]:
    """Return how the officers' clocks of each report were kept; those that still run in time are left out."""
    ended = Q(state__in=(State.MET, State.DROPPED)) | Q(state=State.OVERDUE)
    found: dict[int, list[tuple[Clock, str]]] = defaultdict(list)
    rows = timed(Deadline.objects.filter(ended, report__in=ids))
    columns = ("report_id", "clock", "state", "was_late")
    for report, clock, state, late in rows.values_list(*columns):
        if outcome := _outcome(state, late=late):
            found[report].append((Clock(clock), outcome))
    return found


def _outcome(state: str, *, late: bool) -> str:
    """Return how a clock was kept; one that was dropped in time was taken from the desk, not met."""
    if state == State.OVERDUE:
        return OPEN_LATE
    if late:
        return LATE
    return ON_TIME if state == State.MET else ""


def _hops(ids: Ids) -> Counter[int]:
    legs = Disposition.objects.filter(report__in=ids, is_lead=True, by_action__in=[str(one) for one in HAND_OVERS])
    return Counter(dict(legs.order_by().values_list("report_id").annotate(n=Count("pk"))))


def _grades(ids: Ids) -> Counter[tuple[int, str]]:
    graded = Response.objects.filter(report__in=ids, kind=str(ResponseKind.FOLLOW_UP)).exclude(grade="")
    rows = graded.order_by().values_list("report_id", "grade").annotate(n=Count("pk"))
    return Counter({(report, grade): n for report, grade, n in rows})


class _Days:
    """Working days to the first follow-up, in the institution's calendar."""

    def __init__(self, desk: Agency, rows: list[dict[str, Any]], ids: Ids) -> None:
        self._zone = ZoneInfo(desk.calendar.zone)
        moments = [row[key] for row in rows for key in ("received_at", "followed_up_at") if row[key]]
        first, last = (self._local(moment) for moment in (min(moments), max(moments)))
        days = CalendarDay.objects.filter(calendar=desk.calendar_id, day__range=(first, last))
        self._ordinals = dict(days.values_list("day", "ordinal"))
        self._spans = _questions(ids)

    def of(self, row: Mapping[str, Any]) -> tuple[int | None, int | None]:
        """Return gross and net days, both None while there was no follow-up; never below zero."""
        if row["followed_up_at"] is None:
            return None, None
        began, ended = self._local(row["received_at"]), self._local(row["followed_up_at"])
        gross = self._between(began, ended)
        waited = sum(
            self._between(max(began, since), min(ended, until or ended)) for since, until in self._spans[row["pk"]]
        )
        return gross, max(0, gross - waited)

    def _local(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def _between(self, since: date, until: date) -> int:
        return max(0, self._ordinals.get(until, 0) - self._ordinals.get(since, 0)) if until > since else 0


def _questions(ids: Ids) -> Mapping[int, list[tuple[date, date | None]]]:
    """Return when each report waited for its reporter: only then do the sixty days of S34 stand still."""
    stood = Deadline.objects.filter(report__in=ids, clock=str(Clock.ESCALATION)).exclude(pauses=[])
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for report, pauses in stood.values_list("report_id", "pauses"):
        found[report] += [
            (date.fromisoformat(one["from"]), date.fromisoformat(one["to"]) if one["to"] else None)
            for one in pauses
            if one["why"] == "question"
        ]
    return found
