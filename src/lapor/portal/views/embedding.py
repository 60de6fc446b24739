"""What institutions carry away: a button for their own site, and a poster whose code opens the form."""

from __future__ import annotations

import segno
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from lapor.agencies.queries.tree import institutions
from lapor.portal.page import page
from lapor.portal.tenant import institution_at, institution_named
from lapor.reports.queries.search import plain_words

LONGEST_SUBJECT = 80


@require_safe
def button(request: HttpRequest, code: str) -> HttpResponse:
    """Show the code of an institution's button: a plain link, or a frame of our own."""
    at = institution_named(code)
    if at is None:
        raise Http404
    context = {
        "link": _form_address(request, at.code),
        "frame": request.build_absolute_uri(reverse("portal:button_frame", args=[at.code])),
        "named": at,
    }
    return page(request, "button", context, at=at)


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # typed for views without arguments
@require_safe
def frame(request: HttpRequest, code: str) -> HttpResponse:
    """Show nothing but the button: the only page that others may frame. It sets no cookie and asks for nothing."""
    at = institution_named(code)
    if at is None:
        raise Http404
    return render(request, "portal/button_frame.html", {"link": _form_address(request, at.code), "named": at})


@require_safe
def poster(request: HttpRequest) -> HttpResponse:
    """Draw a page to print and hang up: what it is about, and a code that opens the form with it."""
    at = institution_at(request) or institution_named(plain_words(request.GET.get("instansi", "")))
    subject = plain_words(request.GET.get("tentang", ""))[:LONGEST_SUBJECT]
    address = _form_address(request, at.code if at else "", subject)
    context = {
        "subject": subject,
        "named": at,
        "address": request.build_absolute_uri(reverse("portal:form")),
        "code": _code(address),
        "agencies": institutions(),
        "longest": LONGEST_SUBJECT,
    }
    return page(request, "poster", context, at=at)


def _form_address(request: HttpRequest, agency: str, subject: str = "") -> str:
    asked = {name: value for name, value in (("instansi", agency), ("tentang", subject)) if value}
    address = request.build_absolute_uri(reverse("portal:form"))
    return f"{address}?{urlencode(asked)}" if asked else address


def _code(address: str) -> SafeString:
    picture = segno.make(address, error="m", micro=False)
    drawn = picture.svg_inline(border=4, omitsize=True, svgclass="poster-qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - segno's own drawing: of the address only squares remain
