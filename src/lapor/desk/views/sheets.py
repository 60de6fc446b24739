"""Spreadsheets of manual complaints: brought, looked at while they are read, entered, and taken back (S68)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lapor.desk.forms.sheet import SheetForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.sheet_words import column_names, kept, problem, refusal
from lapor.kernel.errors import Refusal
from lapor.kernel.numbers import row_number
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries.sheets import KEPT, PAGE, WRONG, lines_of, sheets_of, view_of, was_taken_back
from lapor.reports.usecases.sheet_back import take_back_sheet
from lapor.reports.usecases.sheets import bring_sheet, drop_sheet, enter_sheet, own_sheet, told


@page("sheets")
def sheets(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the form and the newest sheets on GET; on POST keep a file and go to its page."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    status = 200
    if request.method == "POST":
        status = WRONG_INPUT
        if form.is_valid():
            data, name = form.content()
            try:
                key = bring_sheet(data, name=name, actor=officer.actor, now=officer.now)
            except Refusal as refused:
                status = note_refusal(form, refused)
            else:
                return redirect("desk:sheet", key=key)
    columns = column_names()
    context = {"form": form, "sheets": sheets_of(officer.actor), "columns": columns, "zone": officer.desk.zone}
    return show(request, officer, "desk/sheets.html", context, current="manual", status=status)


@page("sheet")
def sheet(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    """Show one sheet and its rows; on POST enter it or forget it."""
    found = own_sheet(officer.actor, key)
    if request.method == "POST":
        return _act(request, officer, key)
    only = request.GET.get("show", "") if request.GET.get("show") in (WRONG, KEPT) else ""
    rows = lines_of(found, only=only, after=row_number(request.GET.get("after")) or 0)
    context: dict[str, Any] = {
        "sheet": view_of(found),
        "why": refusal(found.why),
        "rows": [_row(told(found, row), row) for row in rows[:PAGE]],
        "after": rows[PAGE - 1].number if len(rows) > PAGE else "",
        "only": only,
        "zone": officer.desk.zone,
        "officer": officer,
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/sheet/body.html", context)
    return show(request, officer, "desk/sheet.html", context, current="manual")


def _row(cells: dict[str, str], row: Any) -> dict[str, Any]:
    about = [cells.get(name, "") for name in ("name", "place", "received_on")]
    return {
        "number": row.number,
        "line": cells.get("title") or cells.get("text") or "–",
        "about": " · ".join(word for word in about if word),
        "settled": bool(cells.get("answer")),
        "problems": [problem(*one) for one in row.problems],
        "report": row.report.number if row.report else "",
        "is_back": was_taken_back(row),
        "kept": kept(row.kept_why),
    }


def _act(request: HttpRequest, officer: Officer, key: str) -> HttpResponse:
    if request.POST.get("do") == "take_back":
        done, kept = take_back_sheet(key=key, actor=officer.actor, now=officer.now)
        said = _("%(done)s complaints were taken back; %(kept)s were not, because of their day or a step since.")
        messages.success(request, said % {"done": done, "kept": kept})
        return redirect("desk:sheet", key=key)
    act = {"enter": enter_sheet, "drop": drop_sheet}.get(request.POST.get("do", ""))
    if act is None:
        return redirect("desk:sheet", key=key)
    try:
        act(key=key, actor=officer.actor, now=officer.now)
    except Refusal as refused:
        messages.error(request, str(refused.sentence))
        return redirect("desk:sheet", key=key)
    if act is drop_sheet:
        messages.success(request, _("The spreadsheet was forgotten; nothing was entered."))
        return redirect("desk:sheets")
    return redirect("desk:sheet", key=key)
