"""Who is reporting, as far as this request shows it."""

from __future__ import annotations

from django.http import HttpRequest

from lapor.kernel.actor import Actor, reporter_with_code

TRACKED = "tracked"  # session key: the code whose report this browser looks at


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a citizen's request: no account stands before filing, and the code opens the report."""
    return reporter_with_code()


def tracked(request: HttpRequest) -> str:
    """Return the code that this browser follows, or an empty text."""
    code: str = request.session.get(TRACKED, "")
    return code


def follow(request: HttpRequest, code: str) -> None:
    """Remember the code for this browser's session."""
    request.session[TRACKED] = code


def forget(request: HttpRequest) -> None:
    """Forget every code: the next person at this device sees nothing."""
    for key in (TRACKED, "receipt"):
        request.session.pop(key, None)
