"""The working calendar: its free days, and declaring one more."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.agencies.queries import calendars
from lapor.desk.forms.calendar import HolidayForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.pages import MAY_OPEN
from lapor.kernel.errors import Refusal
from lapor.kernel.numbers import row_number
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.usecases.holidays import declare_holiday

EARLIEST, LATEST = 2000, 2100


@page("calendar")
def calendar(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the free days of a year in one calendar, the desk's own at first."""
    known = calendars.calendars()
    own = next((one for one in known if one.pk == officer.desk.calendar_id), known[0])
    chosen = next((one for one in known if one.code == request.GET.get("calendar")), own)
    year = _year(request.GET.get("year", ""), officer)
    context = {
        "calendars": known,
        "chosen": chosen,
        "year": year,
        "days": calendars.days_off(chosen.pk, year),
        "last_day": calendars.last_day(chosen.pk),
        "may_declare": officer.actor.role in MAY_OPEN["declare_holiday"],
        "zone": chosen.zone,
    }
    return show(request, officer, "desk/calendar.html", context, current="calendar")


def _year(typed: str, officer: Officer) -> int:
    year = row_number(typed)
    if year and EARLIEST <= year <= LATEST:
        return year
    return officer.now.astimezone(ZoneInfo(officer.desk.zone)).year


@page("declare_holiday")
def declare(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the form; on POST make the day free and move what runs, outward only."""
    offered = [(one.code, one.name) for one in calendars.calendars()]
    form = HolidayForm(request.POST if request.method == "POST" else None, calendars=offered)
    status = 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            try:
                return _declared(request, officer, form)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
    return show(request, officer, "desk/holiday.html", {"form": form}, current="calendar", status=status)


def _declared(request: HttpRequest, officer: Officer, form: HolidayForm) -> HttpResponse:
    moved = declare_holiday(actor=officer.actor, now=officer.now, **form.cleaned_data)
    said = ngettext("%(n)d running clock was moved.", "%(n)d running clocks were moved.", moved) % {"n": moved}
    messages.success(request, _("The day is free now.") + " " + said)
    day: date = form.cleaned_data["day"]
    address = redirect("desk:calendar").url
    return redirect(f"{address}?calendar={form.cleaned_data['calendar']}&year={day.year}")
