"""Letters that say that the month's report is ready. They hold no figures: a link, behind which the officer signs in.

Who holds the role no longer when the letter leaves gets none (S16).
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from lapor.agencies.queries import roles
from lapor.identity.models import Account
from lapor.kernel.links import MONTHLY
from lapor.messaging.channel import Letter
from lapor.messaging.lane import Packed, drain
from lapor.messaging.texts import Rendered
from lapor.reports.models import MonthlyLetter


def drain_months(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` letters that are due and return how many were dealt with. Never raises for one letter."""

    def packed(one: MonthlyLetter) -> Packed:
        address = _address(one, now)
        return (letter(one), [address]) if address else None

    return drain(MonthlyLetter.objects.select_related("subscription"), packed, now=now, batch=batch)


def _address(one: MonthlyLetter, now: datetime) -> str:
    """Return the officer's address while the role that subscribed is in force, else nothing."""
    account = Account.objects.filter(pk=one.subscription.account).first()
    if account is None:
        return ""
    held = {actor.appointment for actor in roles.actors_of(account, now)}
    return account.email if one.subscription.appointment in held else ""


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
