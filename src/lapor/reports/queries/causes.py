"""Causes of many reports, as officers, reporters and the public may see them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.kernel.actor import Actor
from lapor.kernel.errors import NothingHere
from lapor.reports.access import visible_to
from lapor.reports.models import Cause, CauseReport, Report
from lapor.reports.queries.public import PublicRow, listed, public, rows
from lapor.reports.refusals import NotFound
from lapor.sop.vocabulary import Role, Status

PAGE = 50
OFFERED = 30  # newest open causes among which an admin chooses


@dataclass(frozen=True)
class CauseView:
    """One cause. `fixed_how` are the owner's words, empty until it is fixed; `is_public` where it has a public page.

    `first_due_on` is the day promised at first, where another one was promised later; `changed_why` says why.
    """

    id: int
    title: str
    target: str
    due_on: date
    owner: str
    agency: str
    joined: int
    opened_at: datetime
    fixed_at: datetime | None
    fixed_how: str
    first_due_on: date | None
    changed_why: str
    is_public: bool = False


@dataclass(frozen=True)
class Joined:
    """A report that hangs on a cause, as an officer who may read it sees it."""

    number: str
    title: str
    status: Status
    at: datetime
    is_told: bool


def seen_by(actor: Actor) -> QuerySet[Cause]:
    """Return the causes of this officer's institution; a unit's officers see those that their unit sees to."""
    match actor.role:
        case Role.NATIONAL_ADMIN:
            return Cause.objects.all()
        case Role.AGENCY_ADMIN:
            return Cause.objects.filter(agency=actor.desk)
        case Role.LIAISON | Role.HEAD:
            return Cause.objects.filter(owner=actor.desk)
    return Cause.objects.none()


def causes(actor: Actor, *, fixed: bool = False, before: int | None = None) -> tuple[list[CauseView], int | None]:
    """Return a page of causes, newest first, and the id after which the next page begins. One query."""
    found = seen_by(actor).filter(fixed_at__isnull=not fixed).select_related("owner", "agency").order_by("-id")
    page = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    return [_view(one) for one in page[:PAGE]], page[PAGE - 1].pk if len(page) > PAGE else None


def open_causes(actor: Actor, agency: int | None) -> list[CauseView]:
    """Return the newest open causes to which this officer may join a report of the institution. One query."""
    found = seen_by(actor).filter(agency=agency, fixed_at=None).select_related("owner", "agency").order_by("-id")
    return [_view(one) for one in found[:OFFERED]]


def causes_of(actor: Actor, report: Report, others: Collection[int]) -> tuple[CauseView, ...]:
    """Return the open causes on which other reports (by id) hang and to which this one may be joined. One query."""
    if report.is_secret or not others:
        return ()
    hanging = CauseReport.objects.filter(cause=OuterRef("pk"), report__in=others, left_at=None)
    found = seen_by(actor).filter(Exists(hanging), agency=report.agency_id, fixed_at=None)
    return tuple(_view(one) for one in found.select_related("owner", "agency").order_by("-id"))


def cause(actor: Actor, pk: int, before: int | None = None) -> tuple[CauseView, list[Joined], int | None]:
    """Return a cause, a page of its reports that this officer may read, and the id after which the next page begins.

    The newest report stands first. Raises NothingHere. Two queries.
    """
    found = seen_by(actor).select_related("owner", "agency").filter(pk=pk).first()
    if found is None:
        raise NothingHere
    hanging = CauseReport.objects.filter(cause=found, left_at=None, report__in=visible_to(actor))
    rows = hanging.select_related("report").order_by("-report")
    page = list((rows.filter(report__lt=before) if before else rows)[: PAGE + 1])
    shown = [
        Joined(x.report.number, x.report.title, Status(x.report.status), x.at, x.told_at is not None)
        for x in page[:PAGE]
    ]
    return _view(found), shown, page[PAGE - 1].report_id if len(page) > PAGE else None


def cause_of(report: Report) -> CauseView | None:
    """Return the cause on which a report hangs now. One query."""
    found = CauseReport.objects.filter(report=report, left_at=None).select_related("cause__owner", "cause__agency")
    hanging = found.first()
    return _view(hanging.cause) if hanging else None


def titles_of(ids: Collection[int]) -> dict[int, str]:
    """Return the titles of causes by id, for the history of a report that hung on them. One query, none without ids."""
    return dict(Cause.objects.filter(pk__in=ids).values_list("pk", "title")) if ids else {}


def cause_told_to(report: Report) -> CauseView | None:
    """Return the cause as a reporter hears of it: not while a report that others may not know of hangs on it."""
    found = cause_of(report)
    if found is None:
        return None
    hanging = CauseReport.objects.filter(cause=found.id, left_at=None)
    if hanging.exclude(report=report).filter(report__is_secret=True).exists():
        return None
    return replace(found, is_public=not hanging.exclude(report__in=public().order_by()).exists())


def public_cause(pk: int) -> tuple[CauseView, tuple[PublicRow, ...]]:
    """Return a cause and its newest reports for the public. Raises NotFound, also while one of them is not public."""
    hanging = CauseReport.objects.filter(cause=OuterRef("pk"), left_at=None)
    hidden = hanging.exclude(report__in=public().order_by())
    found = Cause.objects.filter(Exists(hanging), ~Exists(hidden), pk=pk).select_related("owner", "agency").first()
    if found is None:
        raise NotFound
    its = Q(causes__cause=found, causes__left_at=None)
    return _view(found), rows(listed().filter(its).order_by("-id")[:PAGE])


def _view(one: Cause) -> CauseView:
    return CauseView(
        one.pk, one.title, one.target, one.due_on, one.owner.name, one.agency.name if one.agency else "", one.joined,
        one.opened_at, one.fixed_at, one.fixed_how, one.first_due_on, one.changed_why,
    )  # fmt: skip
