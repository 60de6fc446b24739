"""Readers without an account, known again by a random secret in a signed cookie that leads to nobody."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "pembaca"
SALT = "lapor.portal.reader"
LIFE = 365 * 24 * 60 * 60


def person_of(request: HttpRequest) -> str:
    """Return the secret of this reader: of the account that is signed in, else of the browser; empty if neither."""
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LIFE))
    except signing.BadSignature:
        return ""


def new_person() -> str:
    """Return a secret for a browser that has none."""
    return secrets.token_urlsafe(16)


def remember(response: HttpResponse, person: str) -> None:
    """Give the browser its secret; only after it did something that needs one, never for looking."""
    response.set_cookie(
        COOKIE,
        signing.dumps(person, salt=SALT),
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
