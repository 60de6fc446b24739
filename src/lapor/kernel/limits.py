"""How often somebody may be wrong: guesses of codes and passwords are counted by the range of addresses they come from.

Only wrong tries count, so that nobody is stopped who knows what to type. Nothing kept leads back to an address: a range
is counted under an HMAC whose key lives in this process and dies with it. Each web process counts for itself.
"""

from __future__ import annotations

import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import Refusal

SPAN = timedelta(minutes=10)
_KEY = secrets.token_bytes(32)


class TooManyTries(Refusal):
    """Too many wrong tries came from one range of addresses; right ones are refused with them until it is over."""

    status = 429
    sentence = _("Too many wrong tries came from your network. Please wait ten minutes and try again.")


class TooMuchAtOnce(Refusal):
    """More came from one range of addresses than a whole village sends; what was typed is kept on the page."""

    status = 429
    sentence = _("A great deal comes from your network right now. Nothing is lost: wait ten minutes and send it again.")


@dataclass(frozen=True)
class Limit:
    """At most `most` wrong tries (or whatever is counted) within SPAN from one range of addresses."""

    name: str
    most: int
    refusal: type[Refusal] = TooManyTries

    def check(self, request: HttpRequest) -> None:
        """Raise the refusal, before any work is done, when the range has used its tries up."""
        key = self._key(request)
        if key and cache.get(key, 0) >= self.most:
            raise self.refusal

    def count(self, request: HttpRequest) -> None:
        """Note one wrong try."""
        if key := self._key(request):
            cache.add(key, 0, SPAN.total_seconds())
            with suppress(ValueError):  # it ran out this very moment
                cache.incr(key)

    def _key(self, request: HttpRequest) -> str:
        knocking = range_of(request.META.get(settings.ADDRESS_HEADER, ""))
        return hmac.digest(_KEY, f"{self.name} {knocking}".encode(), "sha256").hex() if knocking else ""


def range_of(address: str) -> str:
    """Return the range that one household or office has: a /24 of IPv4, a /56 of IPv6.

    Empty for what is no public address: that is this machine or a proxy, and says nothing about who knocks.
    """
    try:
        known = ip_address(address.strip())
    except ValueError:
        return ""
    width = 24 if known.version == 4 else 56
    return str(ip_network(f"{known}/{width}", strict=False)) if known.is_global else ""
