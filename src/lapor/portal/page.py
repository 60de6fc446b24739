"""Every portal page is made here: the institution whose address it has, and the language of its words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from lapor.agencies.queries.looks import LookInfo, look_of
from lapor.agencies.queries.tree import AgencyInfo
from lapor.portal.tenant import institution_at, ways_of


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    at: AgencyInfo | None = None,
) -> HttpResponse:
    """Render `portal/<template>.html`; `at` is the institution whose address this is, else the host tells it."""
    at = at or institution_at(request)
    look = look_of(at.id) if at else LookInfo()
    frame: dict[str, Any] = {"at": at, "institution": at.name if at else "", "look": look, "language": get_language()}
    frame["ways"] = ways_of(request, at)
    return _kept_by(request, render(request, f"portal/{template}.html", frame | (context or {}), status=status))


def _kept_by(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep what names somebody who is signed in out of shared caches; what never asked who it is says nothing."""
    if request.session.accessed and request.user.is_authenticated:
        response.headers["Cache-Control"] = "private"
    return response
