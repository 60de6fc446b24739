"""File a report: one page, one use case, and the receipt."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from lapor.agencies.queries.hours import opening_at
from lapor.agencies.queries.tree import AgencyInfo, institutions
from lapor.kernel.errors import Refusal
from lapor.kernel.limits import Limit, TooMuchAtOnce
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import repeats, reporter, subjects
from lapor.portal.advice import advise, urgent
from lapor.portal.drafting import draft_from
from lapor.portal.forms.report import KINDS, ReportForm
from lapor.portal.overlong import is_cut
from lapor.portal.page import page
from lapor.portal.receipts import code_picture
from lapor.portal.repeats import RECEIPT, SENT
from lapor.portal.sections import parts_of
from lapor.portal.standing import explained
from lapor.portal.tenant import institution_at
from lapor.portal.views.embedding import LONGEST_SUBJECT
from lapor.reports.access import find_report
from lapor.reports.drafts import LONGEST_TEXT
from lapor.reports.files import LARGEST
from lapor.reports.queries.deadlines import clocks_of
from lapor.reports.queries.receipt import receipt_of
from lapor.reports.queries.search import plain_words
from lapor.reports.refusals import NotFound, SameKeyOtherBody
from lapor.reports.usecases.submit import submit_report
from lapor.reports.zones import zone_of

FILINGS = Limit("filing", 300, TooMuchAtOnce)  # reports in ten minutes from one range: a village that is flooded
TEXT_TOO_LONG = gettext_noop(
    "Your text is too long to be taken: more than %(most)s characters. This is its beginning; the rest did not come "
    "with it, nor what stood below it. Shorten it, or put the rest into a PDF and add it as a file."
)
OTHER_WORDS = gettext_noop(
    "This form was already sent, with other words. Please press “Send” once more to file this as a new report."
)
TOO_MUCH_TOGETHER = gettext_noop(
    "All that was sent together is too much to be taken. Send the words first: you can add the files afterwards on the "
    "page of your report."
)
SENT_BEFORE = gettext_noop(
    "You sent exactly this before, and it was already received. Nothing was sent a second time: this is its receipt. "
    "Is it about something else? Make another report and say in the text what is different."
)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Show the form, empty or with what the home page's box began; or take it in."""
    if request.method == "POST" and is_cut(request):
        return _give_back(request)
    if request.method == "POST" and "begin" not in request.POST:
        return _submit(request)
    at = institution_at(request)
    chosen = request.POST.get("agency") or request.GET.get("instansi") or (at.code if at else "")
    begun = {"text": request.POST.get("text", "") or _about(request), "agency": chosen}
    return show_form(request, report_form(initial=begun))


def _give_back(request: HttpRequest) -> HttpResponse:
    """Give the form back with the beginning of what was too much, short enough to be sent, and say what is missing."""
    data = request.POST.copy()
    typed = data.get("text", "")
    data["text"] = typed[:LONGEST_TEXT].rstrip("\ufffd")  # a letter that was cut in the middle
    data.setdefault("kind", KINDS[0][0])
    data["key"] = str(uuid.uuid4())
    filled = report_form(data)
    filled.errors.clear()
    if len(typed) > LONGEST_TEXT:
        filled.add_error("text", gettext(TEXT_TOO_LONG) % {"most": LONGEST_TEXT})
    else:
        filled.add_error(None, gettext(TOO_MUCH_TOGETHER))
    return show_form(request, filled, WRONG_INPUT)


def _about(request: HttpRequest) -> str:
    """Begin the text with what a poster's code is about: `?tentang=Halte Pasar`."""
    subject = plain_words(request.GET.get("tentang", ""))[:LONGEST_SUBJECT]
    return f"{subject}: " if subject else ""


def _submit(request: HttpRequest) -> HttpResponse:
    filled, status, now = report_form(request.POST, request.FILES), WRONG_INPUT, timezone.now()
    if filled.is_valid():
        draft = draft_from(filled.cleaned_data, at_institution=institution_at(request) is not None)
        key = filled.cleaned_data["key"]
        if key != request.session.get(SENT) and repeats.is_repeat(request, draft, now):
            return _show_again(request, key)
        try:
            FILINGS.check(request)
            actor = reporter.filing_actor(request, draft, now)
            receipt = submit_report(draft, actor=actor, now=now, key=key)
        except SameKeyOtherBody:
            filled.add_error(None, gettext(OTHER_WORDS))
            _renew_key(filled)
        except Refusal as refusal:
            status = note_refusal(filled, refusal)
        else:
            FILINGS.count(request)
            _tell(request, filled)
            repeats.remember(request, draft, code=receipt.code, key=key, now=now)
            reporter.follow(request, receipt.code)
            return redirect("portal:receipt")
    elif "key" in filled.errors:
        _renew_key(filled)
    return show_form(request, filled, status)


