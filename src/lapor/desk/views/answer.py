"""Writing to the reporter: keep a draft, look at it first, send it in half a minute or later, take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.http.response import FileResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lapor.desk.actions import ACTS, BY_SLUG
from lapor.desk.forms.answer import ToReporterForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.review import review
from lapor.desk.views.case import act_page
from lapor.desk.views.evidence import handed_out
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries.case import Case
from lapor.reports.queries.case import case as read_case
from lapor.reports.refusals import AlreadyLeft, NothingWaits
from lapor.reports.usecases import answer as answers
from lapor.sop.vocabulary import Action
from lapor.triage.past import confirmed_answers

POST_ONLY = ("POST",)


def compose(request: HttpRequest, officer: Officer, case: Case, action: Action, form: ToReporterForm) -> HttpResponse:
    """Do what the button says: send, look at it first, keep it, or put a ready text in."""
    match request.POST.get("do"):
        case "check":
            return _shown(request, officer, case, action, form, looked_at=True)
        case "fill":
            return _shown(request, officer, case, action, form, ready=request.POST.get("ready", ""))
        case "save":
            _keep(officer, action, form)
            messages.success(request, _("Kept. You find your words here when you come back."))
            return redirect("desk:act", number=case.report.number, slug=ACTS[action].slug)
    return _send(request, officer, case, action, form)


def _send(request: HttpRequest, officer: Officer, case: Case, action: Action, form: ToReporterForm) -> HttpResponse:
    status = _sent(officer, action, form)
    if status is None:
        return redirect("desk:case", number=case.report.number)
    return act_page(request, officer, read_case(officer.actor, case.report.number, officer.now), action, form, status)


def _sent(officer: Officer, action: Action, form: ToReporterForm) -> int | None:
    """Hand the answer over; return None when it is on its way, else the HTTP status, the reason on the form."""
    if not form.is_valid():
        return _kept_too(officer, action, form, WRONG_INPUT)
    try:
        answers.send_answer(
            code=form.case.report.number,
            action=action,
            fields=form.step_arguments(),
            files=form.attachments(),
            beside=form.beside(),
            actor=officer.actor,
            now=officer.now,
            version=form.cleaned_data.get("version"),
            later=form.cleaned_data.get("later"),
        )
    except Refusal as refusal:
        return _kept_too(officer, action, form, note_refusal(form, refusal))
    return None


def _kept_too(officer: Officer, action: Action, form: ToReporterForm, status: int) -> int:
    """Keep the words of a refused answer on the server as well: the page may be lost with its tab."""
    if "files" not in form.errors:
        _keep(officer, action, form)
        form.show_kept()
    return status


def _keep(officer: Officer, action: Action, form: ToReporterForm) -> None:
    answers.keep_draft(
        code=form.case.report.number,
        action=action,
        fields=form.words(),
        files=form.own_files,
        beside=form.beside(),
        actor=officer.actor,
        now=officer.now,
        version=_seen(form),
    )


def _seen(form: ToReporterForm) -> int:
    """Return the report's version as the page had it; the present one where the page says nothing sensible."""
    typed = form.data.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else form.case.report.version


def _shown(
    request: HttpRequest,
    officer: Officer,
    case: Case,
    action: Action,
    form: ToReporterForm,
    *,
    ready: str = "",
    looked_at: bool = False,
) -> HttpResponse:
    """Keep the words, with a ready text put in front, and show the form again from the draft."""
    try:
        _keep(officer, action, _with_ready(form, ready))
    except Refusal as refusal:
        status = note_refusal(form, refusal)
        return act_page(request, officer, case, action, form, status)
    again = type(form)(case=case, officer=officer)
    looked = review(officer, case, action, again) if looked_at else None
    return act_page(request, officer, case, action, again, review=looked)


