"""Signing in: the officer's second factors, recovery codes, and the browsers where the officer is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.desk import security
from lapor.desk.forms.security import AppForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.identity.queries.officers import officer_account, own_factors, own_sessions
from lapor.identity.sites import site_of
from lapor.identity.usecases import desk_sessions, factors, passkeys
from lapor.kernel.errors import Refusal
from lapor.kernel.numbers import row_number
from lapor.kernel.squares import square_of
from lapor.kernel.web import WRONG_INPUT, note_refusal

SECRET, CHALLENGE = "desk_secret", "desk_challenge"  # session keys, while an app or a passkey is being set up


@page("security")
def signing_in(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what opens the account and where it is open; on POST do what the button says."""
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""))
        if act is not None:
            return act(request, officer)
    return _page(request, officer)


def _page(request: HttpRequest, officer: Officer, **more: Any) -> HttpResponse:
    key = request.session.session_key or ""
    context = {
        "factors": own_factors(officer.account),
        "sessions": own_sessions(officer.account, key),
        "is_fresh": security.is_fresh(request, officer),
        "with_passkeys": site_of(request) is not None,
        **more,
    }
    return show(request, officer, "desk/security.html", context, current="security")


def _fresh(act: Callable[[HttpRequest, Officer], HttpResponse]) -> Callable[[HttpRequest, Officer], HttpResponse]:
    """Ask for a fresh sign-in first, and say why something was refused."""

    def guarded(request: HttpRequest, officer: Officer) -> HttpResponse:
        if not security.is_fresh(request, officer):
            return security.sign_in_again(request, officer)
        try:
            return act(request, officer)
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
            return redirect("desk:security")

    return guarded


@_fresh
def _new_codes(request: HttpRequest, officer: Officer) -> HttpResponse:
    return _page(request, officer, codes=factors.new_codes(account_id=officer.account))


@_fresh
def _remove_app(request: HttpRequest, officer: Officer) -> HttpResponse:
    factors.remove_app(account_id=officer.account, by=security.by(officer), now=officer.now)
    return redirect("desk:security")


@_fresh
def _remove_key(request: HttpRequest, officer: Officer) -> HttpResponse:
    number = row_number(request.POST.get("id")) or 0
    factors.remove_key(account_id=officer.account, passkey_id=number, by=security.by(officer), now=officer.now)
    return redirect("desk:security")


def _end(request: HttpRequest, officer: Officer) -> HttpResponse:
    desk_sessions.end(account_id=officer.account, session_id=row_number(request.POST.get("id")) or 0)
    messages.success(request, _("That browser is signed out."))
    return redirect("desk:security")


def _end_others(request: HttpRequest, officer: Officer) -> HttpResponse:
    ended = desk_sessions.end_others(account_id=officer.account, key=request.session.session_key or "")
    said = ngettext("%(n)d other browser was signed out.", "%(n)d other browsers were signed out.", ended)
    messages.success(request, said % {"n": ended})
    return redirect("desk:security")


_ACTS = {
    "codes": _new_codes,
    "remove_app": _remove_app,
    "remove_key": _remove_key,
    "end": _end,
    "end_others": _end_others,
}


@page("security_app")
def app(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Set up an authenticator app, in place of an earlier one."""
    if not security.is_fresh(request, officer):
        return security.sign_in_again(request, officer)
    secret = request.session.get(SECRET) or factors.new_secret()
    request.session[SECRET] = secret
    form, status = AppForm(request.POST or None), 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            typed = {"secret": secret, "digits": form.cleaned_data["digits"]}
            try:
                codes = factors.set_app(account_id=officer.account, **typed, by=security.by(officer), now=officer.now)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                del request.session[SECRET]
                return _done(request, officer, codes)
    login = str(getattr(officer_account(officer.account), "login", ""))
    context = {"form": form, "secret": secret, "square": square_of(factors.address_for_app(secret, login))}
    return show(request, officer, "desk/security_app.html", context, current="security", status=status)


@page("security_key")
def key(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Set up a passkey."""
    site = site_of(request)
    if not security.is_fresh(request, officer) or site is None:
        return security.sign_in_again(request, officer)
    if request.method != "POST":
        asked = passkeys.begin_registration(account_id=officer.account, site=site)
        request.session[CHALLENGE] = asked.challenge.hex()
        return show(request, officer, "desk/security_key.html", {"options": asked.options}, current="security")
    try:
        codes = factors.set_key(
            account_id=officer.account,
            site=site,
            challenge=bytes.fromhex(request.session.pop(CHALLENGE, "")),
            answer=request.POST.get("answer", ""),
            name=request.POST.get("name", ""),
            by=security.by(officer),
            now=officer.now,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("desk:security_key")
    return _done(request, officer, codes)


def _done(request: HttpRequest, officer: Officer, codes: list[str]) -> HttpResponse:
    if codes:
        return _page(request, officer, codes=codes)
    messages.success(request, _("It is set up. You need it from the next sign-in on."))
    return redirect("desk:security")
