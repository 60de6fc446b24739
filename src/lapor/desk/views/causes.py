"""Causes that many reports share: the list, and one of them with its reports and the word that it is fixed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.views.officers import today_of
from lapor.kernel.errors import Refusal
from lapor.kernel.fields import LongText
from lapor.kernel.numbers import row_number
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries import causes as asked
from lapor.reports.usecases.cause import fix_cause
from lapor.sop.vocabulary import Role


class FixedForm(forms.Form):
    """What was done, for everybody to read."""

    how = LongText(label=_("What was done?"), rows=4, help_text=_("Each reporter gets these words, and the public."))


@page("causes")
def causes(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the open causes, or those that are fixed."""
    fixed = request.GET.get("tab") == "fixed"
    found, further = asked.causes(officer.actor, fixed=fixed, before=row_number(request.GET.get("before")))
    context = {"found": found, "further": further, "fixed": fixed, "today": today_of(officer)}
    return show(request, officer, "desk/causes.html", context, current="causes")


@page("cause")
def cause(request: HttpRequest, officer: Officer, cause: int) -> HttpResponse:
    """Show one cause; on POST say that it is fixed."""
    form, status = FixedForm(request.POST or None), 200
    if request.method == "POST":
        status = WRONG_INPUT
        if form.is_valid():
            try:
                fix_cause(cause=cause, how=form.cleaned_data["how"], actor=officer.actor, now=officer.now)
            except Refusal as refusal:
                if refusal.field != "how":
                    raise
                status = note_refusal(form, refusal)
            else:
                messages.success(request, gettext("The cause is fixed; its reporters are being told."))
                return redirect("desk:cause", cause)
    found, reports = asked.cause(officer.actor, cause)
    may_fix = found.fixed_at is None and officer.actor.role is not Role.HEAD
    context = {"found": found, "reports": reports, "form": form, "may_fix": may_fix, "today": today_of(officer)}
    return show(request, officer, "desk/cause.html", context, current="causes", status=status)