def _with_ready(form: ToReporterForm, chosen: str) -> ToReporterForm:
    """Return the form with a ready text before what was typed; without one that is offered, as it was."""
    text = next((one.text for one in form.ready_texts if str(one.id) == chosen), "")
    if text:
        data = QueryDict(mutable=True)
        data.update(form.data)
        data["text"] = "\n\n".join(part for part in (text, data.get("text", "").strip()) if part)
        form.data = data
    return form


def _form_of(request: HttpRequest, officer: Officer, number: str, slug: str) -> tuple[Case, Action, ToReporterForm]:
    """Return the case and the form of an answer; raises NotFound for a step that is none."""
    action = BY_SLUG.get(slug)
    if action is None or not issubclass(ACTS[action].form, ToReporterForm):
        raise NotFound
    case = read_case(officer.actor, number, officer.now)
    form = ACTS[action].form(request.POST, request.FILES, case=case, officer=officer)
    assert isinstance(form, ToReporterForm)  # noqa: S101 - for the type checker
    return case, action, form


@page("answers_like")
def like(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show what was answered to reports like this one and confirmed: beside the form, or as a page of its own."""
    case = read_case(officer.actor, number, officer.now)
    found = confirmed_answers(case.report, f"{case.report.title}\n{case.published}")
    context = {"answers": found, "case": case, "zone": case.zone}
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/answer/like.html", context)
    return show(request, officer, "desk/answers_like.html", context, current="inbox")


@page("answer_draft")
def draft(request: HttpRequest, officer: Officer, number: str, slug: str) -> HttpResponse:
    """Keep what is being typed, and say when."""
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    _case, action, form = _form_of(request, officer, number, slug)
    kept = answers.keep_draft(
        code=number, action=action, fields=form.words(), actor=officer.actor, now=officer.now, version=_seen(form)
    )
    return render(request, "desk/answer/kept.html", {"at": kept.saved_at, "zone": officer.desk.zone})


@page("answer_preview")
def preview(request: HttpRequest, officer: Officer, number: str, slug: str) -> HttpResponse:
    """Show the answer as its reporter will meet it, and what a careful colleague would say."""
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    case, action, form = _form_of(request, officer, number, slug)
    try:
        _keep(officer, action, form)
    except Refusal as refusal:
        alert = {"kind": "warning", "text": str(refusal.sentence)}
        return render(request, "components/alert.html", alert, status=refusal.status)
    again = type(form)(case=case, officer=officer)
    return render(request, "desk/answer/review.html", {"review": review(officer, case, action, again), "case": case})


@page("answer_file")
def file(request: HttpRequest, officer: Officer, number: str, slug: str, token: str) -> FileResponse:
    """Return a file of one's own draft, named by the sum of its bytes; nobody else's."""
    _case, _action, form = _form_of(request, officer, number, slug)
    found = next((one for one in form.files_of_draft if one.sha256 == token), None)
    if found is None:
        raise NotFound
    return handed_out(found)


@page("answer_undo")
def undo(request: HttpRequest, officer: Officer, number: str, slug: str) -> HttpResponse:
    """Take an answer back before it leaves; its words are a draft again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    _case, action, _form = _form_of(request, officer, number, slug)
    try:
        answers.take_back(code=number, action=action, actor=officer.actor, now=officer.now)
    except (AlreadyLeft, NothingWaits) as refusal:
        messages.error(request, refusal.sentence)
        return redirect("desk:case", number=number)
    messages.success(request, _("Taken back. Nothing was sent; your words are here."))
    return redirect("desk:act", number=number, slug=slug)


@page("answer_drop")
def drop(request: HttpRequest, officer: Officer, number: str, slug: str) -> HttpResponse:
    """Throw a draft away."""
    if request.method != "POST":
        return HttpResponseNotAllowed(POST_ONLY)
    _case, action, _form = _form_of(request, officer, number, slug)
    answers.drop_draft(code=number, action=action, actor=officer.actor)
    messages.success(request, _("The draft was thrown away."))
    return redirect("desk:case", number=number)
