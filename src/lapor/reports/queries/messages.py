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
    number: str
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
    older: int | None


def messages_to(actor: Actor) -> tuple[QuerySet[OutgoingMessage], ...]:
    """Return what was told to this actor's desk and to this officer by name, of reports that the actor may read.

    A head and an inspector hear only what is meant for their role: the desk they share hears the rest. The two are
    kept apart so that each is one range of one index, however many messages nobody ever read.
    """
    told = OutgoingMessage.objects.filter(report__in=visible_to(actor))
    roles = (str(actor.role),) if actor.role in SHARING_A_DESK else ("", str(actor.role))
    of_desk = told.filter(desk=actor.desk, role__in=roles)
    return (of_desk,) if actor.account is None else (of_desk, told.filter(account=actor.account, desk=None))


def unread(actor: Actor) -> int:
    """Return how many messages nobody has read yet, at most MOST_COUNTED. One query."""
    waiting = [rows.filter(read_at=None).order_by().values_list("pk")[:MOST_COUNTED] for rows in messages_to(actor)]
    return min(MOST_COUNTED, len(waiting[0].union(*waiting[1:], all=True)))  # a hundred ids cost less than counting


def messages(actor: Actor, *, after: int | None = None) -> Messages:
    """Return a page of messages, newest first. Two queries."""
    before = Q() if after is None else Q(pk__lt=after)
    newest = [rows.filter(before).order_by("-pk").values("pk")[: PAGE + 1] for rows in messages_to(actor)]
    shown = newest[0].union(*newest[1:], all=True).order_by("-pk").values_list("pk", flat=True)[: PAGE + 1]
    return _page(OutgoingMessage.objects.filter(pk__in=list(shown)))


def dead(*, after: int | None = None) -> Messages:
    """Return the messages that could not be delivered, newest first; they are kept for ever. One query."""
    rows = OutgoingMessage.objects.filter(state=OutgoingMessage.State.DEAD)
    return _page(rows if after is None else rows.filter(pk__lt=after))


def _page(rows: QuerySet[OutgoingMessage]) -> Messages:
    found = list(rows.select_related("report").order_by("-pk")[: PAGE + 1])
    return Messages(list(_told(found[:PAGE])), found[PAGE - 1].pk if len(found) > PAGE else None)


def _told(rows: Iterable[OutgoingMessage]) -> Iterable[OfficerMessage]:
    for row in rows:
        yield OfficerMessage(
            id=row.pk,
            number=row.report.number,
            title=row.report.title,
            action=Action(row.action),
            told=Told(row.told),
            facts=row.facts,
            at=row.created_at,
            is_read=row.read_at is not None,
            attempts=row.attempts,
            problem=row.problem,
        )
