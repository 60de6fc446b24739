"""An officer's inbox: what was told to the desk, to the head, or to this officer by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from lapor.kernel.actor import Actor
from lapor.reports.access import visible_to
from lapor.reports.models import OutgoingMessage
from lapor.sop.vocabulary import Action, Role, Told

PAGE = 40
MOST_COUNTED = 100  # "99+" is shown beyond; a count without an end would cost more the longer nobody reads


# These sit at a desk whose daily work is another role's.
SHARING_A_DESK = (Role.HEAD, Role.INSPECTORATE)


@dataclass(frozen=True)
class OfficerMessage:
    """One message: which report, what happened, to whom it was told, and whether anybody at the desk has read it."""

    id: int
    code: str
    title: str
    action: Action
    told: Told
    facts: dict[str, Any]
    at: datetime
    is_read: bool
    attempts: int = 0
    problem: str = ""


@dataclass(frozen=True)
class Messages:
    """One page, newest first; `older` is the cursor of the next page, None at the end."""

    rows: list[OfficerMessage]
    older: str | None


def messages_to(actor: Actor) -> QuerySet[OutgoingMessage]:
    """Return what was told to this actor, of reports that the actor may read.

    A head and an observer hear only what is meant for their role: the desk they share hears the rest.
    """
    alone = actor.role in SHARING_A_DESK
    role = Q(role=str(actor.role)) if alone else Q(role__in=("", str(actor.role)))
    mine = Q(desk=actor.desk) & role
    if actor.account is not None:
        mine |= Q(account=actor.account, desk=None)
    return OutgoingMessage.objects.filter(mine, report__in=visible_to(actor))


def unread(actor: Actor) -> int:
    """Return how many messages nobody has read yet, at most MOST_COUNTED."""
    return messages_to(actor).filter(read_at=None)[:MOST_COUNTED].count()


def messages(actor: Actor, *, after: str | None = None) -> Messages:
    """Return a page of messages, newest first."""
    rows = messages_to(actor).select_related("report").order_by("-id")
    if after and after.isdecimal():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    return Messages(list(_told(found[:PAGE])), str(found[PAGE - 1].pk) if len(found) > PAGE else None)


def dead(*, after: str | None = None) -> Messages:
    """Return the messages that could not be delivered, newest first; they are kept for ever."""
    rows = OutgoingMessage.objects.filter(state=OutgoingMessage.State.DEAD).select_related("report").order_by("-id")
    if after and after.isdecimal():
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    return Messages(list(_told(found[:PAGE])), str(found[PAGE - 1].pk) if len(found) > PAGE else None)


def _told(rows: Iterable[OutgoingMessage]) -> Iterable[OfficerMessage]:
    for row in rows:
        yield OfficerMessage(
            id=row.pk,
            code=row.report.code,
            title=row.report.title,
            action=Action(row.action),
            told=Told(row.told),
            facts=row.facts,
            at=row.created_at,
            is_read=row.read_at is not None,
            attempts=row.attempts,
            problem=row.problem,
        )
