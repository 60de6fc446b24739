"""Messages from the channels that a person has to look at: make a report, attach it to one, or say why it is none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.intake.contract import Why
from lapor.intake.queries.health import health
from lapor.intake.queries.waiting import count_waiting, waiting
from lapor.intake.usecases import look
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.kernel.numbers import row_number
from lapor.sop.vocabulary import Role

WHY: dict[str, Any] = {
    Why.NO_WORDS: gettext_lazy("There are no words in it."),
    Why.UNCLEAR: gettext_lazy("It is not clear what is meant."),
    Why.UNKNOWN_CODE: gettext_lazy("It names a code that no report has."),
    Why.NOT_THEIRS: gettext_lazy("It is for a report of somebody else, or its sender is not proven."),
    Why.WHICH_REPORT: gettext_lazy("It is not clear for which report it is."),
    Why.NOT_NOW: gettext_lazy("What it asks for is not possible while the report stands as it does."),
    Why.REFUSED: gettext_lazy("It could not become a report as it is."),
    Why.NO_REPLY_POSSIBLE: gettext_lazy("Its sender cannot be answered."),
    Why.UNREADABLE: gettext_lazy("It could not be read."),
    Why.PUBLIC_WORDS: gettext_lazy("It was written in public."),
    Why.MAYBE_ROBOT: gettext_lazy("A machine may have written it, so nobody was answered."),
    "quarantined": gettext_lazy("Its sender wrote very many messages within an hour."),
    "dead": gettext_lazy("The system could not read it or carry it out."),
}


@page("incoming")
def incoming(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what waits, the longest waiting first; POST decides about one message."""
    if request.method == "POST":
        return _decide(request, officer)
    return _show(request, officer)


@page("channels")
def channels(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show how the channels are."""
    context = {"health": health(officer.now), "zone": officer.desk.zone}
    return show(request, officer, "desk/channels.html", context, current="channels")


def _show(request: HttpRequest, officer: Officer, status: int = 200, refusal: Refusal | None = None) -> HttpResponse:
    aside = request.GET.get("tab") == "aside" and officer.actor.role is Role.NATIONAL_ADMIN
    found = waiting(officer.actor, officer.now, aside=aside, after=row_number(request.GET.get("after")))
    context = {
        "rows": [(row, WHY.get(row.why or row.state, "")) for row in found.rows],
        "newer": found.newer,
        "tab": "aside" if aside else "",
        "may_see_aside": officer.actor.role is Role.NATIONAL_ADMIN,
        "waiting": count_waiting(officer.actor),
        "zone": officer.desk.zone,
        "refusal": refusal,
        "refused": row_number(request.POST.get("message")) if refusal else None,
        "decision": request.POST.get("decision", ""),
        "typed": request.POST,
    }
    return show(request, officer, "desk/incoming.html", context, current="incoming", status=status)


def _decide(request: HttpRequest, officer: Officer) -> HttpResponse:
    chosen: dict[str, Any] = {
        "message": row_number(request.POST.get("message")) or 0,
        "actor": officer.actor,
        "now": officer.now,
    }
    try:
        messages.success(request, _done(request, chosen))
    except Refusal as refusal:
        return _show(request, officer, refusal.status, refusal)
    return redirect("desk:incoming")


def _done(request: HttpRequest, chosen: dict[str, Any]) -> str:
    """Do what was decided and return the sentence that says so."""
    match request.POST.get("decision"):
        case "report":
            made = look.make_report(text=request.POST.get("text", ""), **chosen)
            return _("The message is report %(number)s now.") % {"number": made.number}
        case "attach":
            report = look.attach(number=request.POST.get("number", ""), **chosen)
            return _("The message was attached to report %(number)s.") % {"number": report.number}
        case "dismiss":
            look.dismiss(reason=request.POST.get("reason", ""), **chosen)
            return _("The message is kept as no report, with your reason.")
        case "again":
            look.read_again(**chosen)
            return _("The message will be read again within a few seconds.")
    raise InvalidInput
