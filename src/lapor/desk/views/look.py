"""The institution's own look: its colour, crest and the line below its name on its own address (S72)."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lapor.agencies.queries.looks import LookInfo, look_of
from lapor.agencies.usecases.look import choose_look
from lapor.desk.forms.look import LookForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal


@page("look")
def look(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show how the institution looks, on POST change it."""
    now_shown = look_of(officer.desk.id)
    if request.method != "POST":
        return _page(request, officer, now_shown, LookForm(initial=asdict(now_shown)))
    form, status = LookForm(request.POST, request.FILES), WRONG_INPUT
    if form.is_valid():
        try:
            choose_look(institution=officer.desk.code, actor=officer.actor, now=officer.now, **form.cleaned_data)
        except Refusal as refusal:
            status = note_refusal(form, refusal)
        else:
            messages.success(request, _("Kept. Visitors see it from now on."))
            return redirect("desk:look")
    return _page(request, officer, now_shown, form, status)


def _page(
    request: HttpRequest, officer: Officer, now_shown: LookInfo, form: LookForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "look": now_shown}
    return show(request, officer, "desk/look.html", context, current="look", status=status)
