"""Where Kannel hands over messages and receipts. Nothing is parsed before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET

from lapor.channels.sms.wire import GAVE_UP, LONGEST_QUERY, STATES, read_query
from lapor.intake.usecases.keep import keep
from lapor.messaging.counters import note_refused
from lapor.messaging.receipts import note_receipt

EMPTY = "text/plain; charset=utf-8"  # whatever stood in the body, Kannel would send to the citizen

View = Callable[[HttpRequest], HttpResponse]


def from_kannel(view: View) -> View:
    """Open a view to Kannel only: its address, and the secret that stands in kannel.conf."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        host = request.META.get(settings.ADDRESS_HEADER, "")
        secret = request.GET.get("secret", "")
        known = bool(settings.LAPOR_KANNEL_SECRET) and host in settings.LAPOR_KANNEL_HOSTS
        if not known or not constant_time_compare(secret, settings.LAPOR_KANNEL_SECRET):
            note_refused("sms", "refused", now=timezone.now())
            return HttpResponse(status=403, content_type=EMPTY)
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            note_refused("sms", "oversized", now=timezone.now())
            return HttpResponse(status=413, content_type=EMPTY)
        return view(request)

    return require_GET(guarded)


@from_kannel
def incoming(request: HttpRequest) -> HttpResponse:
    """Keep one short message and say OK only after COMMIT; on any error Kannel keeps it and tries again."""
    raw = without_secret(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace")
    message = read_query(raw)
    keep(
        channel="sms",
        account=message.to,
        provider_id=f"{message.smsc}:{message.id}" if message.id else "",
        raw=raw,
        sender=message.sender,
        sent_at=message.sent_at,
        now=timezone.now(),
    )
    return HttpResponse(content_type=EMPTY)


@from_kannel
def receipt(request: HttpRequest) -> HttpResponse:
    """Keep what became of a letter; news of nothing that we sent is counted and answered like any other."""
    state = STATES.get(request.GET.get("state", ""))
    if state:
        key, problem = request.GET.get("key", "")[:40], "" if state == "delivered" else GAVE_UP
        note_receipt(channel="sms", key=key, state=state, problem=problem, now=timezone.now())
    return HttpResponse(content_type=EMPTY)


def without_secret(query: str) -> str:
    """Return a query string as it is kept: everything but the secret."""
    return "&".join(part for part in query.split("&") if not part.startswith("secret="))
