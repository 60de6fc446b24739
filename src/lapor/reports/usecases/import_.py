"""Take over reports that another system recorded (S26): with their own times, once each, and nobody is told.

What has ended there is written in one sweep, because it starts no clock and has no holder; what is open enters through
the table like any other report, and its clocks count from the day it came in there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from lapor.agencies.models import Agency, CalendarDay, Category, Place
from lapor.agencies.queries import calendars
from lapor.kernel.actor import CLOCK
from lapor.kernel.codes import new_code, show_number
from lapor.ledger.beginnings import Beginning, begin
from lapor.reports import desks, profiles
from lapor.reports.imports import ImportRow
from lapor.reports.models import CountDelta, Disposition, Report, ReportText
from lapor.reports.usecases import _counts
from lapor.reports.usecases._advance import complete_entry, enter
from lapor.sop.engine import Situation, find_step
from lapor.sop.vocabulary import FINAL, Action, Holder, Role, Status

Key = tuple[str, str]  # source and reference there
Series = tuple[str, int]  # prefix and year
Coded = TypeVar("Coded", Agency, Category, Place)


def import_report(row: ImportRow, *, now: datetime) -> bool:
    """Take over one report; False when it is already here. Raises what `import_reports` raises."""
    return bool(import_reports([row], now=now))


@transaction.atomic(durable=True)
def import_reports(rows: Sequence[ImportRow], *, now: datetime) -> set[Key]:
    """Take over all of these reports or none, and return the (source, ref) of those that were not here yet.

    `now` is when they are taken over; their own times stay. Raises Agency.DoesNotExist and the like for codes that
    exist nowhere, OutsideCalendar for an open report older than the calendar, NotPermitted for a status in which
    nothing may enter.
    """
    here = _already_here(rows)
    fresh: dict[Key, ImportRow] = {}
    for row in rows:
        if (row.source, row.ref) not in here:
            fresh.setdefault((row.source, row.ref), row)
    batch = _Batch(fresh.values(), now)
    batch.write_ended([row for row in fresh.values() if row.status in FINAL])
    for row in fresh.values():
        if row.status not in FINAL:
            batch.enter_open(row)
    return set(fresh)


def _already_here(rows: Iterable[ImportRow]) -> set[Key]:
    wanted: dict[str, list[str]] = {}
    for row in rows:
        wanted.setdefault(row.source, []).append(row.ref)
    same = Q(pk__in=())
    for source, refs in wanted.items():
        same |= Q(source=source, source_ref__in=refs)
    return set(Report.objects.filter(same).values_list("source", "source_ref"))


@dataclass
class _Draft:
    """A report about to be written, and the row it is made from."""

    row: ImportRow
    report: Report


class _Batch:
    """What a handful of rows have in common: agencies, places, categories and numbers, each asked for once."""

    def __init__(self, rows: Iterable[ImportRow], now: datetime) -> None:
        rows, self.now = list(rows), now
        self.national = desks.national()
        named = [code for row in rows for code in (row.institution, row.unit)]
        self.agencies = _by_code(Agency.objects.select_related("calendar"), named)
        self.places = _by_code(Place.objects.all(), [row.place for row in rows])
        self.categories = _by_code(Category.objects.all(), [row.category for row in rows])
        self.numbers = _Numbers(self._series(row) for row in rows)
        self.ordinals = _ordinals(day for row in rows if row.ended_at for day in self._span(row))

    def enter_open(self, row: ImportRow) -> None:
        """Let an open report enter by the table; its clocks count from the moment it came in there."""
        report = self._report(row)
        turn = enter(report, Action.IMPORT, actor=CLOCK, now=row.received_at)
        turn.facts.update(self._facts(row))
        ReportText.objects.create(report=report, **_texts(row))
        complete_entry(turn)

    def write_ended(self, rows: list[ImportRow]) -> None:
        """Write reports that have ended, in six statements however many they are."""
        drafts = [_Draft(row, self._report(row)) for row in rows]
        for draft in drafts:
            step = find_step(Situation(None, None), Role.CLOCK, Action.IMPORT, becomes=draft.row.status)
            draft.report.holder, draft.report.version = str(Holder.NOBODY), 1
            draft.report.ended_at = draft.row.ended_at
        Report.objects.bulk_create(draft.report for draft in drafts)
        ReportText.objects.bulk_create(ReportText(report=draft.report, **_texts(draft.row)) for draft in drafts)
        Disposition.objects.bulk_create(self._leg(draft) for draft in drafts if draft.row.ended_at)
        if drafts:
            begin(self._entry(draft, step.rule) for draft in drafts)
        _count(draft.report for draft in drafts)

    def _report(self, row: ImportRow) -> Report:
        desk = self._coordinator(row)
        local_day = calendars.today(desk.calendar, row.received_at)
        profile = profiles.in_force(desk, local_day)
        return Report(
            code=new_code(),
            number=self.numbers.next(self._series(row)),
            status=str(row.status),
            agency=self.agencies.get(row.institution),
            unit=self.agencies.get(row.unit),
            channel=str(row.channel),
            title=row.title,
            classification=str(row.classification or ""),
            category=self.categories.get(row.category),
            tags=[row.source_category] if row.source_category and not row.category else [],
            place=self.places.get(row.place),
            place_note=row.place_note,
            is_anonymous=row.anonymous,
            is_secret=row.secret,
            is_blocked=row.is_blocked,
            profile=profile.code,
            profile_version=profile.version,
            received_at=row.received_at,
            first_response_at=row.answered_at,
            followed_up_at=row.answered_at,
            last_follow_up_on=calendars.today(desk.calendar, row.answered_at) if row.answered_at else None,
            close_reason=str(row.close_reason or ""),
            archive_reason=str(row.archive_reason or ""),
            rating=row.rating,
            escalated_at=row.received_at if row.status is Status.ESCALATED else None,
            source=row.source,
            source_ref=row.ref,
        )

    def _coordinator(self, row: ImportRow) -> Agency:
        return self.agencies[row.institution] if row.institution else self.national

    def _series(self, row: ImportRow) -> Series:
        desk = self._coordinator(row)
        return desk.prefix or "NAS", calendars.today(desk.calendar, row.received_at).year

    def _facts(self, row: ImportRow) -> dict[str, object]:
        """Return what the ledger keeps of a take-over: whence, when, and by which step the report ended there."""
        facts: dict[str, object] = {"source": row.source, "ref": row.ref, "taken_over_at": self.now.isoformat()}
        if row.ended_by:
            facts["ended_by"] = str(row.ended_by)
        return facts

    def _entry(self, draft: _Draft, rule: str) -> Beginning:
        report = draft.report
        return Beginning(
            subject=report.pk,
            rule=rule,
            action=str(Action.IMPORT),
            role=str(Role.CLOCK),
            at=report.received_at,
            facts={**self._facts(draft.row), "status": report.status, "holder": report.holder, "desk": None},
        )

    def _leg(self, draft: _Draft) -> Disposition:
        """Return the one leg that is known of a finished report: with whoever answered, from entry to end."""
        report, row = draft.report, draft.row
        desk = report.unit or self._coordinator(row)
        holder = Holder.UNIT if report.unit else Holder.AGENCY if report.agency else Holder.NATIONAL
        return Disposition(
            report=report,
            seq=1,
            holder=str(holder),
            desk=desk,
            by_action=str(Action.IMPORT),
            started_at=row.received_at,
            ended_at=row.ended_at,
            ended_by=str(row.ended_by or Action.IMPORT),
            net_days=self._net_days(draft),
        )

    def _net_days(self, draft: _Draft) -> int | None:
        """Return the working days from entry to end; None where the calendar does not reach so far back."""
        first, last = (self.ordinals.get(place) for place in self._span(draft.row))
        return None if first is None or last is None else last - first

    def _span(self, row: ImportRow) -> list[tuple[int, date]]:
        calendar = self._coordinator(row).calendar
        moments = (row.received_at, row.ended_at or row.received_at)
        return [(calendar.pk, calendars.today(calendar, moment)) for moment in moments]


def _count(reports: Iterable[Report]) -> None:
    """Count a whole batch with one row for each desk and status."""
    sums = Counter(place for report in reports for place in _counts.places_of(report))
    CountDelta.objects.bulk_create(CountDelta(desk_id=desk, key=key, delta=n) for (desk, key), n in sums.items())


def _texts(row: ImportRow) -> dict[str, str]:
    return {"original_title": row.title, "original": row.text, "published": row.published or row.text}


def _by_code(rows: QuerySet[Coded], codes: Iterable[str]) -> dict[str, Coded]:
    """Return the rows with these codes; raises the model's DoesNotExist when one is missing."""
    wanted = {code for code in codes if code}
    found = {row.code: row for row in rows.filter(code__in=wanted)}
    if missing := wanted - found.keys():
        raise rows.model.DoesNotExist(f"no {rows.model._meta.verbose_name} has the code {min(missing)}")
    return found


def _ordinals(spans: Iterable[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """Return the working-day ordinal of each known (calendar, day), in one query."""
    wanted = set(spans)
    rows = CalendarDay.objects.filter(calendar__in={pk for pk, _ in wanted}, day__in={day for _, day in wanted})
    return {(pk, day): ordinal for pk, day, ordinal in rows.values_list("calendar", "day", "ordinal")}


class _Numbers:
    """Human numbers for a batch: as many as each series needs are taken at once, in one order for all importers."""

    def __init__(self, series: Iterable[Series]) -> None:
        self._next = {each: self._take(each, n) for each, n in sorted(Counter(series).items())}

    def next(self, series: Series) -> str:
        """Return the next number of a series, such as SURABAYA-2022-000001."""
        n = self._next[series]
        self._next[series] += 1
        return show_number(*series, n)

    @staticmethod
    def _take(series: Series, n: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [*series, n])
            return int(cursor.fetchone()[0]) - n + 1


_TAKE = """
INSERT INTO reports_numberseries (prefix, year, last) VALUES (%s, %s, %s)
ON CONFLICT (prefix, year) DO UPDATE SET last = reports_numberseries.last + EXCLUDED.last RETURNING last
"""
