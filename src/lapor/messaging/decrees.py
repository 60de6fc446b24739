"""Letters that a decree ends. They name nobody: how many seats end, until when, and a link behind which one signs in.

Asked anew when a letter leaves: who was named in a later decree meanwhile gets none (S18), and an admin or head who
holds the role no longer gets none either (S16).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.agencies.models import Decree
from lapor.agencies.queries.decrees import endings, keepers_of
from lapor.identity.models import Account
from lapor.messaging.channel import Letter
from lapor.messaging.lane import Packed, drain
from lapor.messaging.texts import FIRST_LANGUAGE, Rendered
from lapor.reports.models import DecreeLetter
from lapor.sop.vocabulary import Role


@dataclass(frozen=True)
class Concern:
    """What a letter is about for its reader: whether an own seat ends, how many seats the reader looks after."""

    is_own: bool
    kept: int
    is_admin: bool


def drain_decrees(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` letters that are due and return how many were dealt with. Never raises for one letter."""

    def packed(one: DecreeLetter) -> Packed:
        account = Account.objects.filter(pk=one.account, is_active=True).exclude(email="").first()
        concern = _concern(one, now) if account else None
        return (letter(one, concern, now), [account.email]) if account and concern else None

    return drain(DecreeLetter.objects.select_related("decree__institution__calendar"), packed, now=now, batch=batch)


def _concern(one: DecreeLetter, now: datetime) -> Concern | None:
    """Return what the letter has to say to its reader at this moment, None when there is nothing any more."""
    seats = endings(Decree.objects.filter(pk=one.decree_id))
    keepers = [keeper for keeper in keepers_of([one.decree.institution_id], on=now) if keeper.account_id == one.account]
    kept = [seat for seat in seats if any(keeper.looks_after(seat) for keeper in keepers)]
    is_own = any(seat.account_id == one.account for seat in seats)
    is_admin = any(keeper.role is not Role.HEAD for keeper in keepers)
    return Concern(is_own, len(kept), is_admin) if is_own or kept else None


def letter(one: DecreeLetter, concern: Concern, now: datetime) -> Letter:
    """Return the letter for what it is about."""
    page = reverse("desk:decree_page", args=[one.decree_id]) if concern.is_admin else reverse("desk:inbox")
    with translation.override(FIRST_LANGUAGE):
        text = Rendered(_subject(one, now), " ".join(_said(one, concern)))
    return Letter(
        key=salted_hmac("lapor.messaging.decrees", f"{one.pk} {one.created_at}", algorithm="sha256").hexdigest()[:32],
        language=FIRST_LANGUAGE,
        text=text,
        code="",
        number="",
        title="",
        link=settings.LAPOR_BASE_URL + page,
        opens=True,
    )


def _subject(one: DecreeLetter, now: datetime) -> str:
    """Say when it ends as it is true at this moment: a letter may have waited for a mail server."""
    today = now.astimezone(ZoneInfo(one.decree.institution.calendar.zone)).date()
    left = (one.decree.valid_to - today).days
    if left < 0:
        return _("A decree (SK) has ended: %(number)s") % {"number": one.decree.number}
    if left == 0:
        return _("A decree (SK) ends today: %(number)s") % {"number": one.decree.number}
    said = ngettext("A decree (SK) ends in %(n)d day: %(number)s", "A decree (SK) ends in %(n)d days: %(number)s", left)
    return said % {"n": left, "number": one.decree.number}


def _said(one: DecreeLetter, concern: Concern) -> list[str]:
    known = {"day": date_format(one.decree.valid_to, "j F Y"), "institution": one.decree.institution.name}
    said = [_("The last day of this decree of %(institution)s is %(day)s.") % known]
    if concern.is_own:
        said.append(
            _("Your role ends with it, at midnight. Ask your admin to name you in the next decree, or who follows you.")
        )
    if concern.kept:
        said.append(
            ngettext(
                "%(n)d officer is named in no later decree. Register the new one, or hand the seat over: afterwards "
                "nobody can act there.",
                "%(n)d officers are named in no later decree. Register the new one, or hand the seats over: afterwards "
                "nobody can act there.",
                concern.kept,
            )
            % {"n": concern.kept}
        )
    return said
