"""Comments: those that everybody may read, and those that wait for an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from lapor.kernel.actor import Actor
from lapor.reports.models import Comment
from lapor.reports.queries.public import public
from lapor.sop.vocabulary import Role

SHOWN = 50  # comments on a report's page; more are not read there
PAGE = 30


@dataclass(frozen=True)
class CommentView:
    """A comment as everybody reads it; `name` is empty for somebody who gave none, `text` of one that was erased."""

    name: str
    text: str
    at: datetime
    is_erased: bool = False


@dataclass(frozen=True)
class HeldComment:
    """A comment that waits: `doubts` are codes of `comment_doubts.Doubt`."""

    id: int
    number: str
    title: str
    name: str
    text: str
    doubts: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class Held:
    """One page, oldest first; `newer` is the cursor of the next page, None at the end."""

    rows: list[HeldComment]
    newer: int | None


def comments_on(report: int) -> tuple[CommentView, ...]:
    """Return the newest published comments on a report that the caller found in public, newest first; one query."""
    rows = Comment.objects.filter(report=report, state=Comment.State.PUBLISHED, report__in=public().values("pk"))
    return tuple(
        CommentView(row.name, row.text, row.at, row.erased_at is not None) for row in rows.order_by("-pk")[:SHOWN]
    )


def moderated_by(actor: Actor) -> QuerySet[Comment]:
    """Return the comments this officer decides on: of public reports that the own institution coordinates.

    The national desk decides where no institution is known.
    """
    own = {Role.AGENCY_ADMIN: Q(report__agency=actor.desk), Role.NATIONAL_ADMIN: Q(report__agency=None)}
    mine = own.get(actor.role, Q(pk__in=()))
    return Comment.objects.filter(mine, report__in=public().values("pk"))


def held_comments(actor: Actor, *, after: int | None = None) -> Held:
    """Return the comments that wait for this officer, oldest first. One query."""
    waiting = moderated_by(actor).filter(state=Comment.State.HELD).select_related("report").order_by("pk")
    if after is not None:
        waiting = waiting.filter(pk__gt=after)
    found = list(waiting[: PAGE + 1])
    rows = [
        HeldComment(row.pk, row.report.number, row.report.title, row.name, row.text, tuple(row.doubts), row.at)
        for row in found[:PAGE]
    ]
    return Held(rows, rows[-1].id if len(found) > PAGE else None)
