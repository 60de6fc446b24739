"""One report as an officer sees it: texts, timeline, custody, clocks, and the steps open to this officer now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.reports import access, profiles
from lapor.reports.models import Breach, Filing, Link, Report, ReportText, TextEdit, Verification
from lapor.reports.queries.deadlines import ClockView, clocks_of
from lapor.reports.queries.timeline import FileView, LegView, Moment, files_of, legs, moments
from lapor.reports.situation import situation_of
from lapor.sop.engine import Choice, awaited, choices
from lapor.sop.vocabulary import Audience, Classification, Clock, EditReason, Holder, LinkKind, Role, Status


@dataclass(frozen=True)
class EditView:
    """One correction of the wording; both texts, so that the difference can be shown."""

    reason: EditReason
    title_before: str
    title_after: str
    before: str
    after: str
    at: datetime


@dataclass(frozen=True)
class LinkView:
    """A report this one is linked to."""

    number: str
    title: str
    status: Status
    kind: LinkKind


@dataclass(frozen=True)
class BreachView:
    """One entry of the breach register on this report."""

    id: int
    clock: Clock
    desk: str
    planned_on: object
    noticed_at: datetime
    actual_at: datetime | None
    explanation: str
    is_explained: bool
    is_acknowledged: bool
    remark: str


@dataclass(frozen=True)
class FilingView:
    """How it was filed: the exact point ("-8.58333, 116.11667", empty without one), and whether for another person."""

    point: str = ""
    for_other: bool = False


@dataclass(frozen=True)
class Case:
    """Everything the case screen shows. `report` is for reading.

    `choices` are the steps of who has the report now, `awaited` those for which it must come back; both are empty where
    this desk may only read.
    """

    report: Report
    original_title: str
    original: str
    published: str
    files: tuple[FileView, ...]
    moments: tuple[Moment, ...]
    legs: tuple[LegView, ...]
    clocks: tuple[ClockView, ...]
    choices: tuple[Choice, ...]
    awaited: tuple[Choice, ...]
    may_act: bool
    edits: tuple[EditView, ...]
    links: tuple[LinkView, ...]
    breaches: tuple[BreachView, ...]
    verification: Verification | None
    zone: str
    filing: FilingView

    @property
    def status(self) -> Status:
        """The report's status as a term."""
        return Status(self.report.status)

    @property
    def holder(self) -> Holder:
        """The report's holder as a term."""
        return Holder(self.report.holder)

    @property
    def classification(self) -> Classification | None:
        """The report's classification as a term."""
        return Classification(self.report.classification) if self.report.classification else None


OFFICERS_HEAR = tuple(Audience)


def case(actor: Actor, code: str, now: datetime) -> Case:
    """Return the case as this officer may see it. Raises NotFound. At most 20 queries, whatever the table's size."""
    report = access.find_report(actor, code)
    texts = ReportText.objects.get(report=report)
    acts = access.may_act(actor, report)
    situation = situation_of(report, actor, now) if acts else None
    return Case(
        report=report,
        original_title=texts.original_title,
        original=texts.original,
        published=texts.published,
        files=files_of(report),
        moments=moments(report, OFFICERS_HEAR, internal=True),
        legs=legs(report, now),
        clocks=clocks_of(report, actor, now),
        choices=choices(situation, actor.role) if situation else (),
        awaited=awaited(situation, actor.role) if situation else (),
        may_act=acts,
        edits=_edits(report),
        links=_links(report, actor),
        breaches=_breaches(report, actor),
        verification=Verification.objects.filter(report=report).order_by("-id").first(),
        zone=profiles.calendar_of(report).zone,
        filing=_filing(report),
    )


def _filing(report: Report) -> FilingView:
    kept = Filing.objects.filter(report=report).first()
    if kept is None:
        return FilingView()
    point = f"{kept.latitude}, {kept.longitude}" if kept.latitude is not None else ""
    return FilingView(point, kept.for_other)


def _edits(report: Report) -> tuple[EditView, ...]:
    return tuple(
        EditView(EditReason(e.reason), e.title_before, e.title_after, e.before, e.after, e.at)
        for e in TextEdit.objects.filter(report=report).order_by("id")
    )


def _links(report: Report, actor: Actor) -> tuple[LinkView, ...]:
    """Return linked reports, only those this officer may see too."""
    rows = Link.objects.filter(report=report, undone_at=None, other__in=access.visible_to(actor)).select_related(
        "other"
    )
    return tuple(LinkView(x.other.number, x.other.title, Status(x.other.status), LinkKind(x.kind)) for x in rows)


def _breaches(report: Report, actor: Actor) -> tuple[BreachView, ...]:
    """Return the breaches; a unit sees its own, the coordinator and oversight see all."""
    rows = Breach.objects.filter(report=report).select_related("desk").order_by("id")
    if actor.role in (Role.LIAISON, Role.UNIT_OFFICER, Role.HEAD):
        rows = rows.filter(desk=actor.desk)
    return tuple(
        BreachView(
            id=b.pk,
            clock=Clock(b.clock),
            desk=b.desk.name if b.desk else "",
            planned_on=b.planned_on,
            noticed_at=b.noticed_at,
            actual_at=b.actual_at,
            explanation=b.explanation,
            is_explained=b.explained_at is not None,
            is_acknowledged=b.acknowledged_at is not None,
            remark=b.remark,
        )
        for b in rows
    )
