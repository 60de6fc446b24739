"""Causes that many reports share: the list, and one of them with its reports, its promise, and that it is fixed."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.base import DayField
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.views.officers import today_of
from lapor.kernel.errors import Refusal
from lapor.kernel.fields import LongText, PlainText
from lapor.kernel.numbers import row_number
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries import causes as asked
from lapor.reports.usecases.cause import change_promise, fix_cause
from lapor.sop.vocabulary import Role


class FixedForm(forms.Form):
    """What was done, for everybody to read."""

    how = LongText(label=_("What was done?"), rows=4, help_text=_("Each reporter gets these words, and the public."))


class PromiseForm(forms.Form):
    """Something else that is promised, or another day, and why."""

    target = PlainText(label=_("What is to be reached?"), max_length=300)
    due_on = DayField(label=_("By when?"))
    why = PlainText(label=_("Why is the promise changed?"), max_length=300, help_text=_("Everybody may read this."))


@page("causes")
def causes(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the open causes, or those that are fixed."""
    fixed = request.GET.get("tab") == "fixed"
    found, further = asked.causes(officer.actor, fixed=fixed, before=row_number(request.GET.get("before")))
    context = {"found": found, "further": further, "fixed": fixed, "today": today_of(officer)}
    return show(request, officer, "desk/causes.html", context, current="causes")


@page("cause")
def cause(request: HttpRequest, officer: Officer, cause: int) -> HttpResponse:
    """Show one cause; on POST change what it promises, or say that it is fixed, once its words were looked at."""
    match request.POST.get("do"):
        case "look":
            fixed = FixedForm(request.POST)
            shown = fixed.cleaned_data["how"] if fixed.is_valid() else ""
            return _page(request, officer, cause, fixed=fixed, shown=shown, status=200 if shown else WRONG_INPUT)
        case "fix":
            fixed = FixedForm(request.POST)
            if status := _take(fix_cause, fixed, officer, cause):
                return _page(request, officer, cause, fixed=fixed, status=status)
            messages.success(request, gettext("The cause is fixed; its reporters are being told."))
        case "change":
            promise = PromiseForm(request.POST)
            if status := _take(change_promise, promise, officer, cause):
                return _page(request, officer, cause, promise=promise, status=status)
            messages.success(request, gettext("The promise was changed; everybody can read why."))
        case _:
            return _page(request, officer, cause)
    return redirect("desk:cause", cause)


def _take(usecase: Callable[..., None], form: forms.Form, officer: Officer, cause: int) -> int | None:
    """Take the step with what was typed; the HTTP status where a field is wrong. Raises what no field can mend."""
    if not form.is_valid():
        return WRONG_INPUT
    try:
        usecase(cause=cause, **form.cleaned_data, actor=officer.actor, now=officer.now)
    except Refusal as refusal:
        if refusal.field not in form.fields:
            raise
        return note_refusal(form, refusal)
    return None


def _page(
    request: HttpRequest,
    officer: Officer,
    cause: int,
    *,
    promise: PromiseForm | None = None,
    fixed: FixedForm | None = None,
    shown: str = "",
    status: int = 200,
) -> HttpResponse:
    found, reports, further = asked.cause(officer.actor, cause, row_number(request.GET.get("before")))
    context = {
        "found": found,
        "reports": reports,
        "further": further,
        "promise": promise or PromiseForm(initial={"target": found.target, "due_on": found.due_on}),
        "fixed": fixed or FixedForm(),
        "shown": shown,
        "may_fix": found.fixed_at is None and officer.actor.role is not Role.HEAD,
        "today": today_of(officer),
    }
    return show(request, officer, "desk/cause.html", context, current="causes", status=status)
