"""The verification screen (M2): what the citizen wrote beside what will be published, one sending, and the next one."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lapor.desk import proposals, ready
from lapor.desk.actions import ACTS
from lapor.desk.forms.examine import Examination, typed
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.reading import files, next_due, reporter
from lapor.desk.shortcuts import EXAMINE_KEYS
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT
from lapor.reports.queries.case import Case
from lapor.reports.queries.case import case as read_case
from lapor.reports.usecases.claim import claim_next, hold_report
from lapor.reports.usecases.verify_and_decide import verify_and_decide
from lapor.sop.vocabulary import Action
from lapor.triage.advice import Advice, advise, look_around
from lapor.triage.harsh import harsh

AROUND = "sekitar"  # asks for what is read beside


@page("examine")
def examine(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show the screen on GET; on POST take an edit, put in a ready text, go on without a step, or send all of it."""
    case = read_case(officer.actor, number, officer.now)
    if "skip" in request.POST:
        return next_one(officer, leaving=case.report.number)
    if _is_beside(request):
        return render(request, "desk/examine/around.html", _around(case, officer))
    advice = _advice(case, officer, compares=request.method == "POST")
    if request.method != "POST":
        form = Examination(case, officer, advice)
        return _page(request, form) if form.is_open else redirect("desk:case", number=number)
    if changes := _changes(request, case, officer, advice):
        return _page(request, typed(case, officer, advice, request.POST, changes))
    form = Examination(case, officer, advice, request.POST, request.FILES)
    if (status := _send(form)) is None:
        return _sent(request, form)
    return _page(request, form if status == WRONG_INPUT else _renewed(form, request), status)


def _is_beside(request: HttpRequest) -> bool:
    """Tell whether only what is read beside is asked for: the page asks once it is there, and is there sooner."""
    return request.method == "GET" and AROUND in request.GET and request.headers.get("HX-Request") == "true"


def _around(case: Case, officer: Officer) -> dict[str, Any]:
    return {"around": look_around(officer.actor, case.report, published=case.published), "zone": case.zone}


def _advice(case: Case, officer: Officer, *, compares: bool = True) -> Advice:
    """Return what the texts tell. What other reports tell is read beside, except where a choice of them comes back."""
    day = case.report.received_at.astimezone(ZoneInfo(case.zone)).date()  # "kemarin" is the day before it came
    texts = {"original": case.original, "published": case.published}
    return advise(officer.actor, case.report, **texts, today=day, compares=compares)


def _send(form: Examination) -> int | None:
    """Send the reading; return None when all of it is done, else the HTTP status with the reason on the form."""
    if not form.is_open:
        form.which.add_error(None, _("This report is not waiting to be decided here any more."))
        return Refusal.status
    if not form.is_valid():
        return WRONG_INPUT
    try:
        verify_and_decide(
            code=form.case.report.number,
            reading=form.reading(),
            outcome=form.decision(),
            actor=form.officer.actor,
            now=form.officer.now,
            version=form.version,
        )
    except Refusal as refusal:
        form.note(refusal)
        return refusal.status
    return None


def _renewed(form: Examination, request: HttpRequest) -> Examination:
    """Read the report anew after a refusal for its state: what was typed and the reason stay, the version is new."""
    officer, reasons = form.officer, list(form.which.non_field_errors())
    case = read_case(officer.actor, form.case.report.number, officer.now)
    fresh = Examination(case, officer, _advice(case, officer), request.POST, request.FILES)
    fresh.is_valid()
    for reason in reasons:
        fresh.which.add_error(None, reason)
    return fresh


def _sent(request: HttpRequest, form: Examination) -> HttpResponse:
    action = Action(form.which.cleaned_data["outcome"])
    said = {"number": form.case.report.number, "done": ACTS[action].done}
    messages.success(request, _("%(number)s: %(done)s") % said)
    return next_one(form.officer, leaving=form.case.report.number)


def next_one(officer: Officer, *, leaving: str) -> HttpResponse:
    """Go to the next report that waits, claimed for this officer; to the pile when none is left."""
    number = claim_next(actor=officer.actor, now=officer.now, leaving=leaving)
    return redirect("desk:examine", number=number) if number else redirect("desk:inbox")


def _changes(request: HttpRequest, case: Case, officer: Officer, advice: Advice) -> dict[str, str]:
    """Return what a button that changes the form without sending it puts into its fields."""
    data = request.POST
    if taken := data.get("smartcase"):
        return proposals.taken(data, taken, anonymous=case.report.is_anonymous, desks=advice.desks)
    if filled := data.get("fill"):
        return ready.put_in(filled, ready.texts(officer, case))
    if chosen := data.get("choose"):
        field, _sep, value = chosen.partition("=")
        return {field: value} if field in ("about-category", "about-classification", "return-competent_body") else {}
    return {}


def _page(request: HttpRequest, form: Examination, status: int = 200) -> HttpResponse:
    case, officer = form.case, form.officer
    other = hold_report(code=case.report.number, actor=officer.actor, now=officer.now)
    words = _typed(form)
    corrections = proposals.corrections(proposals.names_in(words, form.advice.desks))
    covers = proposals.covers(anonymous=case.report.is_anonymous)
    context: dict[str, Any] = {
        "case": case,
        "zone": case.zone,
        "exam": form,
        "advice": form.advice,
        "edits": proposals.proposed(words, corrections),
        "masks": proposals.proposed(words, covers),
        "personal": proposals.left_open(words["text"], covers),
        "harsh": [(one.span.of(words["text"]), one.reason) for one in harsh(words["text"])],
        "doubts": proposals.doubts(words),
        "reading": other,
        "files": files(case, case.files),
        "due": next_due(case),
        "reporter": reporter(case),
        "ready": ready.texts(officer, case),
        "archive_words": ready.archive_message(),
        "keys": EXAMINE_KEYS,
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/examine/words.html", context, status=status)
    if AROUND in request.GET or request.method == "POST":  # a link without JavaScript; what was chosen stays to be seen
        context |= _around(case, officer)
    return show(request, officer, "desk/examine.html", context, current="inbox", status=status)


def _typed(form: Examination) -> dict[str, str]:
    return {name: proposals.words_of(form.words[name].value()) for name in proposals.FIELDS}
