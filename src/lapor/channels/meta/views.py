"""Meta's one webhook: signature first, over the very bytes; then each part is kept, all committed, then 200."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lapor.channels.meta.wire import FACEBOOK, RECEIPT, Deleted, Event, Incoming, News, events_of
from lapor.intake.usecases.keep import keep
from lapor.intake.usecases.take_back import take_back
from lapor.messaging.counters import note_refused
from lapor.messaging.receipts import note_receipt

LARGEST = 4 * 1024 * 1024  # bytes; Meta sends at most 3 MB
LONGEST_CHALLENGE = 200
META = "meta"  # what is refused is counted for the address: which channel it claims to be for is not believed
_PLAIN = "text/plain; charset=utf-8"

log = logging.getLogger(__name__)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest) -> HttpResponse:
    """Answer Meta's question whether we are who it was told of, or take what it brings."""
    return _verify(request) if request.method == "GET" else _take(request)


def is_signed(body: bytes, header: str) -> bool:
    """Tell whether X-Hub-Signature-256 is Meta's for these bytes; compared in constant time. Never without a secret."""
    secret: str = settings.LAPOR_META_APP_SECRET
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return bool(secret) and hmac.compare_digest(f"sha256={expected}".encode(), header.encode("utf-8", "replace"))


def _verify(request: HttpRequest) -> HttpResponse:
    token: str = settings.LAPOR_META_VERIFY_TOKEN
    asked, challenge = request.GET.get("hub.verify_token", ""), request.GET.get("hub.challenge", "")
    known = bool(token) and constant_time_compare(asked, token)
    if not known or request.GET.get("hub.mode") != "subscribe" or len(challenge) > LONGEST_CHALLENGE:
        note_refused(META, "refused", now=timezone.now())
        return HttpResponse(status=403, content_type=_PLAIN)
    return HttpResponse(challenge, content_type=_PLAIN)


def _take(request: HttpRequest) -> HttpResponse:
    """Keep all parts of a webhook. On any error Meta is told so and brings the whole again, for 36 hours and more."""
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        note_refused(META, "oversized", now=timezone.now())
        return HttpResponse(status=413, content_type=_PLAIN)
    if not is_signed(body, request.headers.get("X-Hub-Signature-256", "")):
        note_refused(META, "refused", now=timezone.now())
        return HttpResponse(status=403, content_type=_PLAIN)
    now = timezone.now()
    try:
        events = list(events_of(body))
    except ValueError:
        log.warning("meta: a signed webhook cannot be read; it is kept for a person")
        events = [Incoming(FACEBOOK, "unreadable", "", "", None, body)]
    for event in events:
        _deal_with(event, now)
    return HttpResponse(status=200, content_type=_PLAIN)


def _deal_with(event: Event, now: datetime) -> None:
    if isinstance(event, Incoming):
        keep(
            channel=event.channel,
            account=event.account,
            provider_id=event.provider_id,
            raw=event.raw,
            sender=event.sender,
            sent_at=event.sent_at,
            now=now,
        )
    elif isinstance(event, News):
        _note(event, now)
    elif isinstance(event, Deleted):
        take_back(channel=event.channel, account=event.account, provider_id=event.provider_id, now=now)
    else:
        log.info("meta: not used: %s", event.what)


def _note(news: News, now: datetime) -> None:
    """Keep a receipt, by our key where it has one: the letter's row may be younger than its receipt by a moment."""
    about = {"key": news.key[:40]} if news.key else {"provider_id": news.provider_id}
    if note_receipt(channel=news.channel, state=news.state, problem=news.problem, now=now, **about) or not news.key:
        return
    if news.state == "failed":  # told before the letter's own row was written: not lost, the lane looks again
        raw = json.dumps({"kind": RECEIPT, "key": news.key[:40], "state": news.state, "problem": news.problem})
        name = f"receipt:{news.provider_id}"[:200]
        keep(channel=news.channel, account="receipts", provider_id=name, raw=raw.encode(), now=now)
