"""One report on the desk: its words, its way, its clocks, and what may be done now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lapor.desk.actions import ACTS
from lapor.desk.acts import panel
from lapor.desk.exhibits import exhibits
from lapor.desk.forms.base import ActForm
from lapor.desk.leaving import held_back, leaving
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.pages import ADMINS, MAY_OPEN
from lapor.desk.reading import facts
from lapor.desk.talk import said
from lapor.intake.queries.threads import thread_of
from lapor.reports.queries.answers import drafts_on
from lapor.reports.queries.by_hand import arrival_of
from lapor.reports.queries.case import Case
from lapor.reports.queries.case import case as read_case
from lapor.reports.queries.claims import read_by_another
from lapor.reports.queries.deadlines import explain_deadline
from lapor.sop.vocabulary import Action


@page("case")
def case(request: HttpRequest, officer: Officer, number: str) -> HttpResponse:
    """Show a report."""
    found = read_case(officer.actor, number, officer.now)
    return show(request, officer, "desk/case.html", context(found, officer), current="inbox")


def context(found: Case, officer: Officer, **extra: Any) -> dict[str, Any]:
    """Return what the case page draws; `extra` opens a form in its panel."""
    role = officer.actor.role
    letter = role in MAY_OPEN["letter"]
    drafts = drafts_on(officer.actor, found.report)
    shown = panel(found)
    return {
        "case": found,
        "panel": shown,
        "leaving": leaving(drafts, officer),
        "held_back": held_back(drafts),
        "drafts": [ACTS[draft.action] for draft in drafts if draft.is_mine and not draft.is_waiting],
        "exhibits": exhibits(found, role),
        "may_mark": shown.may_mark,
        "may_brief": role in MAY_OPEN["summary"],
        "may_open_causes": role in ADMINS,
        "zone": found.zone,
        "arrival": arrival_of(found.report),
        "thread": said(thread_of(found.report, found.moments, opening=found.original)),
        "may_write_letter": letter,
        "reading": read_by_another(officer.actor, found.report.pk, officer.now),
        **facts(found, role),
        **extra,
    }


def act_page(
    request: HttpRequest,
    officer: Officer,
    case: Case,
    action: Action,
    form: ActForm,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """Show the case with the form of a step open; the form now carries the report's newest version."""
    drawn = context(case, officer, act=ACTS[action], form=form, **extra)
    drawn["is_open"] = drawn["panel"].offers(action)
    drawn["why_not"] = drawn["panel"].why_not(action)
    if request.headers.get("HX-Request") == "true":
        return render(request, "desk/case/panel.html", drawn, status=status)
    return show(request, officer, "desk/case.html", drawn, current="inbox", status=status)


@page("deadline")
def deadline(request: HttpRequest, officer: Officer, number: str, deadline: int) -> HttpResponse:
    """Show why a deadline falls on its day: as a fragment, or as a page of its own."""
    explained = explain_deadline(officer.actor, number, deadline, officer.now)
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "desk/case/explanation.html" if is_fragment else "desk/deadline.html"
    return show(request, officer, template, {"explanation": explained, "number": number}, current="inbox")
