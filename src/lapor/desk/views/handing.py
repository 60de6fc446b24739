"""When an officer leaves or is away: who follows, what goes over and what became of it, and no report left behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.queries.decrees import Seat
from lapor.agencies.queries.takers import Giver, giver_in, takers_of
from lapor.agencies.queries.tree import AgencyInfo, get_agency
from lapor.desk.actions import ACTS
from lapor.desk.forms.handing import EndSeatForm, HandOverForm, HandWorkForm
from lapor.desk.officer import Officer, choose
from lapor.desk.page import page, show
from lapor.desk.views.officers import decree_choices, seat_within_reach
from lapor.kernel.errors import NothingHere, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries.hand_over import belongings, hand_over_of
from lapor.reports.queries.open_work import open_work
from lapor.reports.usecases.end_seat import end_seat
from lapor.reports.usecases.hand_over import hand_over_seat, hand_over_work
from lapor.sop.vocabulary import Action, Role


@page("hand_over")
def hand_over(request: HttpRequest, officer: Officer, appointment: int) -> HttpResponse:
    """Show what goes over with a seat; on POST let a successor take both."""
    home, seat, seats = seat_within_reach(officer, appointment)
    giver = _giver(appointment, officer)
    form = _hand_over_form(request, officer, giver, home, [one for one in seats if one.account_id != seat.account_id])
    done, status = _done(
        form, lambda: hand_over_seat(appointment=appointment, **form.arguments(), actor=officer.actor, now=officer.now)
    )
    if done is not None:
        return redirect("desk:handed", hand_over=done)
    context = {"form": form, "over": giver.is_over, "belongings": belongings(giver, leaves=True)}
    return _show(request, officer, "desk/handing/seat.html", context, seat, home, status)


def _hand_over_form(
    request: HttpRequest, officer: Officer, giver: Giver, home: AgencyInfo, others: list[Seat]
) -> HandOverForm:
    people = {str(one.account_id): f"{one.name} · {one.desk_name}" for one in others}
    offered = {"successor": list(people.items()), "decree": decree_choices(home, officer)}
    newest = {"decree": offered["decree"][0][0]} if offered["decree"] else {}
    return HandOverForm(_posted(request), offered=offered, initial=newest, is_over=giver.is_over, today=giver.today)


@page("hand_work")
def hand_work(request: HttpRequest, officer: Officer, appointment: int) -> HttpResponse:
    """Show what an officer has in hand; on POST let a colleague or the deputy take it, while the seat stays."""
    home, seat, _seats = seat_within_reach(officer, appointment)
    giver, takers = _giver(appointment, officer), takers_of(appointment, officer.now)
    people = {str(one.account): one.name for one in takers}
    deputies = [str(one.account) for one in takers if one.is_deputy]
    first = {"receiver": deputies[0]} if deputies else {}
    form = HandWorkForm(_posted(request), offered={"receiver": list(people.items())}, initial=first)
    done, status = _done(
        form,
        lambda: hand_over_work(appointment=appointment, **form.cleaned_data, actor=officer.actor, now=officer.now),
    )
    if done is not None:
        return redirect("desk:handed", hand_over=done)
    context = {"form": form, "takers": takers, "belongings": belongings(giver, leaves=False)}
    return _show(request, officer, "desk/handing/work.html", context, seat, home, status)


@page("handed")
def handed(request: HttpRequest, officer: Officer, hand_over: int) -> HttpResponse:
    """Show what went over, to who arranged it and to who has it now; on POST take up the role that goes with it."""
    found = hand_over_of(officer.actor, hand_over)
    elsewhere = found.is_mine and officer.actor.appointment != found.taker
    if request.method == "POST":
        if elsewhere:
            choose(request, found.taker, officer.posts)
        return redirect("desk:handed", hand_over=hand_over)
    items = [(item, ACTS[item.action] if item.action else None) for item in found.items]
    context = {"handed": found, "items": items, "zone": officer.desk.zone}
    context["elsewhere"] = elsewhere
    return show(request, officer, "desk/handing/result.html", context, current="officers")


@page("end_seat")
def end(request: HttpRequest, officer: Officer, appointment: int) -> HttpResponse:
    """Let an officer go without a successor, unless open reports would be left with nobody."""
    home, seat, _seats = seat_within_reach(officer, appointment)
    giver = _giver(appointment, officer)
    form = EndSeatForm(_posted(request), initial={"ended_on": giver.today})
    _nothing, status = _done(
        form, lambda: end_seat(appointment=appointment, **form.cleaned_data, actor=officer.actor, now=officer.now)
    )
    if status is None:
        messages.success(request, _("It is done."))
        return redirect(_back(home))
    context = {
        "form": form,
        "work": open_work(officer.actor, giver.desk, seat.role),
        "is_last": not [one for one in takers_of(appointment, officer.now) if not one.is_deputy],
        "may_move": officer.actor.role is Role.AGENCY_ADMIN and seat.role is Role.LIAISON,
        "belongings": belongings(giver, leaves=True),
    }
    return _show(request, officer, "desk/handing/end.html", context, seat, home, status)


@page("move_open")
def move_open(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """Lead to the preview of handing a unit's open reports over, as many as go at once: nothing begins anew."""
    unit = get_agency(code)
    if unit.institution_id != officer.desk.id or unit.kind != "unit":
        raise NothingHere(_("There is no such unit."))
    numbers = open_work(officer.actor, unit.id, Role.LIAISON).numbers
    if not numbers:
        messages.info(request, _("No open report lies with this unit."))
        return redirect("desk:unit", code=code)
    asked = [("do", ACTS[Action.TRANSFER].slug), *(("n", number) for number in numbers)]
    return redirect(f"{reverse('desk:bulk')}?{urlencode(asked)}")


def _giver(appointment: int, officer: Officer) -> Giver:
    giver = giver_in(appointment, officer.now)
    if giver is None:
        raise NothingHere
    return giver


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(form: forms.Form, call: Callable[[], int | None]) -> tuple[int | None, int | None]:
    """Return what the use case gave, and the status of the page that shows the form: None once it was done."""
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, WRONG_INPUT
    try:
        return call(), None
    except Refusal as refusal:
        return None, note_refusal(form, refusal)


def _back(home: AgencyInfo) -> str:
    return f"{reverse('desk:officers')}?instansi={home.code}"


def _show(
    request: HttpRequest,
    officer: Officer,
    template: str,
    context: dict[str, Any],
    seat: Seat,
    home: AgencyInfo,
    status: int | None,
) -> HttpResponse:
    known = {"seat": seat, "home": home, "back": _back(home), "zone": officer.desk.zone}
    drafts = [(one, ACTS[one.action]) for one in context["belongings"].drafts]
    return show(
        request, officer, template, known | context | {"drafts": drafts}, current="officers", status=status or 200
    )
