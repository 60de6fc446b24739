"""What came in is not kept for ever: the bytes a season, the sender and the words until a report is long over (ADR 21).

The row stays with what it became, and so do the report, its ledger and what officers did: the record of the service
names nobody. Every step takes a bounded batch and is safe to repeat.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from lapor.identity.queries.contacts import proved_indexes, reporter_of_account
from lapor.intake.models import ChannelNote, Guide, InboundMessage
from lapor.intake.seals import gone_name
from lapor.kernel.heartbeat import beat, find_beat
from lapor.messaging.forgetting import forget_names
from lapor.reports.models import Report
from lapor.reports.usecases.forget import forget_person

RAW_KEPT = timedelta(days=90)  # the sixty working days of a report, in days of the calendar
WORDS_KEPT = timedelta(days=365)  # after it came, and after its report ended
GUIDES_KEPT = timedelta(days=90)
OVERDUE = timedelta(days=2)  # the clock does a batch every few seconds; whatever is later means that it does not run
BATCH = 200
LOOK_EVERY, NOTHING_LEFT = timedelta(hours=1), "forgetting"
FORGOTTEN = "forgotten"  # what `problem` says of a message that nobody had looked at yet

State, Became = InboundMessage.State, InboundMessage.Became
UNDECIDED = (State.WAITING, State.FOR_PERSON)
ASIDE = (State.QUARANTINED, State.DEAD)


def forget_old(*, now: datetime, batch: int = BATCH) -> int:
    """Forget one batch of what has been kept long enough, and return how many rows that were."""
    raw = list(_raw_too_old(now).values_list("pk", flat=True)[:batch])
    InboundMessage.objects.filter(pk__in=raw).update(raw=b"", raw_gone_at=now)
    old = list(_too_old(now)[:batch])
    with transaction.atomic():
        _forget(old, now)
    guides = Guide.objects.filter(last_at__lt=now - GUIDES_KEPT).exclude(sender_index=b"").exclude(state="open")
    silent = list(guides.order_by("last_at").values_list("pk", flat=True)[:batch])
    Guide.objects.filter(pk__in=silent).update(sender_index=b"")
    return len(raw) + len(old) + len(silent)


def forget_due(*, now: datetime) -> int:
    """Forget one batch, and rest for LOOK_EVERY when nothing was left; returns how many rows that were.

    Messages of reports that ended less than a year ago wait among the old ones. Nobody needs to walk past them every
    few seconds.
    """
    rested = find_beat(NOTHING_LEFT)
    if rested is not None and timedelta(0) <= now - rested < LOOK_EVERY:
        return 0
    done = forget_old(now=now)
    if not done:
        beat(NOTHING_LEFT, now=now)
    return done


def count_overdue(now: datetime) -> int:
    """Return how many messages should have been forgotten days ago, at most a thousand; 0 while the clock runs."""
    then = now - OVERDUE
    return sum(rows.values("pk")[:1000].count() for rows in (_raw_too_old(then), _too_old(then)))


@transaction.atomic(durable=True)
def forget_somebody(*, account_id: int, now: datetime) -> None:
    """Forget who somebody is, everywhere (UU 27/2022): what they sent by any channel, then the person.

    Their reports stay, and so does what strangers wrote about these. The caller has checked a fresh one-time code.
    """
    indexes = proved_indexes(account_id)
    reports = Report.objects.filter(reporter_ref=reporter_of_account(account_id))
    rows = InboundMessage.objects.filter(forgotten_at=None)
    about = rows.filter(report__in=list(reports), state=State.UNDERSTOOD).exclude(became=Became.NOTHING)
    # One question for each index: with an OR between them the database would look at every message there is.
    theirs = {*about.values_list("pk", flat=True), *rows.filter(sender_index__in=indexes).values_list("pk", flat=True)}
    _forget(rows.filter(pk__in=theirs).select_for_update(of=("self",)), now)
    Guide.objects.filter(sender_index__in=indexes).update(sender_index=b"", state="cancelled")
    forget_names(reports)
    forget_person(account_id=account_id, now=now)


def _raw_too_old(now: datetime) -> QuerySet[InboundMessage]:
    rows = InboundMessage.objects.filter(raw_gone_at=None, state=State.UNDERSTOOD, received_at__lt=now - RAW_KEPT)
    return rows.order_by("received_at")


def _too_old(now: datetime) -> QuerySet[InboundMessage]:
    """Return the messages about which nobody can ask any more; what still waits for a person is none of them."""
    over = Q(report=None) | Q(report__ended_at__lt=now - WORDS_KEPT)
    rows = InboundMessage.objects.filter(over, forgotten_at=None, received_at__lt=now - WORDS_KEPT)
    return rows.exclude(state__in=UNDECIDED).order_by("received_at")


def _forget(messages: Iterable[InboundMessage], now: datetime) -> None:
    """Empty these rows of everything that tells who wrote or what, but not of what they became."""
    emptied = list(messages)
    undone = [message.pk for message in emptied if message.state in (*UNDECIDED, *ASIDE)]
    read = [message.pk for message in emptied if message.looked_by is None and message.pk not in set(undone)]
    rows = InboundMessage.objects
    rows.filter(pk__in=undone).update(state=State.UNDERSTOOD, became=Became.NOTHING, problem=FORGOTTEN)
    rows.filter(pk__in=read).update(problem="")  # the names of files that were refused; an officer's reason stays
    for message in emptied:
        message.provider_id = gone_name(message.provider_id)
    rows.bulk_update(emptied, ["provider_id"], batch_size=BATCH)
    rows.filter(pk__in=[message.pk for message in emptied]).update(
        raw=b"",
        sealed_sender=None,
        sealed_text=None,
        sender_index=None,
        fingerprint=None,
        leased_until=None,
        raw_gone_at=Coalesce("raw_gone_at", now),
        forgotten_at=now,
    )
    Guide.objects.filter(filed_by__in=emptied).update(sender_index=b"")
    ChannelNote.objects.filter(message__in=emptied).exclude(state="waiting").update(facts={})
