"""The lane of outgoing messages: leased rows, each attempt counted before the work, nothing lost and nothing stuck.

A sender leases a batch in one short transaction; if it is killed, the lease runs out and the message is taken up again,
alone, so that a message which kills its sender cannot take others with it. The number of attempts names the lease: a
sender that was too slow finds another number there and changes nothing.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop

from lapor.identity.usecases.devices import forget_device
from lapor.kernel.away import DATABASE_AWAY
from lapor.messaging.bells import hang_bells
from lapor.messaging.channel import AddressGone, ChannelDown, Channels, Letter, Refused, SendingFailed, Sent
from lapor.messaging.counters import note_down
from lapor.messaging.known import Background
from lapor.messaging.letters import NO_DEVICE, PUSH, NoAddress, Recipient, Recipients, letter, letter_key
from lapor.messaging.receipts import has_failed, note_delivery, note_failure
from lapor.messaging.traffic import Traffic
from lapor.reports.models import OutgoingMessage
from lapor.sop.vocabulary import Told

State = OutgoingMessage.State

MOST_ATTEMPTS = 14  # two days: a provider may be ill over a weekend, and its letters leave within hours after it
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 3, 10, 30, 2 * 60, *[6 * 60] * 8))
LEASE = timedelta(minutes=5)
WORKING_TIME = 20.0  # seconds of one drain: `now` is never further than this from the truth, and the lease far longer
WAIT_FOR_CHANNEL = timedelta(minutes=1)
STOPPED = gettext_noop("Every sender that took this message stopped in the middle of it.")

log = logging.getLogger(__name__)


def drain(*, now: datetime, batch: int, worker: str, stopwatch: Callable[[], float] = time.monotonic) -> int:
    """See `lapor.messaging.drain`; `stopwatch` counts seconds, whatever `now` says."""
    messages = lease(now=now, batch=batch)
    with closing(Channels()) as channels:
        if PUSH in channels.kinds:
            hang_bells(messages, now=now)
        return _Sender(now, worker, channels, stopwatch).deliver_all(messages)


def lease(*, now: datetime, batch: int) -> list[OutgoingMessage]:
    """Take the messages that are due, the longest waiting first, and commit the attempt before any work.

    One whose lease ran out is taken alone.
    """
    with transaction.atomic(durable=True):
        due = list(_due(now).select_for_update(skip_locked=True, of=("self",))[:batch])
        messages = next(([message] for message in due if message.leased_until), due)
        until = now + LEASE
        OutgoingMessage.objects.filter(pk__in=[message.pk for message in messages]).update(
            attempts=F("attempts") + 1, leased_until=until, next_try_at=until
        )
    for message in messages:
        message.attempts += 1
    return messages


def _due(now: datetime) -> QuerySet[OutgoingMessage]:
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    waiting = OutgoingMessage.objects.filter(free, state=State.WAITING, next_try_at__lte=now)
    return waiting.select_related("report__agency").order_by("next_try_at", "id")


class _Sender:
    """One drain: what it leased, it sends, sets aside or gives back."""

    def __init__(self, now: datetime, worker: str, channels: Channels, stopwatch: Callable[[], float]) -> None:
        self._now, self._worker, self._channels = now, worker, channels
        self._stopwatch, self._until = stopwatch, stopwatch() + WORKING_TIME
        self._traffic = Traffic(channels, now)
        self._nowhere: dict[str, list[int]] = defaultdict(list)
        self._down: dict[str, ChannelDown] = {}
        self._untried = 0

    def deliver_all(self, messages: Sequence[OutgoingMessage]) -> int:
        """Deliver a batch and return how many messages were dealt with."""
        self._deliver_together(messages)
        for sentence, ids in self._nowhere.items():  # nothing left, so nothing could have left twice meanwhile
            self._end(ids, State.NOWHERE, sentence)
        self._traffic.close()
        return len(messages) - self._untried

    def _deliver_together(self, messages: Sequence[OutgoingMessage]) -> None:
        """Look up together what the messages need; what cannot be prepared so is done one by one."""
        try:
            background, recipients = Background.of(messages), Recipients(messages, self._now)
        except DATABASE_AWAY:
            raise
        except Exception as problem:  # noqa: BLE001 - one message with impossible facts must not stop the lane
            if len(messages) == 1:
                self._put_off(messages[0], problem)
            else:
                for message in messages:
                    self._deliver_together([message])
            return
        for message in messages:
            if self._stopwatch() > self._until:
                self._give_back(message, self._now, message.problem)
            else:
                self._deliver(message, background, recipients)

    def _deliver(self, message: OutgoingMessage, background: Background, recipients: Recipients) -> None:
        if message.attempts > MOST_ATTEMPTS:
            self._set_aside(message, STOPPED)
            return
        try:
            to = recipients.of(message, self._channels.kinds)
            if not_before := self._traffic.wait(message, to.kind):
                self._give_back(message, not_before, message.problem)
                return
            words = letter(message, to, background)
            sent = self._send(words, to)
        except NoAddress as nowhere:
            self._nowhere[nowhere.sentence].append(message.pk)
        except AddressGone as problem:
            self._forget(message, problem)
        except ChannelDown as problem:
            self._give_back(message, self._now + WAIT_FOR_CHANNEL, str(problem))
        except Refused as problem:
            self._refused(message, to, problem)
        except DATABASE_AWAY:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever is wrong with this one, the next one must go out
            self._put_off(message, problem)
        else:
            self._left(message, words.key, to, sent)

    def _send(self, letter: Letter, to: Recipient) -> Sent:
        """Hand a letter to its channel; one that is down is not asked again in this drain."""
        if to.kind in self._down:
            raise self._down[to.kind]
        try:
            return self._channels.of(to.kind).send(letter, to.addresses) or Sent()
        except ChannelDown as problem:
            log.warning("%s: no way out by %s: %s", self._worker, to.kind, problem)
            self._down[to.kind] = problem
            note_down(to.kind, problem=str(problem), now=self._now)
            raise

    def _left(self, message: OutgoingMessage, key: str, to: Recipient, sent: Sent) -> None:
        """Write that a letter has left. What cannot be noted of it never makes it leave again.

        It is noted before it is ended, for its receipt may come at once: one that tells of a failure meanwhile found it
        still waiting, so whoever ends it looks, and lets it leave by the next address.
        """
        self._traffic.note(to.kind, sent)
        try:
            self._note_delivery(message, key, to, sent)
        except DATABASE_AWAY:
            raise
        except Exception:
            log.exception("%s: message %d left, without a note of it", self._worker, message.pk)
        if message.told != Told.REPORTER:
            self._end([message.pk], State.SENT, "")
            return
        with transaction.atomic():
            if has_failed(key=key, channel=to.kind):
                self._settle(message, next_try_at=self._now, problem="")
            else:
                self._end([message.pk], State.SENT, "")

    def _note_delivery(self, message: OutgoingMessage, key: str, to: Recipient, sent: Sent) -> None:
        if message.told == Told.REPORTER:
            about = {"message": message, "report": message.report, "contact": to.contact}
            note_delivery(key=key, channel=to.kind, sent=sent, now=self._now, **about)
        elif self._channels.manners_of(to.kind).receipts:  # of no report's conversation: only so that a bounce is known
            note_delivery(key=key, channel=to.kind, sent=sent, now=self._now, message=message)

    def _refused(self, message: OutgoingMessage, to: Recipient, problem: Refused) -> None:
        """Set a message aside that nobody will ever take, unless its reader has another address."""
        if message.device is not None:
            self._note_silent(message, str(problem))
        if message.told != Told.REPORTER or not to.has_another:
            self._set_aside(message, str(problem))
            return
        key = letter_key(f"{message.pk}/{to.kind}/{to.contact}/refused")
        about = {"message": message, "report": message.report, "contact": to.contact}
        note_failure(key=key, channel=to.kind, problem=str(problem), now=self._now, **about)
        self._settle(message, next_try_at=self._now, problem=str(problem))

    def _note_silent(self, bell: OutgoingMessage, problem: str) -> None:
        """Keep that a bell never rang, beside the receipts of those that did; the letter goes its own way."""
        about = {"message": bell, "report": bell.report}
        note_failure(key=letter_key(f"{bell.pk}"), channel=PUSH, problem=problem, now=self._now, **about)

    def _forget(self, bell: OutgoingMessage, problem: AddressGone) -> None:
        """A device that is gone is forgotten; what it would have told is in the letter and on the tracking page."""
        if bell.device is not None:
            forget_device(device=bell.device)
            self._note_silent(bell, str(problem))
        self._nowhere[NO_DEVICE].append(bell.pk)

    def _put_off(self, message: OutgoingMessage, problem: Exception) -> None:
        # Words that are not our own might quote an address, and `problem` is read by more people than the log.
        words = str(problem) if isinstance(problem, SendingFailed) else type(problem).__name__
        log.info("%s: message %d failed at try %d", self._worker, message.pk, message.attempts, exc_info=problem)
        if message.attempts >= MOST_ATTEMPTS:
            self._set_aside(message, words)
            return
        self._settle(message, next_try_at=self._now + pause_after(message.pk, message.attempts), problem=words)

    def _set_aside(self, message: OutgoingMessage, problem: str) -> None:
        log.error("%s: message %d set aside after %d tries: %s", self._worker, message.pk, message.attempts, problem)
        self._settle(message, state=State.DEAD, problem=problem)

    def _give_back(self, message: OutgoingMessage, when: datetime, problem: str) -> None:
        """Return a message untried: the attempt that was counted for it did not take place."""
        self._untried += 1
        self._settle(message, attempts=F("attempts") - 1, next_try_at=when, problem=problem)

    def _settle(self, message: OutgoingMessage, *, problem: str, **changes: object) -> None:
        """Write what became of a message and end its lease, if the lease is still ours."""
        mine = OutgoingMessage.objects.filter(pk=message.pk, attempts=message.attempts, state=State.WAITING)
        mine.update(leased_until=None, problem=problem[:300], **changes)

    def _end(self, ids: Iterable[int], state: OutgoingMessage.State, problem: str) -> None:
        """Write that messages have left, whoever holds the lease by now: it is true, and spares a third sender."""
        waiting = OutgoingMessage.objects.filter(pk__in=ids, state=State.WAITING)
        waiting.update(state=state, sent_at=self._now, leased_until=None, problem=problem)


def pause_after(message: int, attempts: int) -> timedelta:
    """Return how long a message rests after so many tries: ever longer, up to a fifth more or less, by its id.

    The spread keeps messages that failed together from coming back together; it is the same at every run.
    """
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    spread = sha256(f"{message}".encode()).digest()[0] / 255  # 0 to 1
    return pause * (0.8 + 0.4 * spread)
