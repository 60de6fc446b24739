"""What everybody may read: the list of public reports and one report's page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lapor.agencies.queries.tree import institutions
from lapor.portal import history, links, words
from lapor.portal.cards import cards
from lapor.portal.page import page
from lapor.portal.tenant import institution_at
from lapor.reports.queries import public
from lapor.reports.refusals import NotFound
from lapor.sop.vocabulary import Status

LARGEST_ID = 2**63 - 1


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List public reports, newest first, a page at a time by keyset; filtered by status and institution."""
    at = institution_at(request)
    wanted = _wanted(request.GET, at.code if at else "")
    before = _before(request.GET.get("after", ""))
    rows = public.recent_public(public.PAGE + 1, before=before, **wanted)
    shown = rows[: public.PAGE]
    context: dict[str, Any] = {
        "cards": cards(shown),
        "older": shown[-1].id if len(rows) > len(shown) else None,
        "is_first": before is None,
        "wanted": wanted,
        "statuses": [status for status in Status if status is not Status.UNVERIFIED],
        "agencies": [] if at else institutions(),
        "filters": urlencode(
            {name: value for name, value in wanted.items() if value and not (at and name == "agency")}
        ),
        "section": "reports",
    }
    return page(request, "reports", context, at=at)


def _wanted(asked: Any, own: str) -> dict[str, str]:
    """Read the filters; what is not one of them is no filter."""
    status = asked.get("status", "")
    return {"status": status if status in set(Status) else "", "agency": own or _plain(asked.get("agency", ""))}


def _plain(typed: str) -> str:
    return typed.replace("\x00", "")[:80]


def _before(cursor: str) -> int | None:
    return min(int(cursor), LARGEST_ID) if cursor.isascii() and cursor.isdigit() and len(cursor) < 20 else None


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show one public report by its human number; a secret one is as absent as one that never was."""
    try:
        found = public.public_report(number, timezone.now())
    except NotFound:
        raise Http404 from None
    holders = history.custody(found.legs)
    context = {
        "found": found,
        "files": links.show(found.files),
        "timeline": history.happenings(found.moments, found.legs, but=words.PRIVATE),
        "custody": holders,
        "section": "reports",
    }
    return page(request, "public_report", context)
