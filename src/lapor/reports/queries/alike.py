"""Other reports to look at before deciding: those that say the same, and those of the same reporter."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Left

from lapor.kernel.actor import Actor
from lapor.language.traces import BITS, Traces, traces_of
from lapor.reports.access import visible_to
from lapor.reports.models import Report
from lapor.sop.vocabulary import Role, Status

EXCERPT = 1_500  # characters of each text that are compared
MOST_COMPARED = 20
MOST_OF_ONE = 5

PERIOD, PERIODS_BACK = 64, 2  # days; so two reports up to 128 days apart always meet
PERIODS_OF_A_YEAR = 6
ANYWHERE = 0  # instead of an institution's id: what is kept as it is
SAMPLE = 300  # newest reports that tell how common a word is
ASKED, FEWEST, COMMON = 14, 4, 0.03  # traces of words that are looked up; the share from which one is common
BOUND = 400  # rows of one trace and period that are looked at
WEIGHED = 150  # reports, the best by what was asked, that are weighed by all they share
MOST_SENDERS = 1_000  # counted; more are as many
OF_PLACE, OF_COPY = 2.0, 10.0  # weights beside a word's
_SPREAD, _LOW = 0x9E3779B97F4A7C15, (1 << BITS) - 1

# The row -1 tells how many reports were looked at.
_COMMON = f"""
WITH newest AS MATERIALIZED (SELECT keys FROM reports_trace WHERE agency_id {{agency}} ORDER BY report_id DESC LIMIT %s)
SELECT one & {_LOW}, count(*) FROM newest, unnest(keys) one GROUP BY 1 HAVING count(*) > 1
UNION ALL SELECT -1, count(*) FROM newest
"""  # noqa: S608 - a constant of this file
# One trace at a time: asked for all at once (&&), a planner that thinks them many reads the whole table.
_NEAREST = f"""
WITH weights AS (SELECT * FROM unnest(%s::bigint[], %s::float8[]) AS weights (one, weight)),
    near AS MATERIALIZED (SELECT report_id FROM unnest(%s::bigint[]) asked JOIN weights ON one = asked & {_LOW}
        CROSS JOIN LATERAL (SELECT report_id FROM reports_trace WHERE keys @> ARRAY[asked] LIMIT {BOUND}) found
        WHERE report_id <> %s GROUP BY report_id ORDER BY sum(weight) DESC, report_id DESC LIMIT {WEIGHED})
SELECT report_id FROM near JOIN reports_trace USING (report_id), unnest(keys) kept JOIN weights ON one = kept & {_LOW}
GROUP BY report_id ORDER BY sum(weight) DESC, report_id DESC LIMIT %s
"""  # noqa: S608 - as above
# Copies share most of the four traces of the whole text; another text hardly one.
_SENDERS = f"""
SELECT count(DISTINCT CASE WHEN r.is_anonymous OR r.is_secret OR r.reporter_ref IS NULL THEN 'r' || r.id
    ELSE r.reporter_ref::text END)
FROM (SELECT report_id FROM unnest(%s::bigint[]) asked
    CROSS JOIN LATERAL (SELECT report_id FROM reports_trace WHERE keys @> ARRAY[asked] LIMIT {MOST_SENDERS}) one
    GROUP BY report_id HAVING count(*) >= 3) t
