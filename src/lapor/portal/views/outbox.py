"""Reports that waited on a phone for a network, and what other apps share into this one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.kernel.actor import reporter_with_code
from lapor.kernel.codes import show_code
from lapor.kernel.errors import Refusal
from lapor.kernel.templatetags.ui import longdate, longday
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import uploads
from lapor.portal.drafting import draft_from
from lapor.portal.forms.evidence import MOST_FILES
from lapor.portal.forms.report import ReportForm
from lapor.portal.tenant import institution_at
from lapor.portal.uploads import Kept
from lapor.portal.views import filing
from lapor.reports.access import find_report
from lapor.reports.drafts import Receipt
from lapor.reports.refusals import NotFound
from lapor.reports.usecases.submit import submit_report
from lapor.reports.zones import WIB, zone_of


@personal
@require_safe
def token(request: HttpRequest) -> JsonResponse:
    """Give our own pages a fresh CSRF token: the one in a page that was opened last week is stale.

    Browsers let no other site read this answer, so that it is worth nothing to one.
    """
    return JsonResponse({"token": get_token(request)})


@personal
@require_POST
def deliver(request: HttpRequest) -> JsonResponse:
    """Take in a report that waited on the device; answer with its receipt, or with what its writer must look at.

    The form is the same as the page's, and so is the key: a report sent twice is one report with one receipt. No
    session is read or begun: whatever this browser follows meanwhile stays as it is, and nobody who signed in since the
    button was pressed becomes the owner of somebody else's report. Its writer may claim it by its code.
    """
    filled = filing.report_form(request.POST, request.FILES)
    status, now = WRONG_INPUT, timezone.now()
    if filled.is_valid():
        draft = draft_from(filled.cleaned_data, at_institution=institution_at(request) is not None)
        try:
            filing.FILINGS.check(request)
            receipt = submit_report(draft, actor=reporter_with_code(), now=now, key=filled.cleaned_data["key"])
        except Refusal as refusal:
            status = note_refusal(filled, refusal)
        else:
            filing.FILINGS.count(request)
            told = _proof(receipt) | {"left_out": filled.left_out}
            return JsonResponse(told, status=200 if receipt.repeated else 201)
    return JsonResponse({"sentences": _sentences(filled)}, status=status)


def _proof(receipt: Receipt) -> dict[str, Any]:
    """Return the receipt in words, as the device shows it, with or without a network."""
    zone, language = _zone(receipt.code), get_language() or "id"
    return {
        "code": show_code(receipt.code),
        "number": receipt.number,
        "agency": receipt.agency,
        "received": longdate(receipt.received_at, zone),
        "promises": [
            {"what": promise.clock.label(language), "day": longday(promise.day, zone)} for promise in receipt.promises
        ],
    }


def _zone(code: str) -> str:
    """Return the zone of the report's times; a report sent again whose code has a PIN by now is not opened."""
    try:
        return zone_of(find_report(reporter_with_code(), code))
    except NotFound:
        return WIB


def _sentences(filled: ReportForm) -> list[str]:
    """Return what is wrong, each with the name of its field."""
    named = {name: filled.fields[name].label for name in filled.errors if name in filled.fields}
    return [
        f"{named[name]}: {error}" if named.get(name) else str(error)
        for name, errors in filled.errors.items()
        for error in errors
    ]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Show the form with what another app shared. Usually the service worker answers, without us.

    Exempt from the CSRF check because the phone itself sends this, and because nothing is filed by it.
    """
    if request.method != "POST":
        return redirect("portal:form")
    begun = filing.report_form(initial={"text": shared_text(request.POST.dict())})
    begun.kept = list(_kept(request, request.FILES.getlist("photos")))
    return filing.show_form(request, begun)


def shared_text(shared: dict[str, str]) -> str:
    """Return title, text and address as one text, each once: most apps repeat one in the other."""
    text = shared.get("text", "").strip()
    before, behind = shared.get("title", "").strip(), shared.get("url", "").strip()
    parts = [before if before not in text else "", text, behind if behind not in text else ""]
    return "\n".join(part for part in parts if part)


def _kept(request: HttpRequest, shared: Iterable[UploadedFile]) -> Iterable[Kept]:
    for upload in list(shared)[:MOST_FILES]:
        try:
            yield uploads.keep(upload)
        except Refusal as refusal:
            messages.warning(request, str(refusal.sentence))
