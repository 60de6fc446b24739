"""Where passkeys are used: the browser binds each to one name, ours."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from lapor.identity.usecases.passkeys import Site


def site_of(request: HttpRequest) -> Site | None:
    """Return our own name, under which institutions' addresses stand, and the address in use; None elsewhere."""
    name = urlsplit(settings.LAPOR_BASE_URL).hostname or ""
    host = request.get_host().partition(":")[0].lower()
    if not name or (host != name and not host.endswith(f".{name}")):
        return None
    return Site(name, f"{request.scheme}://{request.get_host()}")
