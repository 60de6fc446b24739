"""Folds each institution's months into sheets, so that a report of a year reads twelve rows and not a million.

What changed is found in the ledger. Ids are given out before their transactions commit, so a look goes back to a mark
that is older than any transaction lives; folding a month again gives the same sheet, so going back costs only time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, Q

from lapor.agencies.models import Agency
from lapor.insights.facts import facts_of
from lapor.insights.tally import Tally, tally, total
from lapor.ledger.models import Entry
from lapor.reports.models import MonthDue, MonthMark, MonthSheet

LOOK_EVERY = timedelta(minutes=2)
LONGEST_TRANSACTION = timedelta(minutes=10)
AT_ONCE = 20
NATIONAL_PARTS = ("category", "channel", "classification")  # units and districts of all institutions are no summary
Span = MonthSheet.Span
Parts = dict[str, dict[str, Tally]]
Counted = dict[tuple[int | None, bool], tuple[Tally, Parts]]  # (desk, secret?) to its counts

# The months whose reports moved, at the institution that has the report now and at the one that gave it back.
_NOTE = """
INSERT INTO reports_monthdue (desk_id, first)
SELECT DISTINCT moved.institution, date_trunc('month', timezone(c.zone, r.received_at))::date
FROM (SELECT DISTINCT subject, desk AS by_desk FROM ledger_entry WHERE id > %(after)s AND id <= %(until)s) e
JOIN reports_report r ON r.id = e.subject
LEFT JOIN agencies_agency actor ON actor.id = e.by_desk
CROSS JOIN LATERAL (VALUES (coalesce(r.agency_id, %(national)s)), (actor.institution_id)) moved (institution)
JOIN agencies_agency a ON a.id = moved.institution JOIN agencies_calendar c ON c.id = a.calendar_id
ON CONFLICT (desk_id, first) DO NOTHING
"""


def fold_months(*, now: datetime, at_once: int = AT_ONCE) -> int:
    """Note which months changed, and fold up to `at_once` of them; returns how many were folded.

    Any number of workers may call it; one of them works at a time.
    """
    _note_changes(now)
    folded = 0
    while folded < at_once and _fold_one(now):
        folded += 1
    return folded


def fold_everything(*, now: datetime) -> int:
    """Fold until nothing is due; for a first start, and for those who cannot wait. Returns how many were folded."""
    MonthMark.objects.all().delete()
    folded = 0
    while done := fold_months(now=now, at_once=1000):
        folded += done
    return folded


@transaction.atomic
def _note_changes(now: datetime) -> None:
    with connection.cursor() as cursor:
        if not _alone():
            return
        newest = MonthMark.objects.aggregate(at=Max("at"))["at"]
        if newest is not None and now - newest < LOOK_EVERY and now >= newest:
            return
        after = MonthMark.objects.filter(at__lte=now - LONGEST_TRANSACTION).aggregate(entry=Max("entry"))["entry"] or 0
        until = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
        national = Agency.objects.values_list("pk", flat=True).get(kind=Agency.Kind.NATIONAL)
        cursor.execute(_NOTE, {"after": after, "until": until, "national": national})
    MonthMark.objects.filter(entry__lt=after).delete()
    MonthMark.objects.create(entry=until, at=now)


def _alone() -> bool:
    """Tell whether this transaction is the only one that folds: two would add up the same year at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('lapor fold months'))")
        return bool(cursor.fetchone()[0])


@transaction.atomic
def _fold_one(now: datetime) -> bool:
    """Fold the month that is due; those of single institutions first, then what adds them up."""
    if not _alone():
        return False
    found = MonthDue.objects.select_related("desk__calendar").order_by("desk_id", "first").first()
    if found is None:
        return False
    found.delete()
    if found.desk is None:
        _fold_nation(found.first, now)
        return True
    counted = count_month(found.desk, found.first)
    desks = _replace(found.desk, found.first, counted, now)
    _fold_years(desks, found.first.year, now)
    MonthDue.objects.bulk_create([MonthDue(desk=None, first=found.first)], ignore_conflicts=True)
    return True


