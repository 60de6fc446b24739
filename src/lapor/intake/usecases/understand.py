"""The lane of what came in: lease a message, count the attempt, let its channel read it, carry it out, settle.

The attempt is committed before the work; a message that stops every worker dies by itself and stays visible. Of one
sender only the oldest waiting message is taken, so that two copies cannot both be the first, and nobody who floods us
holds up the others.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from lapor.intake.contract import Command, Received, Reply, Understood, contact_of, parser_of
from lapor.intake.models import ChannelAnswer, InboundMessage
from lapor.intake.seals import fingerprint, raw_of, sealed_sender, sealed_text, sender_index, sender_of
from lapor.intake.usecases._outcome import Outcome
from lapor.intake.usecases.carry_out import carry_out
from lapor.kernel.codes import read_code, without_codes
from lapor.kernel.errors import Refusal
from lapor.messaging.counters import count_inbound
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, pause_after

State = InboundMessage.State
HOUR = timedelta(hours=1)
FLOOD = 60  # messages of one sender in an hour; whoever writes more is quarantined until a person looks
MOST_ANSWERS = 12  # to one sender in an hour: two robots must not talk to each other for ever
STOPPED = gettext_noop("Every worker that took this message stopped in the middle of it.")
NO_PARSER = gettext_noop("This installation does not serve the channel that it came by.")

log = logging.getLogger(__name__)


def understand_due(*, now: datetime, worker: str, batch: int = 50) -> int:
    """Understand up to `batch` messages that wait and return how many were taken. Never raises for one of them."""
    taken = lease(now=now, batch=batch)
    many = _who_wrote_much(taken)
    for message in taken:
        _deal_with(message, now, worker, wrote_much=bytes(message.sender_index or b"") in many)
    count_inbound((message.channel for message in taken if message.attempts == 1), now=now)
    return len(taken)


def lease(*, now: datetime, batch: int) -> list[InboundMessage]:
    """Take the messages that are due, the longest waiting first, one of each sender; commit the attempt first."""
    with transaction.atomic(durable=True):
        due = list(_due(now).select_for_update(skip_locked=True, of=("self",))[:batch])
        until = now + LEASE
        InboundMessage.objects.filter(pk__in=[message.pk for message in due]).update(
            attempts=F("attempts") + 1, leased_until=until, next_try_at=until
        )
    for message in due:
        message.attempts += 1
    return due


def _due(now: datetime) -> QuerySet[InboundMessage]:
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    before = InboundMessage.objects.filter(sender_index=OuterRef("sender_index"), pk__lt=OuterRef("pk"))
    in_hand = before.filter(Q(leased_until__gt=now) | Q(next_try_at__lte=now), state=State.WAITING)
    waiting = InboundMessage.objects.filter(free, ~Exists(in_hand), state=State.WAITING, next_try_at__lte=now)
    return waiting.order_by("next_try_at", "id")


def _deal_with(message: InboundMessage, now: datetime, worker: str, *, wrote_much: bool) -> None:
    if message.attempts > MOST_ATTEMPTS:
        _settle(message, Outcome(state=State.DEAD, problem=STOPPED), now)
        return
    try:
        _settle(message, _outcome(message, now, wrote_much=wrote_much), now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        log.info("%s: %s failed at try %d", worker, message, message.attempts, exc_info=problem)
        _put_off(message, problem, now)


def _outcome(message: InboundMessage, now: datetime, *, wrote_much: bool) -> Outcome:
    if wrote_much and _floods(message):
        return Outcome(state=State.QUARANTINED, problem="flood")
    try:
        parser = parser_of(message.channel)
    except KeyError:
        return Outcome(state=State.DEAD, problem=NO_PARSER)
    received = received_of(message)
    read = parser(received)
    read = replace(read, text=without_codes(read.text))  # a desk reads it, and whoever holds a code is the reporter
    _keep_what_was_read(message, read)
    outcome = carry_out(message, replace(received, sender=read.sender or received.sender), read, now=now)
    return outcome if not outcome.says or _may_be_answered(message, now) else replace(outcome, says="")


def received_of(message: InboundMessage) -> Received:
    """Return a kept message as its parser is given it."""
    sender = sender_of(message)
    return Received(
        channel=message.channel,
        account=message.account,
        provider_id=message.provider_id,
        raw=raw_of(message),
        received_at=message.received_at,
        sender=contact_of(message.channel, sender),
        sender_text=sender,
        sent_at=message.sent_at,
    )


def _keep_what_was_read(message: InboundMessage, read: Understood) -> None:
    """Note the words, and the sender where only the raw bytes told who it is; written when the message is settled."""
    if read.sender is not None:
        message.sender_index = sender_index(message.channel, read.sender, read.sender.address)
        message.sealed_sender = sealed_sender(message, read.sender.address)
    message.sealed_text = sealed_text(message, read.text)
    index = bytes(message.sender_index) if message.sender_index else None
    message.fingerprint = fingerprint(index, message.account, f"{_about(read)}{read.text}" if read.text else "")


def _about(read: Understood) -> str:
    """Return what the same words are about: "masih rusak" of another report, or another command, is no repetition."""
    code = read.code if isinstance(read, Reply | Command) else ""
    verb = f"{read.verb} " if isinstance(read, Command) else ""
    return f"{verb}{read_code(code) or code} " if code else verb


def _who_wrote_much(messages: list[InboundMessage]) -> set[bytes]:
    """Return those of the senders who wrote enough, about then, to look at more closely; one query for all of them."""
    of = {bytes(message.sender_index): message.received_at for message in messages if message.sender_index}
    if not of:
        return set()
    about_then = InboundMessage.objects.filter(sender_index__in=list(of), received_at__gt=min(of.values()) - HOUR)
    many = about_then.values("sender_index").annotate(n=Count("pk")).filter(n__gt=FLOOD)
    return {bytes(row["sender_index"]) for row in many}


def _floods(message: InboundMessage) -> bool:
    if message.looked_at is not None:
        return False
    since = message.received_at - HOUR
    same = InboundMessage.objects.filter(sender_index=message.sender_index, received_at__gt=since, pk__lt=message.pk)
    return same.count() >= FLOOD


def _may_be_answered(message: InboundMessage, now: datetime) -> bool:
    if message.sender_index is None:
        return False
    answers = ChannelAnswer.objects.filter(message__sender_index=message.sender_index, created_at__gt=now - HOUR)
    return answers.filter(message__received_at__gt=now - 2 * HOUR).count() < MOST_ANSWERS


def _settle(message: InboundMessage, outcome: Outcome, now: datetime) -> None:
    """Write what became of a message, and the answer that is owed for it, if the lease is still ours."""
    with transaction.atomic():
        mine = InboundMessage.objects.filter(pk=message.pk, attempts=message.attempts, state=State.WAITING)
        settled = mine.update(
            state=outcome.state,
            became=outcome.became,
            deed=outcome.deed,
            why=outcome.why,
            desk=outcome.desk,
            report=outcome.report,
            problem=outcome.problem[:300],
            leased_until=None,
            sealed_sender=message.sealed_sender,
            sender_index=message.sender_index,
            sealed_text=message.sealed_text,
            fingerprint=message.fingerprint,
        )
        if settled and outcome.says:
            owed = {"says": outcome.says, "facts": outcome.facts, "next_try_at": now, "created_at": now}
            answer = ChannelAnswer(message=message, **owed)
            ChannelAnswer.objects.bulk_create([answer], ignore_conflicts=True)  # one that is read again has one


def _put_off(message: InboundMessage, problem: Exception, now: datetime) -> None:
    # Words that are not our own might quote the message, and `problem` is read by more people than the log.
    words = str(problem) if isinstance(problem, Refusal) else type(problem).__name__
    if message.attempts >= MOST_ATTEMPTS:
        log.error("%s set aside after %d tries: %s", message, message.attempts, words)
        _settle(message, Outcome(state=State.DEAD, problem=words), now)
        return
    mine = InboundMessage.objects.filter(pk=message.pk, attempts=message.attempts, state=State.WAITING)
    mine.update(leased_until=None, next_try_at=now + pause_after(message.pk, message.attempts), problem=words[:300])
