"""Sign in and out; officers go on to their desk, everybody else to tracking."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lapor.agencies.queries.roles import actors_of
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.kernel.limits import Limit
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import demo, reporter
from lapor.portal.forms.acts import SignInForm
from lapor.portal.page import page

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
                return enter(request, _known(request, form.cleaned_data))
            except Refusal as refusal:
                status = note_refusal(form, refusal)
    return page(request, "sign_in", {"form": form, "next": _wished(request)}, status=status)


def _known(request: HttpRequest, said: dict[str, str]) -> AbstractBaseUser:
    PASSWORDS.check(request)
    account = authenticate(request, username=said["login"], password=said["password"])
    if account is None:
        PASSWORDS.count(request)
        raise InvalidInput(_("Login name and password do not belong together. Check both and try again."))
    return account


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
    return enter(request, account)


def enter(request: HttpRequest, account: AbstractBaseUser) -> HttpResponse:
    """Begin a session for the account and go where it was headed, to its desk, or to tracking."""
    wished = _wished(request)
    reporter.forget(request)
    login(request, account)  # type: ignore[arg-type]  # authenticated, so an Account
    return redirect(wished or _place_of(account))


def _wished(request: HttpRequest) -> str:
    address: str = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""


def _place_of(account: AbstractBaseUser) -> str:
    serves = actors_of(account, timezone.now())
    return reverse("desk:inbox") if serves else reverse("portal:track")
