"""Comments on public reports that wait for the coordinating desk: let them through, or reject them with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import Refusal
from lapor.kernel.numbers import row_number
from lapor.reports.comment_doubts import Doubt
from lapor.reports.queries.comments import held_comments
from lapor.reports.usecases.comment import publish_comment, reject_comment

DOUBTS = {
    Doubt.LINK: gettext_lazy("a link"),
    Doubt.PHONE: gettext_lazy("a phone number"),
    Doubt.EMAIL: gettext_lazy("an e-mail address"),
    Doubt.IDENTITY: gettext_lazy("a number like a NIK"),
    Doubt.ROUGH: gettext_lazy("rough words"),
    Doubt.SHOUTING: gettext_lazy("all in capitals"),
}


@page("comments")
def comments(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what waits, oldest first; POST decides about one comment."""
    if request.method == "POST":
        return _decide(request, officer)
    return _show(request, officer)


def _show(request: HttpRequest, officer: Officer, status: int = 200, refusal: Refusal | None = None) -> HttpResponse:
    found = held_comments(officer.actor, after=row_number(request.GET.get("after")))
    rows = [(row, [DOUBTS[Doubt(doubt)] for doubt in row.doubts if doubt in set(Doubt)]) for row in found.rows]
    refused = row_number(request.POST.get("comment")) if refusal else None
    context = {"rows": rows, "newer": found.newer, "zone": officer.desk.zone, "refusal": refusal, "refused": refused}
    return show(request, officer, "desk/comments.html", context, current="comments", status=status)


def _decide(request: HttpRequest, officer: Officer) -> HttpResponse:
    comment = row_number(request.POST.get("comment")) or 0
    try:
        if request.POST.get("decision") == "publish":
            publish_comment(comment=comment, actor=officer.actor, now=officer.now)
            messages.success(request, _("The comment can be read by everybody now."))
        else:
            reason = request.POST.get("reason", "")
            reject_comment(comment=comment, reason=reason, actor=officer.actor, now=officer.now)
            messages.success(request, _("The comment was rejected."))
    except Refusal as refusal:
        return _show(request, officer, refusal.status, refusal)
    return redirect("desk:comments")
