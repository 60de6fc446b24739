"""Who is reporting, as far as this request shows it: an account, or the doors that this browser has passed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from lapor.agencies.queries.roles import actors_of
from lapor.identity.queries.reporters import reporter_ref_of
from lapor.identity.usecases.reporters import find_or_make_reporter
from lapor.identity.vault import keyed_hash
from lapor.kernel.actor import Actor, reporter_known, reporter_with_code
from lapor.kernel.codes import read_code
from lapor.kernel.limits import range_of
from lapor.reports.access import find_report
from lapor.reports.drafts import Draft
from lapor.reports.refusals import NotFound
from lapor.reports.usecases.door import open_by_code
from lapor.sop.vocabulary import Role

TRACKED = "tracked"  # session key: the code whose report this browser looks at
DOORS = "doors"  # session key: the codes whose doors this browser passed, each with the key of its PIN
MOST_DOORS = 20

KNOWN = "kenal"  # cookie: which doors with a PIN this browser has passed before; it opens none of them
KNOWN_FOR = timedelta(days=365)
SALT = "lapor.portal.known"


def actor_of(request: HttpRequest, code: str | None = None) -> Actor:
    """Return the actor of a citizen's request for one report: the account's reporter, and the code if it was shown."""
    key = request.session.get(DOORS, {}).get(tracked(request) if code is None else code)
    return Actor(Role.REPORTER, reporter=own_reference(request), holds_code=key is not None, holds_key=key or "")


def own_reference(request: HttpRequest) -> UUID | None:
    """Return the reference of the account that is signed in; None for anybody else. One query in a request."""
    if not request.user.is_authenticated:
        return None
    if not hasattr(request, "own_reference"):
        request.own_reference = reporter_ref_of(request.user)  # type: ignore[attr-defined]
    return request.own_reference  # type: ignore[attr-defined, no-any-return]


def filing_actor(request: HttpRequest, draft: Draft, now: datetime) -> Actor:
    """Return who files: the reporter of the account that is signed in (S7), else anybody.

    Officers type for others, at counters and on telephones: what is filed from their browser is not their own.
    """
    if not request.user.is_authenticated or actors_of(request.user, now):
        return reporter_with_code()
    reporter = find_or_make_reporter(
        contact=draft.contact,
        name=draft.name,
        channel=draft.channel,
        account=request.user,
        language=get_language() or "id",
        now=now,
    )
    return reporter_known(reporter.ref)


def open_door(request: HttpRequest, typed: str, pin: str, now: datetime) -> str:
    """Return the code of the report that opens: the account's own without more, else by code and PIN.

    The browser may look at it and act on it from then on. Raises DoorShut, WaitAtDoor.
    """
    if own := own_reference(request):
        try:
            code = find_report(reporter_known(own), typed).code
        except NotFound:
            pass
        else:
            request.session[TRACKED] = code
            return code
    origin = range_of(request.META.get(settings.ADDRESS_HEADER, ""))
    opened = open_by_code(typed=typed, pin=pin, is_known=_knows(request, typed), origin=origin, now=now)
    follow(request, opened.code, opened.key)
    return opened.code


def has_passed(request: HttpRequest, code: str) -> bool:
    """Tell whether this browser's session has passed the door of this code."""
    return bool(code) and (code in request.session.get(DOORS, {}) or code == tracked(request))


def tracked(request: HttpRequest) -> str:
    """Return the code that this browser follows, or an empty text."""
    code: str = request.session.get(TRACKED, "")
    return code


def follow(request: HttpRequest, code: str, key: str = "") -> None:
    """Remember a code whose door was passed, for this browser's session."""
    doors = {known: value for known, value in request.session.get(DOORS, {}).items() if known != code}
    request.session[DOORS] = dict([*doors.items(), (code, key)][-MOST_DOORS:])
    request.session[TRACKED] = code


def look_at(request: HttpRequest, code: str) -> None:
    """Turn to a report whose door was passed already."""
    request.session[TRACKED] = code


def forget(request: HttpRequest) -> None:
    """Forget every code: the next person at this device sees nothing."""
    for name in (TRACKED, DOORS, "receipt", "sent", "filed"):
        request.session.pop(name, None)


def remember_door(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Let this browser be known at a door with a PIN: strangers' guesses there do not make it wait."""
    if not request.session.get(DOORS, {}).get(code):
        return
    marks = [mark for mark in _marks(request) if mark != _mark(code)]
    value = signing.dumps([*marks, _mark(code)][-MOST_DOORS:], salt=SALT)
    response.set_cookie(
        KNOWN,
        value,
        max_age=KNOWN_FOR,
        path="/lacak/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _knows(request: HttpRequest, typed: str) -> bool:
    code = read_code(typed)
    return code is not None and _mark(code) in _marks(request)


def _marks(request: HttpRequest) -> list[Any]:
    try:
        marks: list[Any] = signing.loads(request.COOKIES.get(KNOWN, ""), salt=SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return []
    return marks


def _mark(code: str) -> str:
    return keyed_hash("known door", code)[:9].hex()
