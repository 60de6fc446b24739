"""What the Ombudsman asked of institutions, and what came back (C8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.ledger.models import Entry
from lapor.reports.access import visible_to
from lapor.sop.vocabulary import Action, Role

_EXCHANGE = (str(Action.ESCALATE), str(Action.ASK_DATA), str(Action.GIVE_DATA), str(Action.FOLLOW_UP))


@dataclass(frozen=True)
class Exchange:
    """When the case came, the newest question to an institution and the newest answer; None where there was none.

    A follow-up that the institution gives while the Ombudsman has the case is an answer too. An imported case tells no
    day on which it came.
    """

    escalated_at: datetime | None = None
    asked_at: datetime | None = None
    given_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Tell whether a question has no answer yet."""
        return self.asked_at is not None and (self.given_at is None or self.given_at < self.asked_at)


NONE = Exchange()
_WHAT = {str(Action.ESCALATE): "escalated_at", str(Action.ASK_DATA): "asked_at"}


def exchanges(actor: Actor, reports: Iterable[int]) -> dict[int, Exchange]:
    """Return the exchange on each of these reports (ids) that the actor may read. One query."""
    if actor.role is not Role.OMBUDSMAN:
        return {}
    readable = visible_to(actor).filter(pk__in=list(reports)).values("pk")
    found: dict[int, Exchange] = {}
    entries = Entry.objects.filter(subject__in=readable, action__in=_EXCHANGE).order_by("subject", "seq")
    for subject, action, at in entries.values_list("subject", "action", "at"):
        found[subject] = replace(found.get(subject, NONE), **{_WHAT.get(action, "given_at"): at})
    return found
