"""What only a fresh sign-in may change: whoever finds a desk unlocked must not make its way in their own."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse

from lapor.desk.officer import Officer
from lapor.desk.page import show
from lapor.identity.usecases.factors import By

SIGNED_AT = "desk_signed_at"  # session key, written by the sign-in
FRESH = timedelta(minutes=15)


def is_fresh(request: HttpRequest, officer: Officer) -> bool:
    """Tell whether the officer signed in within the last quarter of an hour."""
    signed = request.session.get(SIGNED_AT, "")
    return bool(signed) and officer.now - datetime.fromisoformat(signed) <= FRESH


def sign_in_again(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask the officer to sign in once more; the sign-in leads back to the page about signing in."""
    return show(request, officer, "desk/security_again.html", {}, current="security")


def by(officer: Officer) -> By:
    """Return on whose behalf, and on which institution's record, a change stands."""
    return By(officer.actor, officer.desk.institution_id or officer.desk.id)
