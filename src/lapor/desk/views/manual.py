"""Manual entry (S68, S69): one form, a stopwatch, and a receipt for the person at the counter."""

from __future__ import annotations

from django.conf import settings
from django.forms import FileInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from lapor.agencies.queries.hours import opening_at
from lapor.desk.forms.manual import ManualForm
from lapor.desk.forms.pasted import proposals
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.access import find_report
from lapor.reports.drafts import Receipt
from lapor.reports.queries.receipt import receipt_of
from lapor.reports.usecases.record_manual import record_manual

ENTERED = "entered"  # the numbers of this session's newest entries, whose receipts may still be printed
MOST_ENTERED = 20


KEPT = "manual_common"  # what the entries of one sitting have in common; never who reported, never what they told
COMMON = ("channel", "classification", "category", "place", "state", "received_on", "done_on", "done_by")


def _sms_number() -> str:
    """Return the number to which short messages go, for who has no internet; empty where there is none."""
    served = any(channel.startswith("lapor.channels.sms.") for channel in settings.LAPOR_CHANNELS)
    return str(settings.LAPOR_SMS_NUMBER) if served else ""


@page("manual")
def manual(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the form on GET; on POST split a pasted message, or keep the complaint and go to its receipt."""
    if request.method != "POST":
        kept = request.session.get(KEPT, {}) if "lagi" in request.GET else {}
        return _page(request, officer, ManualForm(officer=officer, initial=dict(kept)), kept=bool(kept))
    if "split" in request.POST:
        return _split(request, officer)
    form = ManualForm(request.POST, request.FILES, officer=officer)
    if not form.is_valid():
        return _page(request, officer, form, WRONG_INPUT)
    try:
        kept = _record(form, officer)
    except Refusal as refusal:
        return _page(request, officer, form, note_refusal(form, refusal))
    request.session[KEPT] = {name: form[name].value() for name in COMMON if form[name].value()}
    request.session[ENTERED] = [*request.session.get(ENTERED, []), kept.number][-MOST_ENTERED:]
    return redirect("desk:manual_receipt", number=kept.number)


def _split(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the form with the parts of a pasted message in the fields that are still empty; nothing is kept yet."""
    bound = ManualForm(request.POST, officer=officer)
    fields = ((name, field) for name, field in bound.fields.items() if not isinstance(field.widget, FileInput))
    typed = {name: field.widget.value_from_datadict(request.POST, {}, name) for name, field in fields}
    pasted = request.POST.get("pasted", "")
    found = proposals(pasted, typed, officer.now.date())
    typed |= {one.field: one.said for one in found if one.is_taken}
    return _page(request, officer, ManualForm(officer=officer, initial=typed), found=found, pasted=pasted)


def _record(form: ManualForm, officer: Officer) -> Receipt:
    return record_manual(
        form.draft(),
        actor=officer.actor,
        now=officer.now,
        key=str(form.cleaned_data["key"]),
        started_at=form.cleaned_data["started"],
        settled=form.settled(),
        seen_at=form.cleaned_data["seen_at"],
        arrived=form.arrived(),
    )


def _page(request: HttpRequest, officer: Officer, form: ManualForm, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, "started": form.started_at, **more}
    return show(request, officer, "desk/manual.html", context, current="manual", status=status)


@page("manual_receipt")
def receipt(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show the receipt, to be printed and handed over; only to who has just made the entry, for it bears the code."""
    if number not in request.session.get(ENTERED, []):
        raise NotFound
    report = find_report(officer.actor, number)
    found, opening = receipt_of(report), opening_at(report.agency_id, officer.now)
    track = request.build_absolute_uri(reverse("portal:track"))
    context = {"receipt": found, "opening": opening, "zone": officer.desk.zone, "track": track}
    context |= {"sms": _sms_number(), "asks": "STATUS"}
    return show(request, officer, "desk/manual_receipt.html", context, current="manual")
