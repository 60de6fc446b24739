"""The breach register (S20 to S23): read it, explain, acknowledge, take it along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lapor.desk.export import Row, download, taken
from lapor.desk.forms.breach import AcknowledgeForm, ExplainForm
from lapor.desk.forms.period import PeriodForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.insights.breaches import BreachRow, breach_page, breach_rows, find_breach
from lapor.insights.scope import scope_of
from lapor.kernel.errors import Refusal
from lapor.kernel.numbers import row_number
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.usecases.breach import acknowledge_breach, explain_breach

FILTERS = {"unexplained": {"unexplained": True}, "unacknowledged": {"unacknowledged": True}}


@page("breaches")
def breaches(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show a page of the register: everything, what wants an explanation, or what wants an acknowledgement."""
    wanted = request.GET.get("show", "")
    after = row_number(request.GET.get("after"))
    context = {
        "list": breach_page(scope_of(officer.actor), after=after, **FILTERS.get(wanted, {})),
        "wanted": wanted if wanted in FILTERS else "",
        "base": f"show={wanted}&" if wanted in FILTERS else "",
        "after": after,
        "period": period(request, officer),
        "zone": officer.desk.zone,
    }
    return show(request, officer, "desk/breaches.html", context, current="breaches")


def period(request: HttpRequest, officer: Officer) -> PeriodForm:
    """Return the period asked for, in the desk's own days."""
    return PeriodForm(request.GET, today=officer.now.astimezone(ZoneInfo(officer.desk.zone)).date())


@page("breach_export")
def export(request: HttpRequest, officer: Officer, kind: str) -> HttpResponseBase:
    """Hand out the register of a period."""
    first, last = period(request, officer).days
    name = f"keterlambatan-{first:%Y%m%d}-{last:%Y%m%d}"
    answer = download(
        _lines(breach_rows(scope_of(officer.actor), first, last)),
        title=_("Breach register"),
        head=_head(),
        kind=kind,
        name=name,
        zone=ZoneInfo(officer.desk.zone),
    )
    return taken(answer, officer, name=f"{name}.{kind}", of=officer.desk.institution_id)


def _head() -> list[str]:
    return [
        _("Number"), _("Step"), _("Desk"), _("Officer"), _("Due"), _("Done"), _("Explanation"),
        _("Explained by"), _("Explained on"), _("Acknowledged by"), _("Acknowledged on"), _("Remark"),
    ]  # fmt: skip


def _lines(rows: Iterable[BreachRow]) -> Iterable[Row]:
    for row in rows:
        yield (
            row.number, row.clock, row.desk_name, row.officer, row.planned_at or row.planned_on,
            row.actual_at, row.explanation, row.explained_by, row.explained_at, row.acknowledged_by,
            row.acknowledged_at, row.remark,
        )  # fmt: skip


@page("explain_breach")
def explain(request: HttpRequest, officer: Officer, breach: int) -> HttpResponse:
    """Take the explanation of the desk that was late."""
    return _answer(request, officer, breach, ExplainForm, explain_breach, _("Explain a breach"))


@page("acknowledge_breach")
def acknowledge(request: HttpRequest, officer: Officer, breach: int) -> HttpResponse:
    """Take the acknowledgement of the head or of the coordinating admin."""
    return _answer(request, officer, breach, AcknowledgeForm, acknowledge_breach, _("Acknowledge a breach"))


def _answer(
    request: HttpRequest,
    officer: Officer,
    breach: int,
    form_class: type[forms.Form],
    call: Callable[..., object],
    title: str,
) -> HttpResponse:
    row = find_breach(scope_of(officer.actor), breach)
    form = form_class(request.POST if request.method == "POST" else None)
    status = _take(form, breach, officer, call) if form.is_bound else 200
    if status is None:
        messages.success(request, _("The register was completed."))
        return redirect("desk:breaches")
    context = {"row": row, "form": form, "title": title, "zone": officer.desk.zone}
    return show(request, officer, "desk/breach.html", context, current="breaches", status=status)


def _take(form: forms.Form, breach: int, officer: Officer, call: Callable[..., object]) -> int | None:
    if not form.is_valid():
        return WRONG_INPUT
    try:
        call(breach=breach, text=form.cleaned_data["text"], actor=officer.actor, now=officer.now)
    except Refusal as refusal:
        return note_refusal(form, refusal)
    return None