def count_month(desk: Agency, first: date) -> Counted:
    """Return the counts of an institution's month, for itself and for each of its units, secret reports apart."""
    tallies: dict[tuple[int | None, bool], list[Tally]] = defaultdict(list)
    parts: dict[tuple[int | None, bool], dict[str, dict[str, list[Tally]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for where, fact in facts_of(desk, first):
        counts = tally(fact)
        for key in {(desk.pk, where.is_secret), (where.unit or desk.pk, where.is_secret)}:
            tallies[key].append(counts)
            for dimension, part in where.parts(inside_unit=key[0] != desk.pk):
                parts[key][dimension][part].append(counts)
    return {
        key: (
            total(some),
            {
                dimension: {part: total(these) for part, these in by_part.items()}
                for dimension, by_part in parts[key].items()
            },
        )
        for key, some in tallies.items()
    }


def _replace(desk: Agency, first: date, counted: Counted, now: datetime) -> set[int]:
    """Put the new sheets of an institution's month into the place of the old ones; returns the desks concerned."""
    own = Q(desk=desk) | Q(desk__institution=desk)
    old = MonthSheet.objects.filter(own, span=Span.MONTH, first=first)
    desks = set(old.values_list("desk_id", flat=True))
    MonthSheet.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    _write(counted, Span.MONTH, first, now)
    return {key for key in desks | {key for key, _ in counted} if key is not None}


def _fold_years(desks: Iterable[int], year: int, now: datetime) -> None:
    """Add up the months of these desks' year."""
    wanted = MonthSheet.objects.filter(desk__in=list(desks), span=Span.MONTH, first__year=year)
    found: dict[tuple[int | None, bool], list[MonthSheet]] = defaultdict(list)
    for sheet in wanted:
        found[sheet.desk_id, sheet.is_secret].append(sheet)
    MonthSheet.objects.filter(desk__in=list(desks), span=Span.YEAR, first=date(year, 1, 1)).delete()
    _write({key: added(sheets) for key, sheets in found.items()}, Span.YEAR, date(year, 1, 1), now)


def _fold_nation(first: date, now: datetime) -> None:
    """Add up a month of all institutions, and its year."""
    kinds = (Agency.Kind.INSTITUTION, Agency.Kind.NATIONAL)
    months = MonthSheet.objects.filter(span=Span.MONTH, first=first, desk__kind__in=kinds)
    _put_nation(months, Span.MONTH, first, now)
    years = MonthSheet.objects.filter(span=Span.MONTH, first__year=first.year, desk=None)
    _put_nation(years, Span.YEAR, date(first.year, 1, 1), now)


def _put_nation(sheets: Iterable[MonthSheet], span: str, first: date, now: datetime) -> None:
    found: dict[tuple[int | None, bool], list[MonthSheet]] = defaultdict(list)
    for sheet in sheets:
        found[None, sheet.is_secret].append(sheet)
    MonthSheet.objects.filter(desk=None, span=span, first=first).delete()
    _write({key: added(some, only=NATIONAL_PARTS) for key, some in found.items()}, span, first, now)


def added(sheets: Iterable[MonthSheet], *, only: Iterable[str] | None = None) -> tuple[Tally, Parts]:
    """Return the sum of sheets and of their parts, or of `only` some dimensions."""
    sheets = list(sheets)
    parts: dict[str, dict[str, list[Tally]]] = defaultdict(lambda: defaultdict(list))
    for sheet in sheets:
        for dimension, by_part in sheet.parts.items():
            if only is None or dimension in only:
                for part, counts in by_part.items():
                    parts[dimension][part].append(counts)
    summed = {dimension: {part: total(some) for part, some in by_part.items()} for dimension, by_part in parts.items()}
    return total(sheet.totals for sheet in sheets), summed


def _write(counted: Counted, span: str, first: date, now: datetime) -> None:
    MonthSheet.objects.bulk_create(
        MonthSheet(desk_id=desk, first=first, span=span, is_secret=secret, totals=totals, parts=parts, made_at=now)
        for (desk, secret), (totals, parts) in counted.items()
    )
