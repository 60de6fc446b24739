"""Wanting the monthly report by e-mail, and owing each month once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.roles import appointment_infos
from lapor.kernel.actor import Actor, officer
from lapor.kernel.errors import Refusal
from lapor.reports.models import MonthlyLetter, MonthlySubscription

CAPITAL = ZoneInfo("Asia/Jakarta")
FIRST_DAY = 3  # of the next month: by then its last evening has ended everywhere, and been counted


class NotYoursToOrder(Refusal):
    """A deputy acts under somebody else's appointment."""

    status = 409
    sentence = _("You stand in for somebody: whether this desk's report comes by e-mail is their decision.")


class NoMailbox(Refusal):
    """There is nowhere to send it."""

    status = 409
    sentence = _("Your account has no e-mail address. Ask your institution's admin to write one down.")


@transaction.atomic
def subscribe(*, actor: Actor, language: str, now: datetime) -> None:
    """Send this officer the report of each month from the next one on; twice is once. Raises NotYoursToOrder."""
    info = appointment_infos([officer(actor)])[officer(actor)]
    if info.account_id != actor.account:
        raise NotYoursToOrder
    if not info.email:
        raise NoMailbox
    MonthlySubscription.objects.get_or_create(
        appointment=officer(actor),
        defaults={"account": info.account_id, "desk": info.desk, "language": language, "at": now},
    )


@transaction.atomic
def unsubscribe(*, actor: Actor) -> None:
    """Send no more of them; what waits to be sent goes too."""
    MonthlySubscription.objects.filter(appointment=officer(actor), account=actor.account or 0).delete()


def is_subscribed(actor: Actor) -> bool:
    """Tell whether this officer gets the report by e-mail. One query."""
    return MonthlySubscription.objects.filter(appointment=actor.appointment or 0, account=actor.account or 0).exists()


@transaction.atomic
def owe_months(*, now: datetime) -> int:
    """Owe each subscriber the letter of the month that has ended, once; returns how many are new.

    A month that ended before somebody subscribed is not owed. Any number of clocks may call it.
    """
    today = now.astimezone(CAPITAL).date()
    if today.day < FIRST_DAY:
        return 0
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    begun = datetime.combine(today.replace(day=1), datetime.min.time(), CAPITAL)
    served = MonthlyLetter.objects.filter(first=first).values("subscription")
    waiting = MonthlySubscription.objects.filter(at__lt=begun).exclude(pk__in=served)
    letters = [_letter(one, first, now) for one in waiting]
    MonthlyLetter.objects.bulk_create(letters, ignore_conflicts=True)
    return len(letters)


def _letter(subscription: MonthlySubscription, first: date, now: datetime) -> MonthlyLetter:
    return MonthlyLetter(subscription=subscription, first=first, created_at=now, next_try_at=now)
