"""The receipt on paper, and the PIN of a code."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import reporter
from lapor.portal.forms.citizen import PinForm
from lapor.portal.page import page
from lapor.portal.receipt_pdf import receipt_pdf
from lapor.reports.access import find_report
from lapor.reports.queries.receipt import receipt_of
from lapor.reports.refusals import NotFound
from lapor.reports.usecases import pins
from lapor.reports.zones import zone_of


@personal
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """Hand over the receipt of the report in hand as one page to print; its code is in the session, not the address."""
    code = reporter.tracked(request)
    try:
        report = find_report(reporter.actor_of(request, code), code)
    except NotFound:
        return redirect("portal:track")
    address = request.build_absolute_uri(reverse("portal:track"))
    drawn = receipt_pdf(receipt_of(report), address, zone_of(report))
    response = HttpResponse(drawn, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="bukti-laporan.pdf"'
    return response


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """Give the code of the report in hand a PIN, change it, or take it away."""
    code = request.POST.get("code", "") or reporter.tracked(request)
    try:
        report = find_report(reporter.actor_of(request, code), code)
    except NotFound:
        return redirect("portal:track")
    form, status = PinForm(request.POST if "pin" in request.POST else None), 200
    if request.method == "POST":
        if "remove" in request.POST or form.is_valid():
            try:
                return _changed(request, code, form)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
        else:
            status = WRONG_INPUT
    context = {
        "form": form,
        "code": code,
        "has_pin": bool(report.pin_key),
        "is_own": report.reporter_ref is not None and report.reporter_ref == reporter.own_reference(request),
        "section": "track",
    }
    return page(request, "pin", context, status=status)


def _changed(request: HttpRequest, code: str, form: PinForm) -> HttpResponse:
    actor = reporter.actor_of(request, code)
    if "remove" in request.POST:
        key = pins.remove_pin(code=code, actor=actor)
        messages.success(request, _("The PIN is gone. The code alone opens your report again."))
    else:
        key = pins.set_pin(code=code, pin=form.cleaned_data["pin"], actor=actor, now=timezone.now())
        messages.success(request, _("From now on your report opens only with code and PIN. Note the PIN down."))
    reporter.follow(request, code, key)
    response = redirect("portal:track")
    reporter.remember_door(request, response, code)
    return response
