"""Sign in and out: the first step with a password. The second one is in lapor.portal.views.officer."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import authenticate, logout
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lapor.identity.queries.officers import account_named, sign_ons
from lapor.identity.usecases import tries
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.kernel.limits import Limit
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import demo, officer_entry
from lapor.portal.forms.acts import SignInForm
from lapor.portal.officer_entry import DEMO, PASSWORD
from lapor.portal.page import page
from lapor.portal.views.officer import key_asked

PASSWORDS = Limit("passwords", most=30)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password. A wrong login and a wrong password get the same answer after the same work."""
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST":
        status = WRONG_INPUT
        if form.is_valid():
            try:
                account = _known(request, form.cleaned_data)
                return officer_entry.first_step(request, account, way=PASSWORD, wished=_wished(request))
            except Refusal as refusal:
                status = note_refusal(form, refusal)
    context = {"form": form, "next": _wished(request), "sign_ons": sign_ons(), **key_asked(request)}
    return page(request, "sign_in", context, status=status)


def _known(request: HttpRequest, said: dict[str, str]) -> AbstractBaseUser:
    PASSWORDS.check(request)
    now, name = timezone.now(), tries.password_of(said["login"])
    tries.check_open(name, now=now)
    account = authenticate(request, username=said["login"], password=said["password"])
    if account is None:
        PASSWORDS.count(request)
        if tries.note_failure(name, now=now):
            _note_lock(said["login"], now)
        raise InvalidInput(_("Login name and password do not belong together. Check both and try again."))
    tries.forget_failures(name)
    return account


def _note_lock(typed: str, now: datetime) -> None:
    """Tell the institution of the person whose name was locked; of a name that nobody has there is nothing to tell."""
    account = account_named(typed)
    if account is not None:
        actor, home = officer_entry.home_of(account, now)
        tries.note_lock(account=account, actor=actor, institution=home, now=now)


@personal
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, with every code it knew."""
    logout(request)
    return redirect("portal:home")


@personal
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sit down in a chair of the fictional cast: in the demo only, and only as somebody made for it."""
    account = demo.person(request.POST.get("person", ""))
    if account is None:
        raise Http404
    return officer_entry.enter(request, account, way=DEMO, factor=DEMO, wished=_wished(request))


def _wished(request: HttpRequest) -> str:
    address: str = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""
