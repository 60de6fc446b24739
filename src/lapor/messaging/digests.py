"""The head's week by letter: how many reports wait, are with the Ombudsman, objected to, late; counted as it leaves.

The same lane as every message: the attempt is counted and committed before the work, a dead letter stays visible.
Figures only, and a link behind which the head signs in.
"""

from __future__ import annotations

import logging
from contextlib import closing
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.agencies.queries import roles
from lapor.messaging.channel import ChannelDown, Channels, Letter, Refused, SendingFailed
from lapor.messaging.letters import EMAIL
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, WAIT_FOR_CHANNEL, pause_after
from lapor.messaging.texts import FIRST_LANGUAGE, Rendered
from lapor.reports.models import HeadDigest
from lapor.reports.queries.head import HeadCounts, head_counts
from lapor.sop.vocabulary import Role

State = HeadDigest.State
log = logging.getLogger(__name__)


def drain_digests(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` letters that are due and return how many were dealt with. Never raises for one letter."""
    digests = _lease(now, batch)
    if not digests:
        return 0
    with closing(Channels()) as channels:
        for one in digests:
            addresses = _heads(one, now)
            counts = head_counts(one.unit_id, now)
            if not addresses or not (counts.waiting or counts.red):
                _settle(one, state=State.DROPPED)
            elif EMAIL in channels.kinds:
                _deliver(one, addresses, counts, channels, now)
    return len(digests)


def _lease(now: datetime, batch: int) -> list[HeadDigest]:
    with transaction.atomic(durable=True):
        due = HeadDigest.objects.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "id")
        digests = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("unit")[:batch])
        taken = HeadDigest.objects.filter(pk__in=[one.pk for one in digests])
        taken.update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    return digests


def _heads(one: HeadDigest, now: datetime) -> list[str]:
    """Return the addresses of who heads the unit at this moment, deputies too (S16)."""
    return sorted({head.email for head in roles.officers_of(one.unit_id, Role.HEAD, on=now) if head.email})


def _deliver(one: HeadDigest, addresses: list[str], counts: HeadCounts, channels: Channels, now: datetime) -> None:
    try:
        channels.of(EMAIL).send(letter(one, counts), addresses)
    except ChannelDown as problem:
        _settle(one, attempts=one.attempts, next_try_at=now + WAIT_FOR_CHANNEL, problem=str(problem)[:300])
    except Refused as problem:
        _settle(one, state=State.DEAD, problem=str(problem)[:300])
    except Exception as problem:  # whatever is wrong with this one, the next one must go out
        log.info("digest %d failed", one.pk, exc_info=problem)
        words = str(problem) if isinstance(problem, SendingFailed) else type(problem).__name__
        is_last = one.attempts + 1 >= MOST_ATTEMPTS
        state = State.DEAD if is_last else State.WAITING
        _settle(one, state=state, next_try_at=now + pause_after(one.pk, one.attempts + 1), problem=words[:300])
    else:
        _settle(one, state=State.SENT, sent_at=now, problem="")


def _settle(one: HeadDigest, **changes: object) -> None:
    HeadDigest.objects.filter(pk=one.pk, state=State.WAITING).update(**changes)


def letter(one: HeadDigest, counts: HeadCounts) -> Letter:
    """Return the letter with these figures."""
    with translation.override(FIRST_LANGUAGE):
        text = Rendered(_("Your unit this week: %(unit)s") % {"unit": one.unit.name}, " ".join(_said(counts)))
    return Letter(
        key=salted_hmac("lapor.messaging.digests", f"{one.pk} {one.created_at}", algorithm="sha256").hexdigest()[:32],
        language=FIRST_LANGUAGE,
        text=text,
        code="",
        number="",
        title="",
        link=settings.LAPOR_BASE_URL + reverse("desk:head"),
        opens=True,
    )


def _said(counts: HeadCounts) -> list[str]:
    """Return a sentence for each figure that is not nought."""
    told = [
        (
            counts.waiting,
            ngettext("%(n)d report waits for your word.", "%(n)d reports wait for your word.", counts.waiting),
        ),
        (counts.escalated, ngettext("%(n)d is with the Ombudsman.", "%(n)d are with the Ombudsman.", counts.escalated)),
        (
            counts.objected,
            ngettext("To %(n)d the reporter objected.", "To %(n)d the reporters objected.", counts.objected),
        ),
        (counts.late, ngettext("%(n)d is late.", "%(n)d are late.", counts.late)),
    ]
    return [sentence % {"n": n} for n, sentence in told if n]
