"""Pages that explain: the SOP as its table says it, help, privacy, accessibility, legal basis."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lapor.portal import rulebook
from lapor.portal.page import page
from lapor.portal.promises import profile_of, promised_by
from lapor.portal.rulebook import CAPITAL
from lapor.portal.tenant import institution_at, institution_named


@require_safe
def sop(request: HttpRequest) -> HttpResponse:
    """Show every step and every limit, read from the table and the profiles in force; `?instansi=` adds its own SOP."""
    at = institution_named(request.GET["instansi"]) if "instansi" in request.GET else institution_at(request)
    today = timezone.now().astimezone(ZoneInfo(at.zone) if at else CAPITAL).date()
    in_force = rulebook.profiles(today, at)
    context = {
        "chapters": rulebook.chapters(),
        "profiles": in_force,
        "limits": rulebook.limits(in_force),
        "section": "sop",
    }
    return page(request, "sop", context)


@require_safe
def help_(request: HttpRequest) -> HttpResponse:
    """Answer the questions people ask, with the days of the profile in force."""
    at = institution_at(request)
    return page(request, "help", {"promised": promised_by(at, timezone.now())}, at=at)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who learns what about a reporter, and which rights they have (UU 27/2022)."""
    return page(request, "privacy")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the pages can be used, and what to do when they cannot."""
    return page(request, "accessibility")


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """List the legal basis as the SOP document names it."""
    at = institution_at(request)
    return page(request, "legal", {"profile": profile_of(at, timezone.now())}, at=at)
