"""News of a public report by e-mail: asked for by anybody, sent only to whoever confirmed it, stopped by one button."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from lapor.identity.contacts import EMAIL, normal
from lapor.identity.vault import address_index, seal
from lapor.reports.followers import about
from lapor.reports.models import Follow, FollowLetter
from lapor.reports.queries.public import find_public, public
from lapor.reports.refusals import NotFound

ASK_AGAIN = timedelta(minutes=30)
CONFIRM_WITHIN = timedelta(days=7)
BATCH = 500  # of what is forgotten at once
QUESTION = 0  # `seq` of the letter that asks whether the address wants news


@transaction.atomic(durable=True)
def follow_report(*, number: str, address: str, language: str, is_own: bool = False, now: datetime) -> None:
    """Keep that an e-mail address wants news, and owe it the question; `is_own` skips the question for an account's.

    Known and unknown addresses are answered alike, and asked at most once in half an hour. Raises NotFound,
    InvalidInput.
    """
    clear = normal(EMAIL, address)
    report = find_public(number)
    ref = uuid.uuid4()
    fresh = {
        "ref": ref, "sealed": seal(clear, about=about(ref)), "language": language, "at": now,
        "confirmed_at": now if is_own else None,
    }  # fmt: skip
    found, is_new = Follow.objects.get_or_create(report=report, index=address_index(EMAIL, clear), defaults=fresh)
    if found.confirmed_at is None and is_own:
        Follow.objects.filter(pk=found.pk).update(confirmed_at=now)
    elif found.confirmed_at is None:
        _ask(found, is_new=is_new, now=now)


def _ask(follow: Follow, *, is_new: bool, now: datetime) -> None:
    owed = {"state": FollowLetter.State.WAITING, "attempts": 0, "next_try_at": now, "created_at": now}
    if is_new:
        FollowLetter.objects.create(follow=follow, seq=QUESTION, **owed)
    else:
        Follow.objects.filter(pk=follow.pk).update(at=now)
        old = FollowLetter.objects.filter(follow=follow, seq=QUESTION, created_at__lte=now - ASK_AGAIN)
        old.update(**owed)


@transaction.atomic(durable=True)
def confirm_follow(*, ref: uuid.UUID, now: datetime) -> str:
    """Begin to send news, and return the report's number. Raises NotFound for what is gone, too old or not public."""
    follow = Follow.objects.select_for_update(of=("self",)).filter(ref=ref, report__in=public().values("pk")).first()
    if follow is None or (follow.confirmed_at is None and follow.at < now - CONFIRM_WITHIN):
        raise NotFound
    if follow.confirmed_at is None:
        follow.confirmed_at = now
        follow.save(update_fields=["confirmed_at"])
    return follow.report.number


@transaction.atomic(durable=True)
def stop_following(*, ref: uuid.UUID) -> None:
    """Forget the address and what was owed to it; also where the report is hidden by now, and more than once."""
    Follow.objects.filter(ref=ref).delete()


@transaction.atomic(durable=True)
def forget_unconfirmed(*, now: datetime) -> int:
    """Erase up to 500 follows whose question went unanswered for a week, with their letters; return how many rows."""
    unanswered = Follow.objects.filter(confirmed_at=None, at__lt=now - CONFIRM_WITHIN)
    oldest = list(unanswered.order_by("at").values_list("pk", flat=True)[:BATCH])
    return Follow.objects.filter(pk__in=oldest).delete()[0] if oldest else 0
