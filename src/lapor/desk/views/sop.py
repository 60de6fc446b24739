"""The SOP of an institution: what is in force, what comes and what was; and a new version with a day to begin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.agencies.queries import profiles
from lapor.agencies.queries.profiles import Overview
from lapor.agencies.queries.tree import AgencyInfo
from lapor.agencies.usecases.sop_profiles import follow_again, make_version, preview_version, withdraw_version
from lapor.desk import houses
from lapor.desk.forms.sop import FollowForm, SopForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.sop.profile import Profile, shipped_profiles
from lapor.sop.profile_revision import Difference, differences, numbers_of

FOLLOW = "follow"


@page("sop")
def sop(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the versions, one of them in full; on POST take one back, or follow the shared profile again."""
    home, shared, found = _chosen(request, officer)
    back = FollowForm(request.POST if request.POST.get("do") == FOLLOW else None)
    status = _followed(officer, home, back)
    if status is None:
        messages.success(request, _("From its first day on the shared profile holds again."))
        return redirect(address(home, shared))
    if request.method == "POST" and not back.is_bound:
        by = {"actor": officer.actor, "now": officer.now}
        withdraw_version(institution=home.code, shared=shared, version=request.POST.get("version", ""), **by)  # type: ignore[arg-type]
        messages.success(request, _("The version is taken back. What is in force stays."))
        return redirect(address(home, shared))
    wanted = request.GET.get("versi", "")
    shown = found.version(*wanted.rpartition("@")[::2]) if wanted else found.in_force
    if shown is None:
        raise NotFound(_("There is no such version."))
    context = {
        **_frame(officer, home, shared, found),
        "shown": shown,
        "rows": [(key, shown.profile.clocks[key]) for key in numbers_of(shown.profile)],
        "changes": _changes(found.in_force.profile, shown.profile),
        **_way_back(shared, found, back),
    }
    return show(request, officer, "desk/sop.html", context, current="sop", status=status or 200)


def _way_back(shared: str, found: Overview, form: FollowForm) -> dict[str, Any]:
    """Return the form that leaves an SOP of one's own, and what would hold instead; nothing where there is none."""
    if shared or found.waiting or found.in_force.profile.code != found.code:
        return {}
    undone = differences(found.in_force.profile, found.followed)
    return {"back": form, "followed": found.followed, "undone": undone}


def _followed(officer: Officer, home: AgencyInfo, form: FollowForm) -> int | None:
    """Let the shared profile hold again; return the status of the page with the form, None once it is kept."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return WRONG_INPUT
    try:
        follow_again(institution=home.code, **form.cleaned_data, actor=officer.actor, now=officer.now)
    except Refusal as refusal:
        return note_refusal(form, refusal)
    return None


@page("new_sop")
def new_version(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the form with the numbers in force; first look at what changes, then keep it."""
    home, shared, found = _chosen(request, officer)
    form = SopForm(request.POST if request.method == "POST" else None, profile=found.in_force.profile)
    status, preview = 200, None
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            by: dict[str, Any] = {"institution": home.code, "shared": shared, "draft": form.draft()}
            by |= {"actor": officer.actor, "now": officer.now}
            try:
                if request.POST.get("do") == "keep":
                    return _kept(request, by, home, shared)
                preview, status = preview_version(**by), 200
            except Refusal as refusal:
                status = note_refusal(form, refusal)
    context = {
        **_frame(officer, home, shared, found),
        "form": form,
        "preview": preview,
        "changes": _changes(found.in_force.profile, preview) if preview else [],
    }
    return show(request, officer, "desk/sop_new.html", context, current="sop", status=status)


def _kept(request: HttpRequest, by: dict[str, Any], home: AgencyInfo, shared: str) -> HttpResponse:
    make_version(**by, base=request.POST.get("base", ""))
    messages.success(request, _("The new version waits for its first day."))
    return redirect(address(home, shared))


def _chosen(request: HttpRequest, officer: Officer) -> tuple[AgencyInfo, str, Overview]:
    """Return the institution, or the national desk with the shared profile the address names, and its versions."""
    home, shared = houses.chosen(request, officer), ""
    if home.kind == "national":
        wanted = request.GET.get("profil", "")
        shared = wanted if wanted in shipped_profiles().codes else home.profile
    day = profiles.today_of(home.zone, officer.now, shared=bool(shared))
    return home, shared, profiles.overview(home, day, shared=shared)


def _frame(officer: Officer, home: AgencyInfo, shared: str, found: Overview) -> dict[str, Any]:
    return {
        "home": home,
        "institutions": houses.offered(officer),
        "shared": shared,
        "profiles": profiles.shared_in_force(found.day) if shared else [],
        "found": found,
        "here": address(home, shared),
        "asked": urlencode(_query(home, shared)),
    }


def _changes(before: Profile, after: Profile) -> list[Difference]:
    return differences(before, after) if after != before else []


def _query(home: AgencyInfo, shared: str) -> dict[str, str]:
    return {"instansi": home.code, **({"profil": shared} if shared else {})}


def address(home: AgencyInfo, shared: str) -> str:
    """Return the page's address for an institution or a shared profile."""
    return f"{reverse('desk:sop')}?{urlencode(_query(home, shared))}"
