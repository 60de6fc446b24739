"""Web push: a bell on the reporter's own device, beside the letter."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _

from lapor.identity.subscriptions import Subscription
from lapor.messaging import webpush
from lapor.messaging.channel import AddressGone, Letter, Refused, SendingFailed, TryLater
from lapor.messaging.outward import NotPublic, Outward

WEEK = 7 * 24 * 60 * 60  # seconds that a push service keeps it for a phone that is switched off
LONGEST_BODY = 500  # characters
GONE = (404, 410)
LATER = (408, 425, 429)


class Push(Outward):
    """Each bell is one request to the push service of one browser."""

    key = "push"

    def send(self, letter: Letter, to: Sequence[str]) -> None:
        """Ring one device. Told apart: the device gone, not now, never."""
        for written in to:
            device = Subscription.read(written)
            try:
                answer = self.post(device.endpoint, webpush.sealed(content(letter), device), headers(letter, device))
            except NotPublic:
                raise Refused("the push service is in a private network") from None
            except (OSError, http.client.HTTPException) as problem:
                raise TryLater(type(problem).__name__) from problem
            refusal = judged(answer.status)
            if refusal is not None:
                raise refusal

    def close(self) -> None:
        """Hang up: every request has done so already."""


def judged(status: int) -> SendingFailed | None:
    """Say what a push service's status means for the letter (RFC 8030, 5 and 7.3); None when it was taken."""
    words = f"the push service answered {status}"
    if status in GONE:
        return AddressGone(words)
    if status in LATER or status >= http.client.INTERNAL_SERVER_ERROR:
        return TryLater(words)
    return None if http.client.OK <= status < http.client.MULTIPLE_CHOICES else Refused(words)


def headers(letter: Letter, device: Subscription) -> dict[str, str]:
    """Return the headers; the topic lets a repeated letter take the place of the one that still waits."""
    return {
        "Authorization": webpush.authorization(device.endpoint, at=time.time()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(WEEK),
        "Topic": letter.key[:32],
        "Urgency": "normal",
    }


def content(letter: Letter) -> bytes:
    """Return what the phone shows, as JSON. It lies open on a locked screen: no code, no title, nobody's words.

    Where the title must not travel, a secret report's above all, not even what happened is told.
    """
    with translation.override(letter.language):
        title, body = (letter.text.subject, letter.text.body) if letter.title else _discreet()
    shown = body if len(body) <= LONGEST_BODY else f"{body[: LONGEST_BODY - 1]}…"
    facts = {
        "title": title,
        "body": shown,
        "tag": letter.key,
        "lang": letter.language,
        "link": urlsplit(letter.link).path,
    }
    return json.dumps(facts, ensure_ascii=False).encode()


def _discreet() -> tuple[str, str]:
    return _("There is news of your report"), _("Open it to read.")
