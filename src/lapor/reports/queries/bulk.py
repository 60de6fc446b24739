"""What one act would do to each of several reports, and what it did: nothing beyond what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lapor.kernel.actor import Actor, person
from lapor.reports import access
from lapor.reports.models import BulkItem, BulkRun, Report
from lapor.reports.refusals import NotPermitted, NotYourDesk
from lapor.reports.situation import situation_of
from lapor.sop.engine import StepRefused, find_step
from lapor.sop.table import Step
from lapor.sop.vocabulary import Action, Status

MOST = 50  # reports in one go


@dataclass(frozen=True)
class Line:
    """One report: the step it would take, or the sentence that says why not."""

    id: int
    number: str
    title: str
    status: Status
    version: int
    is_secret: bool
    step: Step | None
    why_not: object = ""


@dataclass(frozen=True)
class Outcome:
    """One report of a run that was sent: its state (`BulkItem.State`) and the sentence of a refusal."""

    number: str
    title: str
    status: Status
    is_secret: bool
    state: str
    why: str


@dataclass(frozen=True)
class Run:
    """A run and what became of each report; `running` while some are still to come."""

    action: Action
    at: datetime
    outcomes: tuple[Outcome, ...]

    def many(self, state: str) -> int:
        """Return how many reports ended so."""
        return sum(outcome.state == state for outcome in self.outcomes)

    @property
    def done(self) -> int:
        """How many were done."""
        return self.many(BulkItem.State.DONE)

    @property
    def refused(self) -> int:
        """How many were refused."""
        return self.many(BulkItem.State.REFUSED)

    @property
    def open(self) -> int:
        """How many wait, or were interrupted."""
        return len(self.outcomes) - self.done - self.refused


def preview(actor: Actor, numbers: Iterable[str], action: Action, now: datetime) -> tuple[Line, ...]:
    """Say for each report what the step would do, or why it cannot be taken; unknown numbers are left out.

    In the order asked, at most MOST. Three queries, and at most four for each report.
    """
    wanted = list(dict.fromkeys(numbers))[:MOST]
    found = access.visible_to(actor).filter(number__in=wanted).select_related(*access.RELATED)
    by_number = {report.number: report for report in found}
    return tuple(_line(by_number[number], actor, action, now) for number in wanted if number in by_number)


def _line(report: Report, actor: Actor, action: Action, now: datetime) -> Line:
    step: Step | None = None
    why: object = ""
    if not access.may_act(actor, report):
        why = NotYourDesk.sentence
    else:
        try:
            step = find_step(situation_of(report, actor, now), actor.role, action)
        except StepRefused as refused:
            why = NotPermitted(refused).sentence
    return Line(
        report.pk, report.number, report.title, Status(report.status), report.version, report.is_secret, step, why
    )


def run_of(actor: Actor, key: UUID) -> Run | None:
    """Return a run of one's own, its reports as they are now; what may not be seen any more is left out."""
    run = BulkRun.objects.filter(key=key, desk=actor.desk, account=person(actor)).first()
    if run is None:
        return None
    items = {item.report_id: item for item in BulkItem.objects.filter(run=run)}
    reports = access.visible_to(actor).filter(pk__in=items).order_by("pk")
    outcomes = tuple(
        Outcome(one.number, one.title, Status(one.status), one.is_secret, items[one.pk].state, items[one.pk].why)
        for one in reports
    )
    return Run(Action(run.action), run.at, outcomes)
