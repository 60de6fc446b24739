"""Service hours of an institution: the usual week, periods such as Ramadan, and what they make of the days to come."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.queries.hours import HoursInfo, OfficeDay, hours_of, office_days
from lapor.agencies.queries.tree import AgencyInfo
from lapor.agencies.usecases.hours import keep_period_hours, keep_usual_hours, remove_period_hours
from lapor.desk import houses
from lapor.desk.forms.hours import HoursForm, PeriodForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.numbers import row_number
from lapor.kernel.web import WRONG_INPUT, note_refusal


@page("hours")
def hours(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the hours and the days to come; on POST take a period away."""
    home = _home(request, officer)
    if request.method == "POST":
        number = row_number(request.POST.get("id")) or 0
        remove_period_hours(institution=home.code, period=number, actor=officer.actor, now=officer.now)
        messages.success(request, _("The period is taken away. The usual hours hold on its days."))
        return redirect(_back(home))
    usual, periods = hours_of(home.id)
    context = {
        "home": home,
        "institutions": houses.offered(officer)[1:] or [home],
        "usual": usual,
        "periods": periods,
        "days": _ahead(officer, home, usual, periods),
    }
    return show(request, officer, "desk/hours.html", context, current="hours")


@page("edit_hours")
def usual_week(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Change the usual week."""
    home = _home(request, officer)
    usual, periods = hours_of(home.id)
    form = HoursForm(request.POST or None, week=usual.week)
    preview: list[OfficeDay] = []
    if form.is_bound and form.is_valid():
        preview = _ahead(officer, home, HoursInfo(usual.id, "", None, None, form.read_week()), periods)
    return _edited(request, officer, home, form, preview, keep_usual_hours)


@page("edit_hours")
def period_week(request: HttpRequest, officer: Officer, period: int = 0) -> HttpResponse:
    """Add a period, or change one."""
    home = _home(request, officer)
    usual, periods = hours_of(home.id)
    known = next((one for one in periods if one.id == period), None)
    if period and known is None:
        raise NotFound(_("There is no such period."))
    initial = {"name": known.name, "first": known.first, "last": known.last} if known else {}
    form = PeriodForm(request.POST or None, week=(known or usual).week, initial=initial)
    preview: list[OfficeDay] = []
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        typed = HoursInfo(period, said["name"], said["first"], said["last"], form.read_week())
        others = [one for one in periods if one.id != period]
        preview = office_days(home.calendar_id, said["first"], usual, [typed, *others])

    def keep(**given: Any) -> object:
        said = {name: form.cleaned_data[name] for name in ("name", "first", "last")}
        return keep_period_hours(**given, **said, period=period or None)

    return _edited(request, officer, home, form, preview, keep)


def _edited(
    request: HttpRequest, officer: Officer, home: AgencyInfo, form: HoursForm, preview: list[OfficeDay], keep: Any
) -> HttpResponse:
    """Show the form and what it would make of the days; keep it where the button says so."""
    status = 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid() and request.POST.get("do") == "look":
            status = 200
        elif form.is_valid():
            try:
                keep(institution=home.code, week=form.week(), actor=officer.actor, now=officer.now)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                messages.success(request, _("The hours are kept. People see them from now on."))
                return redirect(_back(home))
    context = {"home": home, "form": form, "preview": preview, "back": _back(home)}
    return show(request, officer, "desk/hours_form.html", context, current="hours", status=status)


def _ahead(officer: Officer, home: AgencyInfo, usual: HoursInfo, periods: list[HoursInfo]) -> list[OfficeDay]:
    today = officer.now.astimezone(ZoneInfo(home.zone)).date()
    return office_days(home.calendar_id, today, usual, periods)


def _home(request: HttpRequest, officer: Officer) -> AgencyInfo:
    """Return the institution; the national desk begins with the first, for it has no counter of its own."""
    home = houses.chosen(request, officer)
    return home if home.kind == "institution" else next(iter(houses.offered(officer)[1:]), home)


def _back(home: AgencyInfo) -> str:
    return f"{reverse('desk:hours')}?instansi={home.code}"
