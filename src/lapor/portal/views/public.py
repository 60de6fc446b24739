"""What everybody may read: the list of public reports and one report's page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from lapor.agencies.queries.tree import institutions
from lapor.portal.links import show
from lapor.portal.page import page
from lapor.portal.tenant import institution_at
from lapor.reports.queries import public
from lapor.reports.refusals import NotFound
from lapor.sop.vocabulary import Status


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List public reports, newest first, a page at a time by keyset; filtered by status and institution."""
    at = institution_at(request)
    wanted = _wanted(request.GET, at.code if at else "")
    listed = public.public_reports(**wanted, after=request.GET.get("after", "")[:40] or None)
    context: dict[str, Any] = {
        "listed": listed,
        "wanted": wanted,
        "statuses": list(Status),
        "agencies": [] if at else institutions(),
        "kept_query": urlencode({name: value for name, value in wanted.items() if value}),
        "section": "reports",
    }
    return page(request, "reports", context, at=at)


def _wanted(asked: Any, own: str) -> dict[str, str]:
    """Read the filters; what is not one of them is no filter."""
    status = asked.get("status", "")
    return {"status": status if status in set(Status) else "", "agency": own or asked.get("agency", "")[:80]}


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show one public report by its human number; a secret one is as absent as one that never was."""
    try:
        found = public.public_report(number)
    except NotFound:
        raise Http404 from None
    context = {"report": found, "files": show(found.files), "section": "reports"}
    return page(request, "public_report", context)
