"""Where a device says that a bell came, and that somebody opened it. The key travelled sealed to that device alone."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lapor.messaging.receipts import note_receipt

STATES = frozenset({"delivered", "read"})
_KEY = re.compile(r"[0-9a-f]{32}")


@csrf_exempt  # it carries no cookie: whoever knows the key is the device
@require_POST
def receipt(request: HttpRequest) -> HttpResponse:
    """Keep what became of a bell; the answer is the same whether there is such a bell or not."""
    key, state = request.POST.get("key", ""), request.POST.get("state", "")
    if not _KEY.fullmatch(key) or state not in STATES:
        return HttpResponse(status=400)
    note_receipt(channel="push", key=key, state=state, now=timezone.now())
    return HttpResponse(status=204)