def _show_again(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the receipt that these words have; the device learns that nothing under this key waits any more."""
    request.session[SENT] = key
    messages.info(request, gettext(SENT_BEFORE))
    return redirect("portal:receipt")


def _tell(request: HttpRequest, filled: ReportForm) -> None:
    """Say on the receipt whom to call when it is urgent, what the report goes without, and that it can follow."""
    if calls := urgent(filled.cleaned_data["text"]):
        messages.warning(
            request, gettext("Danger now? Call %(calls)s. Reports are read on working days.") % {"calls": calls}
        )
    for sentence in filled.left_out:
        messages.warning(request, sentence)
    if filled.left_out:
        messages.info(request, gettext("Your report was received. You can still add files on the page of your report."))


def _renew_key(filled: ReportForm) -> None:
    """Let the next press of the button be a report of its own."""
    filled.data = filled.data.copy()
    filled.data["key"] = str(uuid.uuid4())


def report_form(*data: Any, **options: Any) -> ReportForm:
    """Return the report form with the institutions and categories of today; `data` is a POST and its files."""
    agencies = [(one.code, one.name) for one in institutions()]
    return ReportForm(*data, now=timezone.now(), agencies=agencies, categories=subjects.categories(), **options)


def show_form(request: HttpRequest, filled: ReportForm, status: int = 200) -> HttpResponse:
    """Return the page with the form, empty, begun or refused."""
    at: AgencyInfo | None = institution_at(request)
    said = filled.data if filled.is_bound else filled.initial
    groups = list(filled.fields["category"].choices)[1:]  # type: ignore[attr-defined]  # a ChoiceField
    context = {
        "form": filled,
        "sent_key": filled.data.get("key", "") if filled.is_bound else "",
        "section": "form",
        "longest_text": LONGEST_TEXT,
        "largest_file": LARGEST,
        "largest_mb": LARGEST // 1024**2,
        "advice": advise(said, groups=groups, now=timezone.now()),
        "is_private": bool(said.get("anonymous") or said.get("secret")),
        "is_whole": not is_cut(request),
        "is_secret": bool(said.get("secret")),
        "has_category": bool(said.get("category")),
        "parts": parts_of(filled),
        "tiles": settings.LAPOR_TILES,
        "tiles_credit": settings.LAPOR_TILES_CREDIT,
    }
    answer = page(request, "form", context, status=status, at=at)
    if request.method == "POST":  # it carries what somebody typed
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a POST whose CSRF token does not fit: a report comes back as it was typed, with a fresh token.

    Nothing is filed: its writer presses the button once more. Every other form is told to be tried again.
    """
    if request.path != reverse("portal:form"):
        return render(request, "403_csrf.html", status=403)
    if is_cut(request):
        return _give_back(request)
    if "begin" in request.POST:
        return show_form(request, report_form(initial={"text": request.POST.get("text", "")}))
    filled = report_form(request.POST, request.FILES)
    filled.is_valid()
    filled.errors.clear()
    filled.add_error(None, gettext("This page was open for long, so it was made new. Please press “Send” once more."))
    return show_form(request, filled, status=403)


@personal
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Show the proof of the report this browser filed last; the code is in the session, never in the address."""
    code = request.session.get(RECEIPT, "")
    actor, now = reporter.actor_of(request, code), timezone.now()
    try:
        report = find_report(actor, code)
    except NotFound:
        return redirect("portal:track")
    address = request.build_absolute_uri(reverse("portal:track"))
    context = {
        "receipt": receipt_of(report),
        "opening": opening_at(report.agency_id, timezone.now()),
        "picture": code_picture(address, report.code),
        "clocks": explained(report, clocks_of(report, actor, now), actor),
        "zone": zone_of(report),
        "track_address": address,
        "share_words": gettext("I reported to LAPOR!, number %(number)s.") % {"number": report.number},
        "has_pin": bool(report.pin_key),
        "sent_key": request.session.get(SENT, ""),
        "is_own": actor.reporter is not None and actor.reporter == report.reporter_ref,
    }
    return page(request, "receipt", context)
