"""A phone in the field: from the notification straight to one question and one answer, without a menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lapor.desk import reading
from lapor.desk.actions import ACTS
from lapor.desk.acts import ASKED, panel
from lapor.desk.forms.task import TaskForm
from lapor.desk.officer import Officer
from lapor.desk.page import page
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries.case import Case
from lapor.reports.queries.case import case as read_case
from lapor.sop.vocabulary import Action, ResponseKind, Role

SILENT = (Action.RECEIVE, Action.APPROVE)  # these need no words


@dataclass(frozen=True)
class Question:
    """What is asked, by whom."""

    text: str
    by: str
    at: Any


@page("task")
def task(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show the question on GET, take the step on POST; where nothing is asked any more, say so."""
    case = read_case(officer.actor, number, officer.now)
    if request.method != "POST":
        return _page(request, officer, case, _form(officer))
    action = next((one for one in ASKED[officer.actor.role] if ACTS[one].slug == request.POST.get("do")), None)
    chosen = action or ASKED[officer.actor.role][0]
    form = _form(officer, request, must_say=chosen not in SILENT)
    status = _take(officer, case, chosen, form)
    if status is None:
        messages.success(request, ACTS[chosen].done)
        return redirect("desk:task", number=case.report.number)
    return _page(request, officer, read_case(officer.actor, number, officer.now), form, status)


def _form(officer: Officer, request: HttpRequest | None = None, *, must_say: bool = True) -> TaskForm:
    with_photo = officer.actor.role is Role.UNIT_OFFICER
    given = (request.POST, request.FILES) if request else ()
    return TaskForm(*given, with_photo=with_photo, must_say=must_say)


def _take(officer: Officer, case: Case, action: Action, form: TaskForm) -> int | None:
    """Take the step; return None when it is done, else the HTTP status, the reason on the form."""
    if not form.is_valid():
        return WRONG_INPUT
    try:
        said: dict[str, Any] = {} if action is Action.RECEIVE else {"text": form.cleaned_data["text"]}
        if action is Action.ANSWER:
            said["files"] = form.photos()
        version = form.cleaned_data.get("version")
        call = ACTS[action].call
        call(code=case.report.number, actor=officer.actor, now=officer.now, version=version, **said)
    except Refusal as refusal:
        return note_refusal(form, refusal)
    return None


def _page(request: HttpRequest, officer: Officer, case: Case, form: TaskForm, status: int = 200) -> HttpResponse:
    offered = panel(case)
    steps = [ACTS[action] for action in ASKED[officer.actor.role] if offered.offers(action)]
    context = {
        "officer": officer,
        "case": case,
        "question": _question(case),
        "steps": steps,
        "form": form,
        "due": reading.next_due(case),
        "files": reading.files(case, case.files),
        "zone": case.zone,
    }
    return render(request, "desk/task.html", context, status=status)


def _question(case: Case) -> Question | None:
    """Return the newest words by which the report was handed on."""
    handed = (moment for moment in reversed(case.moments) if moment.kind is ResponseKind.HANDOVER and moment.text)
    found = next(handed, None)
    return Question(found.text, found.desk, found.at) if found else None
