"""What the Ombudsman asked of institutions, and what came back (C8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.ledger.models import Entry
from lapor.reports.access import visible_to
from lapor.sop.vocabulary import Action, Role

_EXCHANGE = (str(Action.ASK_DATA), str(Action.GIVE_DATA), str(Action.FOLLOW_UP))


@dataclass(frozen=True)
class Exchange:
    """The newest question to an institution and the newest answer; None where there was none.

    A follow-up that the institution gives while the Ombudsman has the case is an answer too.
    """

    asked_at: datetime | None = None
    given_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Tell whether a question has no answer yet."""
        return self.asked_at is not None and (self.given_at is None or self.given_at < self.asked_at)


NONE = Exchange()


def exchanges(actor: Actor, reports: Iterable[int]) -> dict[int, Exchange]:
    """Return the exchange on each of these reports (ids) that the actor may read. One query."""
    if actor.role is not Role.OMBUDSMAN:
        return {}
    readable = visible_to(actor).filter(pk__in=list(reports)).values("pk")
    found: dict[int, Exchange] = {}
    entries = Entry.objects.filter(subject__in=readable, action__in=_EXCHANGE).order_by("subject", "seq")
    for subject, action, at in entries.values_list("subject", "action", "at"):
        before = found.get(subject, NONE)
        asked = at if action == Action.ASK_DATA else before.asked_at
        found[subject] = Exchange(asked, at if action != Action.ASK_DATA else before.given_at)
    return found
