"""One report as an officer sees it: texts, timeline, custody, clocks, and the steps open to this officer now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from lapor.kernel.actor import Actor
from lapor.reports import access, profiles
from lapor.reports.models import Breach, Filing, Link, Report, ReportText, Response, TextEdit, Verification
from lapor.reports.queries.causes import CauseView, cause_of, titles_of
from lapor.reports.queries.deadlines import ClockView, clocks_of
from lapor.reports.queries.timeline import FileView, LegView, Moment, files_of, legs, moments
from lapor.reports.situation import situation_of
from lapor.sop.engine import Choice, Situation, awaited, choices
from lapor.sop.vocabulary import (
    Action,
    Audience,
    Classification,
    Clock,
    EditReason,
    Holder,
    LinkKind,
    ResponseKind,
    Role,
    Status,
)

# The steps whose words say what the next follow-up must do.
DEMANDS = (Action.OBJECT, Action.REOPEN, Action.SEND_BACK, Action.REFUSE_CLOSING, Action.INSTRUCT)


@dataclass(frozen=True)
class EditView:
    """One correction of the wording, for one reason or two; both texts, so that the difference can be shown."""

    reasons: tuple[EditReason, ...]
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
class Addition:
    """What the reporter wrote after the report itself."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Demand:
    """Why another follow-up is wanted, as somebody said it after the last one: which step, in which words."""

    action: Action
    text: str
    at: datetime


class Case:
    """Everything the case screen shows. `report` is for reading.

    Each part is read when it is first asked for, so that a page pays only for what it shows; all of them together are
    at most 20 queries, whatever the table's size.
    """

    def __init__(self, report: Report, actor: Actor, now: datetime) -> None:
        """Begin with the report, which the actor may see."""
        self.report, self._actor, self._now = report, actor, now
        self.may_act = access.may_act(actor, report)

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

    @property
    def original_title(self) -> str:
        """The title as the citizen wrote it."""
        return self._texts.original_title

    @property
    def original(self) -> str:
        """The text as the citizen wrote it."""
        return self._texts.original

    @property
    def published(self) -> str:
        """The text as it is published."""
        return self._texts.published

    @property
    def zone(self) -> str:
        """The name of the time zone in which its days are counted."""
        return profiles.calendar_of(self.report).zone

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The steps of who has the report now; empty where this desk may only read."""
        return choices(self._situation, self._actor.role) if self._situation else ()

    @property
    def awaited(self) -> tuple[Choice, ...]:
        """The steps for which it must come back; empty where this desk may only read."""
        return awaited(self._situation, self._actor.role) if self._situation else ()

    @cached_property
    def files(self) -> tuple[FileView, ...]:
        """The files that came with the report itself."""
        return files_of(self.report)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """The steps so far, oldest first."""
        return moments(self.report, tuple(Audience), internal=True)

    @cached_property
    def demand(self) -> Demand | None:
        """What the last follow-up did not do, or what the head wants; None where nothing was said since. One query."""
        answers = Q(kind=ResponseKind.FOLLOW_UP) | Q(action__in=DEMANDS)
        last = Response.objects.filter(answers, report=self.report).order_by("-id").first()
        if last is None or last.action not in DEMANDS:
            return None
        return Demand(Action(last.action), last.text, last.at)

    @cached_property
    def additions(self) -> tuple[Addition, ...]:
        """What the reporter added, oldest first; one query, where `moments` asks four."""
        said = Response.objects.filter(report=self.report, role=str(Role.REPORTER)).exclude(text="").order_by("id")
        return tuple(Addition(text, at) for text, at in said.values_list("text", "at"))

    @cached_property
    def legs(self) -> tuple[LegView, ...]:
        """The custody chain, oldest leg first."""
        return legs(self.report, self._now)

    @cached_property
    def clocks(self) -> tuple[ClockView, ...]:
        """The clocks, as far as this officer is told of them."""
        return clocks_of(self.report, self._actor, self._now)

    @cached_property
    def edits(self) -> tuple[EditView, ...]:
        """The corrections of the wording, oldest first."""
        return _edits(self.report)

    @cached_property
    def links(self) -> tuple[LinkView, ...]:
        """The linked reports that this officer may see too."""
        return _links(self.report, self._actor)

    @cached_property
    def cause(self) -> CauseView | None:
        """The cause on which it hangs with others."""
        return cause_of(self.report)

    @cached_property
    def cause_titles(self) -> dict[int, str]:
        """The causes on which it hung or hangs, by id: a history names also the one that it left."""
        return titles_of({int(one.facts["cause"]) for one in self.moments if "cause" in one.facts})

    @cached_property
    def breaches(self) -> tuple[BreachView, ...]:
        """The entries of the breach register that this officer may see."""
        return _breaches(self.report, self._actor)

    @cached_property
    def verification(self) -> Verification | None:
        """The last reading of the checklist."""
        return Verification.objects.filter(report=self.report).order_by("-id").first()

    @cached_property
    def filing(self) -> FilingView:
        """How it was filed."""
        return _filing(self.report)

    @cached_property
    def _texts(self) -> ReportText:
        return ReportText.objects.get(report=self.report)

    @cached_property
    def _situation(self) -> Situation | None:
        return situation_of(self.report, self._actor, self._now) if self.may_act else None


def case(actor: Actor, code: str, now: datetime) -> Case:
    """Return the case as this officer may see it. Raises NotFound. One query; see `Case` for the others."""
    return Case(access.find_report(actor, code), actor, now)


def _filing(report: Report) -> FilingView:
    kept = Filing.objects.filter(report=report).first()
    if kept is None:
        return FilingView()
    point = f"{kept.latitude}, {kept.longitude}" if kept.latitude is not None else ""
    return FilingView(point, kept.for_other)


def _reasons(edit: TextEdit) -> tuple[EditReason, ...]:
    return tuple(EditReason(one) for one in (edit.reason, edit.also) if one)


def _edits(report: Report) -> tuple[EditView, ...]:
    return tuple(
        EditView(_reasons(e), e.title_before, e.title_after, e.before, e.after, e.at)
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
