"""Invitations: an admin hands one out, and the officer chooses a password by it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapor.agencies.queries.people import serves_elsewhere
from lapor.desk.forms.password import PasswordForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.views.officers import seat_within_reach, today_of
from lapor.identity.usecases.factors import By, reset
from lapor.identity.usecases.passwords import choose_password
from lapor.identity.usecases.passwords import invite as make_invitation
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.sop.vocabulary import Role


class ServesElsewhere(Refusal):
    """A new password would open roles at other institutions, over which this admin has no say."""

    status = 403
    sentence = gettext_lazy("This person also serves another institution. Ask Admin Pusat for the invitation.")


@page("invite")
def invite(request: HttpRequest, officer: Officer, appointment: int) -> HttpResponse:
    """Explain on GET; on POST make an invitation and show it once, or reset the second step of signing in."""
    home, seat, _seats = seat_within_reach(officer, appointment)
    if officer.actor.role is not Role.NATIONAL_ADMIN and serves_elsewhere(
        seat.account_id, home.id, on=today_of(officer)
    ):
        raise ServesElsewhere
    if request.POST.get("do") == "reset":
        reset(account_id=seat.account_id, by=By(officer.actor, home.id), now=officer.now)
        messages.success(request, _("The second step was reset. The next sign-in sets it up anew."))
        return redirect(f"{reverse('desk:officers')}?instansi={home.code}")
    link = ""
    if request.method == "POST":
        token = make_invitation(account_id=seat.account_id, actor=officer.actor, institution=home.id, now=officer.now)
        link = request.build_absolute_uri(reverse("desk:choose_password", args=[seat.account_id, token]))
    context = {"seat": seat, "home": home, "link": link}
    return show(request, officer, "desk/invite.html", context, current="officers")


@personal
def choose(request: HttpRequest, account: int, token: str) -> HttpResponse:
    """Let the invited person choose a password; open to whoever holds the invitation."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            try:
                choose_password(account_id=account, token=token, password=form.cleaned_data["password"])
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                messages.success(request, _("Your password is set. Sign in with it."))
                return redirect("portal:sign_in")
    return render(request, "desk/choose_password.html", {"form": form}, status=status)


choose.page = "choose_password"  # type: ignore[attr-defined]
