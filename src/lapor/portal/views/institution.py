"""An institution before everybody: its honest numbers and its public reports."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lapor.agencies.queries.hours import opening_of
from lapor.agencies.queries.tree import AgencyInfo
from lapor.insights.public_punctuality import punctuality_of
from lapor.insights.punctuality import OnTime
from lapor.portal import structured
from lapor.portal.cards import cards
from lapor.portal.page import page
from lapor.portal.tenant import canonical, institution_named, ways_of
from lapor.reports.queries.public import recent_public
from lapor.reports.queries.score import score_card

RECENT = 10
SPAN = timedelta(days=30)
KEPT = 15 * 60  # seconds: the steps of a month are counted anew at most this often


@require_safe
def score(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of an institution's reports: each ending by itself, and how many steps were in time."""
    at = institution_named(code)
    if at is None:
        raise Http404
    numbers = score_card(code)
    address = canonical(reverse("portal:score_card", args=[code]))
    context = {
        "named": at,
        "score": numbers,
        "steps": _steps(at),
        "opening": opening_of(at, timezone.now()),
        "days": SPAN.days,
        "structured": structured.of_institution(at, numbers, address),
        "cards": cards(recent_public(RECENT, agency=code), ways_of(request, at)),
        "canonical": address,
        "section": "reports",
    }
    return page(request, "score", context, at=at)


def _steps(at: AgencyInfo) -> list[OnTime]:
    """Return the on-time rate by clock, from the cache where it is fresh."""
    key = f"on-time-{at.id}"
    steps: list[OnTime] | None = cache.get(key)
    if steps is None:
        now = timezone.now()
        today = now.astimezone(ZoneInfo(at.zone)).date()
        steps = punctuality_of(at.id, today - SPAN, today, now=now)
        cache.set(key, steps, KEPT)
    return steps
