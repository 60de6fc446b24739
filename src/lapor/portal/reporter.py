"""Who is reporting, as far as this request shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from lapor.identity.queries.reporters import reporter_ref_of
from lapor.identity.usecases.reporters import find_or_make_reporter
from lapor.kernel.actor import Actor, reporter_known, reporter_with_code
from lapor.reports.drafts import Draft
from lapor.reports.queries.track import reports_of

TRACKED = "tracked"  # session key: the code whose report this browser looks at


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a citizen's request: the code is the authority, no account stands in the way."""
    return reporter_with_code()


def filing_actor(request: HttpRequest, draft: Draft, now: datetime) -> Actor:
    """Return who files: the reporter of the account that is signed in (S7), else anybody."""
    if not request.user.is_authenticated:
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


def own_reports(request: HttpRequest) -> list[Any]:
    """Return the newest reports of the account that is signed in; nothing for anybody else. At most two queries."""
    reference = reporter_ref_of(request.user) if request.user.is_authenticated else None
    return list(reports_of(reporter_known(reference))) if reference else []


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
