"""Letters to followers of public reports: the question whether they want them, then one for each public step.

What is public is asked when the letter leaves: a report that was hidden meanwhile tells its followers nothing.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from lapor.messaging.channel import Letter
from lapor.messaging.lane import Packed, drain
from lapor.messaging.letters import safe_title
from lapor.messaging.texts import Rendered
from lapor.reports.followers import address_of, link_of
from lapor.reports.models import FollowLetter
from lapor.reports.queries.public import public
from lapor.sop.plain import status_said
from lapor.sop.vocabulary import Action, Status


def drain_followers(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` letters that are due and return how many were dealt with. Never raises for one letter."""
    return drain(FollowLetter.objects.select_related("follow__report"), _packed, now=now, batch=batch)


def _packed(one: FollowLetter) -> Packed:
    if not public().filter(pk=one.follow.report_id).exists():
        return None
    return letter(one), [address_of(one.follow)]


def letter(one: FollowLetter) -> Letter:
    """Return a letter as it leaves; the same at every try."""
    follow, report = one.follow, one.follow.report
    page = settings.LAPOR_BASE_URL + reverse("portal:public_report", args=[report.number])
    link = link_of(follow.ref)
    decide = settings.LAPOR_BASE_URL + reverse("portal:news", args=[link])
    leave = settings.LAPOR_BASE_URL + reverse("portal:stop_following", args=[link])
    with translation.override(follow.language):
        text = _question() if one.seq == 0 else _news(one, decide)
    return Letter(
        key=salted_hmac("lapor.messaging.followers", f"{one.pk} {one.created_at}", algorithm="sha256").hexdigest()[:32],
        language=follow.language,
        text=text,
        code="",
        number=report.number,
        title=safe_title(report),
        link=decide if one.seq == 0 else page,
        one_click="" if one.seq == 0 else leave,
    )


def _question() -> Rendered:
    body = _(
        "Somebody, hopefully you, asked for news of a public report at this address. Open the page below and press "
        "“Yes, send me news”. If it was not you, do nothing: you will not hear of it again."
    )
    return Rendered(_("Do you want news of this report?"), body)


def _news(one: FollowLetter, stop: str) -> Rendered:
    language = one.follow.language
    status, step = status_said(Status(one.follow.report.status), language=language), Action(one.action).label(language)
    body = _("What happened: %(step)s. The report is now: %(status)s. To hear no more of it, open %(stop)s") % {
        "step": step, "status": status, "stop": stop,
    }  # fmt: skip
    return Rendered(_("News of a report you follow"), body)
