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
from lapor.identity.usecases.passwords import choose_password, invitation
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.sop.vocabulary import Role


class ServesElsewhere(Refusal):
    """A new password would open roles at other institutions, over which this admin has no say."""

    status = 403
    sentence = gettext_lazy("This person also serves another institution. Ask Admin Pusat for the invitation.")


@page("invite")
def invite(request: HttpRequest, officer: Officer, appointment: int) -> HttpResponse:
    """Explain on GET; on POST make an invitation and show it once, to be handed over."""
    home, seat, _seats = seat_within_reach(officer, appointment)
    if officer.actor.role is not Role.NATIONAL_ADMIN and serves_elsewhere(
        seat.account_id, home.id, on=today_of(officer)
    ):
        raise ServesElsewhere
    link = ""
    if request.method == "POST":
        address = reverse("desk:choose_password", args=[seat.account_id, invitation(seat.account_id)])
        link = request.build_absolute_uri(address)
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
