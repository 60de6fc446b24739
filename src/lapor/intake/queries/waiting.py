"""What waits for a person: messages that no machine should decide about, could read, or was allowed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from lapor.identity.contacts import masked
from lapor.identity.vault import SealBroken
from lapor.intake.contract import contact_of
from lapor.intake.models import InboundMessage
from lapor.intake.seals import raw_of, sender_of, text_of
from lapor.kernel.actor import Actor
from lapor.kernel.codes import without_codes
from lapor.sop.vocabulary import Role

State = InboundMessage.State
PAGE = 20
MOST_COUNTED = 100
WITHIN = timedelta(hours=1)  # a message that a person has to type in is a report within the hour (S75)
LONGEST_RAW = 2000  # characters of a message that nobody could read, as it is shown
READABLE = ("sms", "email")  # channels whose account a person knows: a number, a mailbox; others have a row of digits
SET_ASIDE = (State.QUARANTINED, State.DEAD)


@dataclass(frozen=True)
class WaitingMessage:
    """One message: `sender` so that only its owner knows it again, `words` empty where it has none."""

    id: int
    channel: str
    account: str
    sender: str
    words: str
    state: str
    why: str
    problem: str
    number: str
    received_at: datetime
    due_at: datetime
    is_late: bool


@dataclass(frozen=True)
class Waiting:
    """One page, the longest waiting first; `newer` is the cursor of the next page, None at the end."""

    rows: tuple[WaitingMessage, ...]
    newer: int | None


def waiting(actor: Actor, now: datetime, *, aside: bool = False, after: int | None = None) -> Waiting:
    """Return a page of what this desk has to look at; with `aside` what was quarantined or set aside. One query."""
    rows = to_look_at(actor, aside=aside).select_related("report").order_by("pk")
    found = list((rows.filter(pk__gt=after) if after else rows)[: PAGE + 1])
    return Waiting(tuple(_shown(found[:PAGE], now)), found[PAGE - 1].pk if len(found) > PAGE else None)


def count_waiting(actor: Actor) -> int:
    """Return how many messages wait for this desk, at most MOST_COUNTED. One query."""
    return to_look_at(actor).values("pk")[:MOST_COUNTED].count()


def to_look_at(actor: Actor, *, aside: bool = False) -> QuerySet[InboundMessage]:
    """Return the messages that this actor may decide about: the institution's own, and the nation's at its desk.

    What could not be read has no institution yet, so it lies at the national desk.
    """
    match actor.role:
        case Role.NATIONAL_ADMIN:
            own = Q(desk=None) | Q(desk=actor.desk)
        case Role.AGENCY_ADMIN if not aside:
            own = Q(desk=actor.desk)
        case _:
            return InboundMessage.objects.none()
    states = SET_ASIDE if aside else (State.FOR_PERSON,)
    return InboundMessage.objects.filter(own, state__in=states)


def _shown(rows: Iterable[InboundMessage], now: datetime) -> Iterable[WaitingMessage]:
    for row in rows:
        due_at = row.received_at + WITHIN
        yield WaitingMessage(
            id=row.pk,
            channel=row.channel,
            account=row.account if row.channel in READABLE else "",
            sender=_sender(row),
            words=_words(row),
            state=row.state,
            why=row.why,
            problem=row.problem,
            number=row.report.number if row.report else "",
            received_at=row.received_at,
            due_at=due_at,
            is_late=now > due_at,
        )


def _sender(row: InboundMessage) -> str:
    """Return the sender masked; a name that is no address ("TELKOMSEL") as it is."""
    written = sender_of(row)
    contact = contact_of(row.channel, written)
    if contact is None:
        return written
    return masked(contact.kind, contact.address)


def _words(row: InboundMessage) -> str:
    """Return the words that were read; of a message that nobody could read, its beginning as it came."""
    try:
        return text_of(row) or (_beginning(row) if row.state in SET_ASIDE else "")
    except SealBroken:
        return ""


def _beginning(row: InboundMessage) -> str:
    """Return the beginning of the raw message without what no desk is shown: who wrote, and tracking codes."""
    raw, shown = raw_of(row).decode("utf-8", "replace"), _sender(row)
    written = sender_of(row).lstrip("+")
    for form in (f"%2B{written}", f"+{written}", written) if written and contact_of(row.channel, written) else ():
        raw = raw.replace(form, shown)
    return without_codes(raw[:LONGEST_RAW])
