"""The browsers in which an officer is signed in: listed for the officer, and ended from elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from lapor.identity.models import DeskSession
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed

SEEN_EVERY = timedelta(minutes=10)  # how exact "last seen" is; a write per page would cost more than it tells


@transaction.atomic
def begin(
    *, account_id: int, key: str, way: str, browser: str, actor: Actor, institution: int | None, now: datetime
) -> None:
    """Note a new session, on record for the institution too, and forget those that ran out."""
    old = DeskSession.objects.filter(seen_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE) - SEEN_EVERY)
    DeskSession.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:100])).delete()
    DeskSession.objects.update_or_create(
        key=key,
        defaults={"account_id": account_id, "way": way, "browser": browser[:60], "began_at": now, "seen_at": now},
    )
    note_deed("signed_in", actor=actor, institution=institution, about=browser[:60], now=now, way=way)


def see(*, key: str, now: datetime) -> None:
    """Note that the session is in use."""
    DeskSession.objects.filter(key=key).update(seen_at=now)


def end(*, account_id: int, session_id: int) -> int:
    """End one session of this account; return how many ended. Nothing happens to anybody else's."""
    return _end(DeskSession.objects.filter(account_id=account_id, pk=session_id))


def end_others(*, account_id: int, key: str = "") -> int:
    """End every session of this account but the one with this key; return how many ended."""
    return _end(DeskSession.objects.filter(account_id=account_id).exclude(key=key))


@transaction.atomic
def _end(sessions: QuerySet[DeskSession]) -> int:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = list(sessions.select_for_update())
    for row in rows:
        store().delete(row.key)
    DeskSession.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