JOIN reports_report r ON r.id = t.report_id WHERE NOT r.is_blocked
"""  # noqa: S608 - as above


@dataclass(frozen=True)
class Alike:
    """Another report that this officer may read. `is_open` tells whether it can still be answered.

    `unit_code` is of the unit that does its work today: of one that was merged, of who took over.
    """

    id: int
    number: str
    title: str
    excerpt: str
    status: Status
    unit: str
    unit_code: str
    place: str
    place_code: str
    received_at: datetime


@dataclass(frozen=True)
class Candidates:
    """Reports that may say the same, the likeliest first, and how common each trace is where they come from."""

    rows: tuple[Alike, ...]
    common: Commonness


def resembling(report: Report, text: str) -> list[int]:
    """Return the ids of the institution's reports of about a year that share the rarest traces, best first.

    For who asks what was done before; which of them may be shown is theirs to ask. Two queries.
    """
    found, own = traces_of(text), report.agency_id or ANYWHERE
    common = Commonness(own, *_sampled(report.agency_id))
    weights = {scoped(one, own): common.weight(one) for one in found.words}
    asked = [scoped(one, own) for one in common.rarest(found.words)]
    return _nearest(weights, _looked_up(asked, report, PERIODS_OF_A_YEAR), report.pk, WEIGHED)


def candidates(actor: Actor, report: Report, text: str, most: int = MOST_COMPARED) -> Candidates:
    """Return the reports that share the rarest traces with `text`, best first, as far as this officer may read them.

    Looked at are the reports of the same institution (before it has one, those of the national desk) that came in up to
    PERIODS_BACK periods before, or since; for the national desk also copies of the text anywhere. Three queries through
    an index: the newest SAMPLE reports tell how rare a trace is, and at most BOUND rows for each trace and period are
    weighed, however many reports there are.
    """
    found, own = traces_of(text), report.agency_id or ANYWHERE
    common = Commonness(own, *_sampled(report.agency_id))
    wide = ANYWHERE if actor.role is Role.NATIONAL_ADMIN else own
    weights = {scoped(one, own): common.weight(one) for one in found.words}
    weights |= {scoped(one, own): OF_PLACE * common.weight(one) for one in found.places}
    weights |= {scoped(one, wide): OF_COPY for one in found.copies}
    rare = common.rarest(found.words)
    asked = [scoped(one, own) for one in (*rare, *found.places)] + [scoped(one, wide) for one in found.copies]
    best = _nearest(weights, _looked_up(asked, report), report.pk, most * 2)
    seen = visible_to(actor).filter(pk__in=best, is_blocked=False) if best else Report.objects.none()
    rows = {row.pk: _row(row) for row in _drawn(seen)} if best else {}
    return Candidates(tuple(rows[pk] for pk in best if pk in rows)[:most], common)


def keys_of(found: Traces, agency: int, day: int) -> list[int]:
    """Return what is indexed of a report that came in on `day` (an ordinal) at this institution, or ANYWHERE.

    The period stands above the trace, so that what is long past costs a question nothing.
    """
    own = [scoped(one, agency) for one in (*found.words, *found.places, *found.copies)]
    period = day // PERIOD << BITS
    return sorted({period | one for one in (*own, *found.copies)})


def kept_under(trace: int, agency: int, period: int) -> int:
    """Return the number of a trace at one institution or unit in one period."""
    return period << BITS | scoped(trace, agency)


def scoped(trace: int, agency: int) -> int:
    """Return a trace as it is kept for one institution: so the past of one costs the others nothing."""
    return trace ^ (agency * _SPREAD & _LOW)


def _looked_up(traces: Iterable[int], report: Report, back: int = PERIODS_BACK) -> list[int]:
    """Return the keys of these traces in the periods that are looked at."""
    period = report.received_at.toordinal() // PERIOD
    return [at << BITS | one for one in traces for at in range(period - back, period + 2)]


class Commonness:
    """In how many of an institution's newest reports a trace stands."""

    def __init__(self, agency: int, counts: Mapping[int, int], reports: int) -> None:
        """Begin with the counts of kept traces among `reports` reports."""
        self._agency, self._counts, self.reports = agency, counts, reports

    def of(self, trace: int) -> int:
        """Return in how many it stands."""
        return self._counts.get(scoped(trace, self._agency), 0)

    def weight(self, trace: int) -> float:
        """Return what sharing it counts: nothing for one that stands everywhere."""
        return math.log((1 + self.reports) / (1 + self.of(trace)))

    def rarest(self, traces: Iterable[int]) -> list[int]:
        """Return the rarest, ASKED at most, and as many more than FEWEST as are no common words."""
        ordered = sorted(traces, key=self.of)[:ASKED]
        most = COMMON * self.reports
        return [one for number, one in enumerate(ordered) if number < FEWEST or self.of(one) <= most]


def _sampled(agency: int | None) -> tuple[dict[int, int], int]:
    """Return in how many of the newest SAMPLE reports each kept trace stands, and how many they are."""
    where, params = ("= %s", [agency]) if agency else ("IS NULL", [])
    with connection.cursor() as cursor:
        cursor.execute(_COMMON.format(agency=where), [*params, SAMPLE])
        counts = dict(cursor.fetchall())
    return counts, counts.pop(-1, 0)


def _nearest(weights: Mapping[int, float], keys: list[int], but: int, most: int) -> list[int]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [list(weights), list(weights.values()), keys, but, most])
        return [pk for (pk,) in cursor.fetchall()]


def repeated_by(report: Report, text: str, copies: Iterable[int]) -> tuple[frozenset[int], int]:
    """Return which of these copies the same reporter sent, and how many senders the text has; two queries.

    That two reports come from one person is part of who the person is: an anonymous or secret one is the same
    reporter's as no other, and counts as a sender of its own.
    """
    known = {"is_anonymous": False, "is_secret": False, "reporter_ref__isnull": False}
    mine = report.reporter_ref is not None and not report.is_anonymous and not report.is_secret
    own = Report.objects.filter(pk__in=list(copies), reporter_ref=report.reporter_ref, **known) if mine else ()
    again = frozenset(one.pk for one in own)
    asked = [scoped(one, report.agency_id or ANYWHERE) for one in traces_of(text).copies]
    with connection.cursor() as cursor:
        cursor.execute(_SENDERS, [_looked_up(asked, report)])
        (senders,) = cursor.fetchone()
    return again, senders


def others_of_reporter(actor: Actor, report: Report) -> tuple[Alike, ...]:
    """Return the newest other reports of the same reporter that this officer may read, at most MOST_OF_ONE.

    Nothing where this report is anonymous or secret, and never one that is: that two reports come from one person is
    part of who the person is, and who reported is learned only by asking for it with a reason that the reporter reads.
    One query.
    """
    if report.reporter_ref is None or report.is_anonymous or report.is_secret:
        return ()
    found = visible_to(actor).filter(reporter_ref=report.reporter_ref, is_anonymous=False, is_secret=False)
    return tuple(_row(row) for row in _drawn(found.exclude(pk=report.pk).order_by("-id"))[:MOST_OF_ONE])


def _drawn(found: QuerySet[Report]) -> QuerySet[Report]:
    shown = found.select_related("unit__merged_into", "place").annotate(excerpt=Left("text__published", EXCERPT))
    return shown.only(
        "number",
        "title",
        "status",
        "received_at",
        "place_id",
        "unit__name",
        "unit__short_name",
        "unit__code",
        "unit__merged_into__code",
        "place__name",
        "place__code",
    )


def _row(row: Report) -> Alike:
    return Alike(
        id=row.pk,
        number=row.number,
        title=row.title,
        excerpt=row.excerpt,  # type: ignore[attr-defined]
        status=Status(row.status),
        unit=(row.unit.short_name or row.unit.name) if row.unit else "",
        unit_code=(row.unit.merged_into or row.unit).code if row.unit else "",
        place=row.place.name if row.place else "",
        place_code=row.place.code if row.place else "",
        received_at=row.received_at,
    )
