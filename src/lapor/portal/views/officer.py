"""The officer's second step: a code or a passkey, setting one up the first time, and an institution's own sign-on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.agencies.queries.people import serves_only
from lapor.identity.usecases import factors, passkeys, sign_on
from lapor.kernel.errors import Refusal
from lapor.kernel.squares import square_of
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.portal import citizen, officer_entry, outside, proving
from lapor.portal.forms.officer import AppForm, FactorForm
from lapor.portal.officer_entry import PASSKEY, SIGN_ON, Pending
from lapor.portal.page import page

CHALLENGE = "officer_challenge"  # session key: what a passkey has to sign now


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever's password was right."""
    waits = officer_entry.pending(request)
    if waits is None:
        return redirect("portal:sign_in")
    form, status = FactorForm(request.POST or None), 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            try:
                factors.use_code(account_id=waits.account.pk, typed=form.cleaned_data["digits"], now=timezone.now())
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                return _enter(request, waits, "code")
    return page(request, "officer/factor", {"form": form, **key_asked(request)}, status=status)


def key_asked(request: HttpRequest) -> dict[str, object]:
    """Draw a challenge for an officer's passkey; nothing where this address has none."""
    site = citizen.site_of(request)
    if site is None:
        return {}
    asked = passkeys.begin_sign_in(site=site)
    request.session[CHALLENGE] = asked.challenge.hex()
    return {"options": asked.options}


@personal
@require_POST
def key(request: HttpRequest) -> HttpResponse:
    """Come in by a passkey, which is both factors in one: alone, or as the second step of its own account only."""
    waits, site = officer_entry.pending(request), citizen.site_of(request)
    challenge = request.session.pop(CHALLENGE, "")
    try:
        if site is None or not challenge:
            raise passkeys.PasskeyRefused
        proving.TYPED.check(request)
        account = passkeys.sign_in(
            site=site,
            challenge=bytes.fromhex(challenge),
            answer=request.POST.get("answer", ""),
            now=timezone.now(),
            officers=True,
        )
        if waits and waits.account.pk != account.pk:
            raise passkeys.PasskeyRefused
    except Refusal as refusal:
        proving.TYPED.count(request)
        messages.error(request, str(refusal.sentence))
        return redirect("portal:factor" if waits else "portal:sign_in")
    return _enter(request, waits or Pending(account, PASSKEY, ""), PASSKEY)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Set up the first second factor, right after the first right password; nobody who has one comes by here."""
    waits = officer_entry.pending(request)
    if waits is None or factors.has_factor(waits.account.pk):
        return redirect("portal:factor" if waits else "portal:sign_in")
    secret = officer_entry.kept(request, officer_entry.SECRET) or factors.new_secret()
    officer_entry.keep(request, officer_entry.SECRET, secret)
    form, status = AppForm(request.POST or None), 200
    if form.is_bound:
        status = WRONG_INPUT
        if form.is_valid():
            try:
                typed = {"secret": secret, "digits": form.cleaned_data["digits"]}
                codes = factors.set_app(account_id=waits.account.pk, **typed, by=_by(waits), now=timezone.now())
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                return _enter(request, waits, "code", codes)
    context = {"form": form, "square": square_of(factors.address_for_app(secret, waits.account.get_username()))}
    return page(
        request, "officer/enrol", {**context, "secret": _spaced(secret), **_new_key(request, waits)}, status=status
    )


def _new_key(request: HttpRequest, waits: Pending) -> dict[str, object]:
    site = citizen.site_of(request)
    if site is None:
        return {}
    asked = passkeys.begin_registration(account_id=waits.account.pk, site=site)
    request.session[CHALLENGE] = asked.challenge.hex()
    return {"options": asked.options}


@personal
@require_POST
def enrol_key(request: HttpRequest) -> HttpResponse:
    """Take a passkey as the first second factor."""
    waits, site = officer_entry.pending(request), citizen.site_of(request)
    challenge = request.session.pop(CHALLENGE, "")
    if waits is None or factors.has_factor(waits.account.pk):
        return redirect("portal:factor" if waits else "portal:sign_in")
    try:
        if site is None or not challenge:
            raise passkeys.PasskeyRefused
        codes = factors.set_key(
            account_id=waits.account.pk,
            site=site,
            challenge=bytes.fromhex(challenge),
            answer=request.POST.get("answer", ""),
            name=request.POST.get("name", ""),
            by=_by(waits),
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("portal:enrol")
    return _enter(request, waits, PASSKEY, codes)


def _by(waits: Pending) -> factors.By:
    return factors.By(*officer_entry.home_of(waits.account, timezone.now()))


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes once; the button that says they are kept forgets them here."""
    codes = officer_entry.kept(request, officer_entry.CODES)
    if not codes or not request.user.is_authenticated:
        return redirect("portal:sign_in")
    if request.method == "POST":
        del request.session[officer_entry.CODES]
        return redirect(request.session.pop(officer_entry.HEADED))
    return page(request, "officer/recovery", {"codes": codes.split()})


@personal
@require_safe
def begin_sign_on(request: HttpRequest, code: str) -> HttpResponse:
    """Send the browser to the institution's own sign-on."""
    try:
        client = sign_on.client_of(code)
        return outside.begin(request, client, _back(request, code))
    except Refusal as refusal:
        return _refused(request, refusal)


@personal
@require_safe
def end_sign_on(request: HttpRequest, code: str) -> HttpResponse:
    """Take in what the sign-on sent the browser back with; it opens an appointed account, or none."""
    now = timezone.now()
    try:
        proving.TYPED.check(request)
        person, is_strong = outside.finish(request, sign_on.client_of(code))
        account = sign_on.account_of(person=person, serves=lambda account: serves_only(account, code, on=now), now=now)
    except Refusal as refusal:
        proving.TYPED.count(request)
        return _refused(request, refusal)
    if is_strong:
        return officer_entry.enter(request, account, way=SIGN_ON, factor=SIGN_ON, wished="")
    return officer_entry.first_step(request, account, way=SIGN_ON, wished="")


def _back(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("portal:sign_on_back", args=[code]))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    messages.error(request, str(refusal.sentence))
    return redirect("portal:sign_in")


def _enter(request: HttpRequest, waits: Pending, factor: str, codes: list[str] | None = None) -> HttpResponse:
    return officer_entry.enter(request, waits.account, way=waits.way, factor=factor, wished=waits.wished, codes=codes)


def _spaced(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
