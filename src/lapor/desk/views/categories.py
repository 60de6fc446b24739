"""The national categories: the tree, a new one, and one to rename, merge or take out of use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lapor.agencies.queries import arrangement
from lapor.agencies.queries.arrangement import CategoryRow
from lapor.agencies.usecases.categories import keep_category, merge_category, use_category
from lapor.desk.forms.subjects import CategoryForm, MergeForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal

LOOK, MERGE, RENAME, RETIRE, REUSE = "look", "merge", "rename", "retire", "reuse"


@page("categories")
def categories(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the tree, on POST add a category."""
    rows = arrangement.category_tree()
    form = CategoryForm(request.POST if request.method == "POST" else None, offered={"parent": _subjects(rows)})
    status = 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            try:
                keep_category(**form.cleaned_data, actor=officer.actor, now=officer.now)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                messages.success(request, _("The category can be chosen from now on."))
                return redirect("desk:categories")
    context = {"rows": rows, "form": form}
    return show(request, officer, "desk/categories.html", context, current="categories", status=status)


@page("category")
def category(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """Show one category; on POST do what the button says. A merge is looked at before it is done."""
    rows = arrangement.category_tree()
    known = next((row for row in rows if row.code == code and not row.becomes), None)
    if known is None:
        raise NotFound(_("There is no such category."))
    does = request.POST.get("do", "") if request.method == "POST" else ""
    rename = CategoryForm(
        request.POST if does == RENAME else None,
        offered={"parent": [one for one in _subjects(rows) if one[0] != code]},
        initial={"name_id": known.name_id, "name_en": known.name_en, "parent": known.above},
    )
    others = [(row.code, _label(row, rows)) for row in rows if row.is_active and row.code != code]
    merge = MergeForm(request.POST if does in (LOOK, MERGE) else None, offered={"into": others})
    context: dict[str, Any] = {"known": known, "name": _name(known), "rename": rename, "merge": merge}
    status = _done(officer, code, does, rename, merge)
    if status is None:
        messages.success(request, _("It is done."))
        return redirect("desk:categories")
    if does == LOOK and merge.is_valid():
        context["following"] = arrangement.following(code, merge.cleaned_data["into"])
        context["into"] = dict(others)[merge.cleaned_data["into"]]
    return show(request, officer, "desk/category.html", context, current="categories", status=status)


def _done(officer: Officer, code: str, does: str, rename: CategoryForm, merge: MergeForm) -> int | None:
    """Do what the button says; return the status of the page, None once it was done."""
    by: dict[str, Any] = {"category": code, "actor": officer.actor, "now": officer.now}
    form = merge if merge.is_bound else rename
    if form.is_bound and not form.is_valid():
        return WRONG_INPUT
    try:
        if does == RENAME:
            keep_category(**by, **rename.cleaned_data)
        elif does == MERGE:
            merge_category(**by, into=merge.cleaned_data["into"])
        elif does in (RETIRE, REUSE):
            use_category(**by, in_use=does == REUSE)
        else:
            return 200
    except Refusal as refusal:
        if not form.is_bound:
            raise
        return note_refusal(form, refusal)
    return None


def _subjects(rows: list[CategoryRow]) -> list[tuple[str, Any]]:
    return [(row.code, _name(row)) for row in rows if not row.above and row.is_active]


def _label(row: CategoryRow, rows: list[CategoryRow]) -> str:
    above = next((_name(one) for one in rows if one.code == row.above), "")
    return " › ".join(filter(None, (above, _name(row))))


def _name(row: CategoryRow) -> str:
    return row.name_en if (get_language() or "id").startswith("en") else row.name_id
