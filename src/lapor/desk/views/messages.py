"""What the desk was told, newest first; marking it as read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.numbers import row_number
from lapor.messaging.known import words_of
from lapor.reports.queries.messages import messages as read_messages_of
from lapor.reports.usecases.read_messages import read_messages


@page("messages")
def messages(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show a page of messages; POST marks all up to the newest shown as read."""
    if request.method == "POST":
        if up_to := row_number(request.POST.get("up_to")):
            read_messages(actor=officer.actor, now=officer.now, up_to=up_to)
        return redirect("desk:messages")
    after = row_number(request.GET.get("after"))
    found = read_messages_of(officer.actor, after=after)
    words = words_of((message.id for message in found.rows), get_language() or "id")
    told = [(message, words.get(message.id)) for message in found.rows]
    context = {"list": found, "told": told, "after": after, "zone": officer.desk.zone}
    return show(request, officer, "desk/messages.html", context, current="messages")
