"""Officers and their decrees: what expires, who is away, who takes over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.queries import decrees as decree_queries
from lapor.agencies.queries import roles, takers, tree
from lapor.agencies.queries.decrees import DecreeInfo, Seat
from lapor.agencies.queries.tree import AgencyInfo
from lapor.agencies.usecases import absences, decrees
from lapor.agencies.usecases.take_on import take_on
from lapor.desk.forms.officers import AbsenceForm, AppointForm, DecreeForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import NothingHere, Refusal
from lapor.kernel.numbers import row_number
from lapor.kernel.templatetags.ui import label
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports.queries.hand_over import left_behind
from lapor.sop.vocabulary import Role

APPOINTED = (Role.AGENCY_ADMIN, Role.LIAISON, Role.HEAD, Role.UNIT_OFFICER, Role.INSPECTORATE)
WARNING_DAYS = 60  # time enough to have a decree signed


@page("officers")
def officers(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show an institution's decrees and officers; Admin Pusat chooses the institution."""
    institution = _chosen(request, officer)
    on = today_of(officer)
    seats = decree_queries.seats_of(institution.id, on=on)
    context = {
        "institution": institution,
        "institutions": _offered(officer),
        "decrees": decree_queries.decrees_of(institution.id, on=on),
        "seats": [seat for seat in seats if seat.state != "over"],
        "left": _left_behind(institution.id, seats, on),
        "warning_days": WARNING_DAYS,
    }
    return show(request, officer, "desk/officers.html", context, current="officers")


def _left_behind(institution: int, seats: list[Seat], on: date) -> list[tuple[Seat, int]]:
    """Return the seats that ended with answers in hand that nobody took over, with how many; two queries."""
    serving = {(one.account_id, one.desk_code, one.role) for one in seats if one.state == "serving"}
    answers = left_behind(takers.seats_over(institution, on=on))
    over = [one for one in seats if (one.account_id, one.desk_code, one.role) not in serving]
    return [(one, answers[one.appointment_id]) for one in over if one.appointment_id in answers]


def today_of(officer: Officer) -> date:
    """Return the officer's local day."""
    return officer.now.astimezone(ZoneInfo(officer.desk.zone)).date()


def _offered(officer: Officer) -> list[AgencyInfo]:
    """Return the institutions this officer may look after."""
    if officer.actor.role is Role.NATIONAL_ADMIN:
        return [officer.desk, *tree.institutions(receiving=False)]
    return [officer.desk]


def _chosen(request: HttpRequest, officer: Officer) -> AgencyInfo:
    wanted = request.GET.get("instansi")
    return next((one for one in _offered(officer) if one.code == wanted), officer.desk)


def seat_within_reach(officer: Officer, appointment: int) -> tuple[AgencyInfo, Seat, list[Seat]]:
    """Return an appointment with its institution and all seats there. Raises NotFound outside the officer's reach."""
    known = roles.appointment_infos([appointment]) if row_number(str(appointment)) else {}
    info = known.get(appointment)
    if info is None:
        raise NothingHere
    desk = tree.agency_infos([info.desk])[info.desk]
    home = desk.institution_id or desk.id
    if officer.actor.role is not Role.NATIONAL_ADMIN and home != officer.desk.id:
        raise NothingHere
    seats = decree_queries.seats_of(home, on=today_of(officer))
    seat = next(one for one in seats if one.appointment_id == appointment)
    return tree.agency_infos([home])[home], seat, seats


@page("absence")
def absence(request: HttpRequest, officer: Officer, appointment: int) -> HttpResponse:
    """Note that an officer is away and who stands in."""
    home, seat, seats = seat_within_reach(officer, appointment)
    deputies = {str(one.account_id): one.name for one in seats if _may_stand_in(one, seat)}
    form = AbsenceForm(_posted(request), offered={"deputy": list(deputies.items())})
    call = _calling(absences.set_absence, officer, appointment=appointment)
    after = reverse("desk:hand_work", args=[appointment])
    return _form_page(request, officer, form, call, title=_("Absence"), home=home, seat=seat, after=after)


def _may_stand_in(one: Seat, seat: Seat) -> bool:
    serves = one.desk_code == seat.desk_code and one.state == "serving"
    return serves and one.account_id != seat.account_id


@page("decree")
def decree(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Register a new decree."""
    home = _chosen(request, officer)
    call = _calling(decrees.new_decree, officer, institution=home.code)
    return _form_page(request, officer, DecreeForm(_posted(request)), call, title=_("New decree"), home=home)


@page("appoint")
def appoint(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Make the account of a new officer and give the role."""
    home = _chosen(request, officer)
    offered = {
        "agency": [(desk.code, desk.name) for desk in tree.desks_of(home.id)],
        "role": [(str(role), label(role)) for role in APPOINTED],
        "decree": decree_choices(home, officer),
    }
    form = AppointForm(_posted(request), offered=offered)
    return _form_page(request, officer, form, _calling(take_on, officer), title=_("Appoint an officer"), home=home)


def decree_choices(home: AgencyInfo, officer: Officer) -> list[tuple[str, Any]]:
    """Return the institution's decrees that have not run out, as a choice field takes them."""
    known: list[DecreeInfo] = decree_queries.decrees_of(home.id, on=today_of(officer))
    return [(str(one.id), one.number) for one in known if one.days_left >= 0]


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _calling(usecase: Callable[..., object], officer: Officer, **known: Any) -> Callable[..., object]:
    return lambda **data: usecase(actor=officer.actor, now=officer.now, **known, **data)


def _form_page(
    request: HttpRequest,
    officer: Officer,
    form: forms.Form,
    call: Callable[..., object],
    *,
    title: str,
    home: AgencyInfo,
    seat: Seat | None = None,
    after: str = "",
) -> HttpResponse:
    """Show the form; on POST call the use case and go on to `after`, or back to the officers of that institution."""
    back, status = f"{reverse('desk:officers')}?instansi={home.code}", 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            try:
                call(**form.cleaned_data)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                messages.success(request, _("It is done."))
                return redirect(after or back)
    context = {"form": form, "title": title, "seat": seat, "home": home, "back": back}
    return show(request, officer, "desk/officer_form.html", context, current="officers", status=status)
