"""The register of every step (S22) and the on-time rate (S5), by period."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from lapor.desk.export import Row, download, taken
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.views.breaches import period
from lapor.insights import punctuality
from lapor.insights.scope import scope_of
from lapor.insights.steps import StepRow, first_steps, step_register

SHOWN = 40  # the page shows the beginning; the file holds everything


@page("steps")
def steps(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the first steps of a period, and the way to the whole register."""
    asked = period(request, officer)
    rows = first_steps(scope_of(officer.actor), *asked.days, many=SHOWN + 1)
    context = {
        "period": asked,
        "rows": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "shown": SHOWN,
        "zone": officer.desk.zone,
    }
    return show(request, officer, "desk/steps.html", context, current="steps")


@page("step_export")
def export(request: HttpRequest, officer: Officer, kind: str) -> HttpResponseBase:
    """Hand out the register of every step of a period."""
    first, last = period(request, officer).days
    name = f"register-{first:%Y%m%d}-{last:%Y%m%d}"
    answer = download(
        _lines(step_register(scope_of(officer.actor), first, last)),
        title=_("Step register"),
        head=[
            _("When"), _("Number"), _("Rule"), _("Step"), _("Role"), _("Desk"), _("Clock"), _("Due"),
            _("In time"),
        ],
        kind=kind,
        name=name,
        zone=ZoneInfo(officer.desk.zone),
    )  # fmt: skip
    return taken(answer, officer, name=f"{name}.{kind}", of=officer.desk.institution_id)


def _lines(rows: Iterable[StepRow]) -> Iterable[Row]:
    words = {True: _("yes"), False: _("no"), None: ""}
    for row in rows:
        yield (
            row.at, row.number, row.rule, row.action, row.role, row.desk_name, row.clock,
            row.planned_at or row.planned_on, words[row.in_time],
        )  # fmt: skip


@page("on_time")
def on_time(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show how much was done by its limit, per desk and clock."""
    asked = period(request, officer)
    lines = punctuality.on_time(scope_of(officer.actor), *asked.days, now=officer.now)
    context = {"period": asked, "lines": lines, "together": punctuality.together(lines)}
    return show(request, officer, "desk/on_time.html", context, current="on_time")
