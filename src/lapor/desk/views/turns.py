"""Whose turn it is: the next report, who reads this one now, and what came in since the list was made."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lapor.desk.officer import Officer
from lapor.desk.page import page
from lapor.desk.pages import MAY_OPEN
from lapor.reports.queries.arrivals import MOST, arrivals
from lapor.reports.usecases.claim import claim_next, hold_report, let_go
from lapor.sop.vocabulary import Role

NOT_CHANGED = 304


@page("next")
def next_one(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Open the next report that waits for this officer and that no colleague holds; `leaving` names the one left.

    Only a press claims; who comes here from the sign-in sees the pile.
    """
    if request.method != "POST":
        return redirect("desk:inbox")
    number = claim_next(actor=officer.actor, now=officer.now, leaving=request.POST.get("leaving", "")[:40])
    if number is None:
        messages.success(request, _("Nothing waits for you: everything is taken or done."))
        return redirect("desk:inbox")
    return redirect(_opens(officer.actor.role), number=number)


def _opens(role: Role) -> str:
    """Name the page on which a role takes its first step: the verification screen, or the case."""
    return "desk:examine" if role in MAY_OPEN["examine"] else "desk:case"


@require_POST
@page("reading")
def reading(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Say that this officer still reads the report (or, with `gone`, no longer); answer with who else does."""
    if "gone" in request.POST:
        let_go(code=number, actor=officer.actor)
        return HttpResponse(status=204)
    other = hold_report(code=number, actor=officer.actor, now=officer.now)
    return render(request, "desk/case/reading.html", {"reading": other, "zone": officer.desk.zone})


@page("arrivals")
def came_in(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Tell how many reports reached the desk since the list was made; 304 while that is as it was."""
    since = request.GET.get("since", "")
    found = arrivals(officer.actor, int(since) if since.isdecimal() and len(since) < 18 else 0)
    tag = f'"{found.newest}-{found.reports}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=NOT_CHANGED)
    else:
        told = {"many": found.reports, "most": MOST}
        answer = render(request, "desk/inbox/arrivals.html", told)
    answer.headers["ETag"] = tag
    return answer
