"""The register of every step (S22): what was done, by which rule, by whom, planned and actual."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from lapor.agencies.queries.tree import agency_infos
from lapor.insights.scope import Scope
from lapor.insights.timing import timed
from lapor.ledger.models import Entry
from lapor.reports.models import Deadline, Report
from lapor.sop.table import STEPS
from lapor.sop.vocabulary import Action, Clock, Role

CHUNK = 1000


@dataclass(frozen=True)
class StepRow:
    """One step that was taken. One that ended two clocks has a row for each, one that ended none has no plan.

    `planned_on` is the local day a clock in working days ended on, `planned_at` the instant of one in minutes.
    """

    at: datetime
    number: str
    rule: str
    action: Action
    role: Role
    desk_name: str
    clock: Clock | None = None
    planned_on: date | None = None
    planned_at: datetime | None = None
    in_time: bool | None = None


def step_register(scope: Scope, first_day: date, last_day: date) -> Iterator[StepRow]:
    """Yield every step of a period in the order it happened; memory and queries grow with chunks, not with rows.

    Three queries for each thousand ledger entries, besides one server-side cursor.
    """
    first, after = scope.instants(first_day, last_day)
    entries = Entry.objects.filter(at__gte=first, at__lt=after, subject__in=scope.readable().values("pk"))
    stream = entries.order_by("at", "id").iterator(chunk_size=CHUNK)
    names: dict[int, str] = {}
    while chunk := list(islice(stream, CHUNK)):
        unseen = {entry.desk for entry in chunk if entry.desk} - names.keys()
        if unseen:
            names |= {desk: info.name for desk, info in agency_infos(unseen).items()}
        yield from _rows(chunk, names)


def first_steps(scope: Scope, first_day: date, last_day: date, *, many: int) -> list[StepRow]:
    """Return the first `many` steps of a period, without reading the rest of it.

    Looks at the first day, then at eight times as many days, and so on: a busy scope is done after one look, a quiet
    one has little to read. Three queries, and one for each look; a year takes four.
    """
    since, after = scope.instants(first_day, last_day)
    readable = scope.readable().values("pk")
    entries: list[Entry] = []
    span = timedelta(days=1)
    while since < after and len(entries) < many:
        until = min(since + span, after)
        found = Entry.objects.filter(at__gte=since, at__lt=until, subject__in=readable).order_by("at", "id")
        entries += found[: many - len(entries)]
        since, span = until, span * 8
    desks = {entry.desk for entry in entries if entry.desk}
    names = {desk: info.name for desk, info in agency_infos(desks).items()} if desks else {}
    return list(islice(_rows(entries, names), many))


Kept = tuple[Clock, date | None, datetime | None, bool]  # a clock that was met: planned day or instant, and in time?


def _rows(entries: Sequence[Entry], names: Mapping[int, str]) -> Iterator[StepRow]:
    reports = Report.objects.in_bulk({entry.subject for entry in entries})
    kept = _kept(entries)
    for entry in entries:
        report = reports[entry.subject]
        row = StepRow(
            at=entry.at,
            number=report.number,
            rule=entry.rule,
            action=Action(entry.action),
            role=Role(entry.role),
            desk_name=names.get(entry.desk or 0, ""),
        )
        met = [clock for clock in kept[entry.subject, entry.at] if clock[0] in _MEETS[row.role, row.action]]
        yield from (replace(row, clock=c, planned_on=on, planned_at=at, in_time=ok) for c, on, at, ok in met)
        if not met:
            yield row


def _kept(entries: Sequence[Entry]) -> Mapping[tuple[int, datetime], list[Kept]]:
    """Return the clocks that were met in the very instants of these entries, by report and instant."""
    met = Deadline.objects.filter(
        report__in={entry.subject for entry in entries},
        met_at__in={entry.at for entry in entries},
        state=Deadline.State.MET,
    )
    found: dict[tuple[int, datetime], list[Kept]] = defaultdict(list)
    columns = ("report_id", "met_at", "clock", "due_day", "due_at", "was_late")
    for report, at, clock, due_day, due_at, was_late in timed(met).order_by("id").values_list(*columns):
        found[report, at].append((Clock(clock), due_day, due_at, not was_late))
    return found


def _which_step_meets_what() -> Mapping[tuple[Role, Action], frozenset[Clock]]:
    meets: dict[tuple[Role, Action], frozenset[Clock]] = defaultdict(frozenset)
    for step in STEPS:
        meets[step.role, step.action] |= frozenset(step.meets)
    return meets


_MEETS = _which_step_meets_what()
