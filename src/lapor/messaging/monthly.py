"""Letters that say that the month's report is ready. They hold no figures: a link, behind which the officer signs in.

The same lane as every message: the attempt is counted and committed before the work, a dead letter stays visible. Who
holds the role no longer when the letter leaves gets none (S16).
"""

from __future__ import annotations

import logging
from contextlib import closing
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from lapor.agencies.queries import roles
from lapor.identity.models import Account
from lapor.kernel.links import MONTHLY
from lapor.messaging.channel import ChannelDown, Channels, Letter, Refused, SendingFailed
from lapor.messaging.letters import EMAIL
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, WAIT_FOR_CHANNEL, pause_after
from lapor.messaging.texts import Rendered
from lapor.reports.models import MonthlyLetter

State = MonthlyLetter.State
log = logging.getLogger(__name__)


def drain_months(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` letters that are due and return how many were dealt with. Never raises for one letter."""
    letters = _lease(now, batch)
    if not letters:
        return 0
    with closing(Channels()) as channels:
        for one in letters:
            address = _address(one, now)
            if not address:
                _settle(one, state=State.DROPPED)
            elif EMAIL in channels.kinds:
                _deliver(one, address, channels, now)
    return len(letters)


def _lease(now: datetime, batch: int) -> list[MonthlyLetter]:
    with transaction.atomic(durable=True):
        due = MonthlyLetter.objects.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "id")
        letters = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("subscription")[:batch])
        taken = MonthlyLetter.objects.filter(pk__in=[one.pk for one in letters])
        taken.update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    return letters


def _address(one: MonthlyLetter, now: datetime) -> str:
    """Return the officer's address while the role that subscribed is in force, else nothing."""
    account = Account.objects.filter(pk=one.subscription.account).first()
    if account is None:
        return ""
    held = {actor.appointment for actor in roles.actors_of(account, now)}
    return account.email if one.subscription.appointment in held else ""


def _deliver(one: MonthlyLetter, address: str, channels: Channels, now: datetime) -> None:
    try:
        channels.of(EMAIL).send(letter(one), [address])
    except ChannelDown as problem:
        _settle(one, attempts=one.attempts, next_try_at=now + WAIT_FOR_CHANNEL, problem=str(problem)[:300])
    except Refused as problem:
        _settle(one, state=State.DEAD, problem=str(problem)[:300])
    except Exception as problem:  # whatever is wrong with this one, the next one must go out
        log.info("monthly letter %d failed", one.pk, exc_info=problem)
        words = str(problem) if isinstance(problem, SendingFailed) else type(problem).__name__
        is_last = one.attempts + 1 >= MOST_ATTEMPTS
        state = State.DEAD if is_last else State.WAITING
        _settle(one, state=state, next_try_at=now + pause_after(one.pk, one.attempts + 1), problem=words[:300])
    else:
        _settle(one, state=State.SENT, sent_at=now, problem="")


def _settle(one: MonthlyLetter, **changes: object) -> None:
    MonthlyLetter.objects.filter(pk=one.pk, state=State.WAITING).update(**changes)


def letter(one: MonthlyLetter) -> Letter:
    """Return a letter as it leaves; the same at every try within a second."""
    token = signing.TimestampSigner(salt=MONTHLY).sign_object([one.subscription.desk, f"{one.first:%Y-%m}"])
    with translation.override(one.subscription.language):
        month = f"{MONTHS[one.first.month]} {one.first.year}"
        text = Rendered(
            _("The report of %(month)s is ready") % {"month": month},
            _("Sign in to read it, and to take it along as PDF or workbook. The link lasts sixty days; afterwards the "
              "report stands in the menu of your desk. You end these letters on the same page."),
        )  # fmt: skip
    return Letter(
        key=salted_hmac("lapor.messaging.monthly", f"{one.pk} {one.created_at}", algorithm="sha256").hexdigest()[:32],
        language=one.subscription.language,
        text=text,
        code="",
        number="",
        title="",
        link=settings.LAPOR_BASE_URL + reverse("desk:monthly_link", args=[token]),
        opens=True,
    )
