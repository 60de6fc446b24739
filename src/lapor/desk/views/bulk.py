"""Acts on many reports: choose, look at what each would become, send once, read what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lapor.desk.forms.base import ActForm
from lapor.desk.many import MANY, Many, form_for, offered, what_happens
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import InvalidInput
from lapor.kernel.web import WRONG_INPUT
from lapor.reports.queries.bulk import MOST, Line, preview, run_of
from lapor.reports.queries.case import case as read_case
from lapor.reports.usecases.bulk import act_on_many


@page("bulk")
def bulk(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show on GET what an act would do to each chosen report; on POST take it, report by report."""
    asked = request.POST if request.method == "POST" else request.GET
    if not asked.getlist("n"):
        raise InvalidInput(_("No report is chosen. Tick reports in the list, then choose what to do with them."))
    many = MANY.get(asked.get("do", ""))
    if many is None or many not in offered(officer.actor.role):
        raise InvalidInput(_("Choose what to do with the reports."))
    seen = chosen(asked.getlist("n"))
    if not 0 < len(seen) <= MOST:
        raise InvalidInput(_("Choose between 1 and 50 reports."))
    lines = preview(officer.actor, seen, many.action, officer.now)
    ready = [line for line in lines if line.step is not None]
    if not ready:
        return _page(request, officer, many, lines, None)
    form = form_for(many, read_case(officer.actor, ready[0].number, officer.now), officer, _typed(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, officer, many, lines, form, WRONG_INPUT if form.is_bound else 200)
    key = _key(asked)
    versions = {line.number: seen[line.number] or line.version for line in lines}  # each has its line in the result
    take = partial(_take, many, officer, form.arguments())
    act_on_many(key=key, action=many.action, chosen=versions.items(), take=take, actor=officer.actor, now=officer.now)
    return redirect("desk:bulk_result", key=key)


def chosen(typed: Iterable[str]) -> dict[str, int]:
    """Return number and version of each chosen report; 0 where no version was told. What is no number finds nothing."""
    found: dict[str, int] = {}
    for one in typed:
        number, _colon, version = one.partition(":")
        found.setdefault(
            number[:40].replace("\x00", ""), int(version) if version.isdecimal() and len(version) < 9 else 0
        )
    return found


def _take(many: Many, officer: Officer, words: dict[str, Any], number: str, version: int) -> object:
    return many.call(code=number, actor=officer.actor, now=officer.now, version=version, **words)


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _key(asked: QueryDict) -> UUID:
    try:
        return UUID(asked.get("key", ""))
    except ValueError:
        raise InvalidInput(_("This form is not complete. Choose the reports anew.")) from None


def _page(
    request: HttpRequest,
    officer: Officer,
    many: Many,
    lines: tuple[Line, ...],
    form: ActForm | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "many": many,
        "lines": [{"line": line, "what": what_happens(line.step) if line.step else ""} for line in lines],
        "ready": sum(line.step is not None for line in lines),
        "not_ready": sum(line.step is None for line in lines),
        "form": form,
        "key": request.POST.get("key") or uuid4(),
    }
    return show(request, officer, "desk/bulk.html", context, current="inbox", status=status)


@page("bulk_result")
def result(request: HttpRequest, officer: Officer, key: UUID) -> HttpResponse:
    """Show what became of each report of a run of one's own."""
    run = run_of(officer.actor, key)
    if run is None:
        raise Http404
    label = next((one.label for one in MANY.values() if one.action is run.action), run.action)
    return show(request, officer, "desk/bulk_result.html", {"run": run, "label": label}, current="inbox")
