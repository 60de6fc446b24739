"""Letters to followers of public reports: the question whether they want them, then one for each public step.

The same lane as every message: the attempt is counted and committed before the work, a dead letter stays visible. What
is public is asked when the letter leaves: a report that was hidden meanwhile tells its followers nothing.
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

from lapor.messaging.channel import ChannelDown, Channels, Letter, Refused, SendingFailed
from lapor.messaging.letters import EMAIL, safe_title
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, WAIT_FOR_CHANNEL, pause_after
from lapor.messaging.texts import Rendered
from lapor.reports.followers import address_of, link_of
from lapor.reports.models import FollowLetter
from lapor.reports.queries.public import public
from lapor.sop.plain import status_said
from lapor.sop.vocabulary import Action, Status

State = FollowLetter.State
log = logging.getLogger(__name__)


def drain_followers(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` letters that are due and return how many were dealt with. Never raises for one letter."""
    letters = _lease(now, batch)
    if not letters:
        return 0
    shown = set(public().filter(pk__in={one.follow.report_id for one in letters}).values_list("pk", flat=True))
    with closing(Channels()) as channels:
        for one in letters:
            if one.follow.report_id not in shown:
                _settle(one, state=State.DROPPED)
            elif EMAIL in channels.kinds:
                _deliver(one, channels, now)
    return len(letters)


def _lease(now: datetime, batch: int) -> list[FollowLetter]:
    with transaction.atomic(durable=True):
        due = FollowLetter.objects.filter(state=State.WAITING, next_try_at__lte=now).order_by("next_try_at", "id")
        letters = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("follow__report")[:batch])
        taken = FollowLetter.objects.filter(pk__in=[one.pk for one in letters])
        taken.update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    return letters


def _deliver(one: FollowLetter, channels: Channels, now: datetime) -> None:
    try:
        channels.of(EMAIL).send(letter(one), [address_of(one.follow)])
    except ChannelDown as problem:
        _settle(one, attempts=one.attempts, next_try_at=now + WAIT_FOR_CHANNEL, problem=str(problem)[:300])
    except Refused as problem:
        _settle(one, state=State.DEAD, problem=str(problem)[:300])
    except Exception as problem:  # whatever is wrong with this one, the next one must go out
        log.info("letter %d to a follower failed", one.pk, exc_info=problem)
        words = str(problem) if isinstance(problem, SendingFailed) else type(problem).__name__
        is_last = one.attempts + 1 >= MOST_ATTEMPTS
        state = State.DEAD if is_last else State.WAITING
        _settle(one, state=state, next_try_at=now + pause_after(one.pk, one.attempts + 1), problem=words[:300])
    else:
        _settle(one, state=State.SENT, sent_at=now, problem="")


def _settle(one: FollowLetter, **changes: object) -> None:
    FollowLetter.objects.filter(pk=one.pk, state=State.WAITING).update(**changes)


def letter(one: FollowLetter) -> Letter:
    """Return a letter as it leaves; the same at every try."""
    follow, report = one.follow, one.follow.report
    page = settings.LAPOR_BASE_URL + reverse("portal:public_report", args=[report.number])
    decide = settings.LAPOR_BASE_URL + reverse("portal:news", args=[link_of(follow.ref)])
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
