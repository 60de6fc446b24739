"""An institution's own tags."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lapor.agencies.queries.tags import tags_of
from lapor.agencies.usecases.tags import add_tag, replace_tag, retire_tag
from lapor.desk.forms.subjects import ReplaceForm, TagForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import Refusal
from lapor.kernel.numbers import row_number
from lapor.kernel.web import WRONG_INPUT, note_refusal


@page("tags")
def tags(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the words, on POST add, replace or retire one."""
    rows = tags_of(officer.desk.id)
    does = request.POST.get("do", "") if request.method == "POST" else ""
    word = TagForm(request.POST if does == "add" else None, auto_id="add_%s")
    offered: list[tuple[str, Any]] = [(str(row.id), row.word) for row in rows if not row.becomes]
    replace = ReplaceForm(request.POST if does == "replace" else None, offered={"tag": offered}, auto_id="replace_%s")
    status = _done(request, officer, does, word, replace)
    if status is None:
        messages.success(request, _("It is done."))
        return redirect("desk:tags")
    context = {"rows": rows, "word": word, "replace": replace}
    return show(request, officer, "desk/tags.html", context, current="tags", status=status)


def _done(request: HttpRequest, officer: Officer, does: str, word: TagForm, replace: ReplaceForm) -> int | None:
    """Do what the button says; return the status of the page, None once it was done."""
    by: dict[str, Any] = {"institution": officer.desk.code, "actor": officer.actor, "now": officer.now}
    form = replace if replace.is_bound else word
    if form.is_bound and not form.is_valid():
        return WRONG_INPUT
    try:
        if does == "add":
            add_tag(**by, **word.cleaned_data)
        elif does == "replace":
            replace_tag(**by, **replace.cleaned_data)
        elif does == "retire":
            retire_tag(**by, tag=row_number(request.POST.get("id")) or 0)
        else:
            return 200
    except Refusal as refusal:
        if not form.is_bound:
            raise
        return note_refusal(form, refusal)
    return None
