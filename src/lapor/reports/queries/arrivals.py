"""What reached a desk since an officer looked at the list; asked again and again, so it is one range of one index."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max

from lapor.kernel.actor import Actor
from lapor.reports.models import OutgoingMessage
from lapor.reports.queries.messages import messages_to
from lapor.sop.vocabulary import Told

MOST = 100  # more than so many are told as "more than"
_NEW_HERE = (str(Told.HOLDER), str(Told.HEAD), str(Told.OMBUDSMAN))


@dataclass(frozen=True)
class Arrivals:
    """`reports` reached the desk since then, counted to MOST; `newest` is the mark to ask from next time."""

    reports: int
    newest: int


def newest(actor: Actor) -> int:
    """Return the mark of what was told to this desk last, 0 where nothing ever was. One query."""
    return OutgoingMessage.objects.filter(desk=actor.desk).order_by("-pk").values_list("pk", flat=True).first() or 0


def arrivals(actor: Actor, since: int) -> Arrivals:
    """Return how many reports were handed to this desk after the mark `since`. One query, over MOST rows at most."""
    of_desk = messages_to(actor)[0].filter(pk__gt=since, told__in=_NEW_HERE).order_by("-pk")
    found = of_desk.values("pk", "report")[:MOST]
    counted = OutgoingMessage.objects.filter(pk__in=found.values("pk")).aggregate(
        reports=Count("report", distinct=True), newest=Max("pk")
    )
    return Arrivals(counted["reports"], counted["newest"] or since)
