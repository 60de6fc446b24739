"""A citizen signs in: by a code sent to an address, or by a passkey. Nobody needs to, to report."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lapor.identity.usecases import accounts, codes, passkeys
from lapor.intake.usecases.retention import forget_somebody
from lapor.kernel.errors import Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal, personal
from lapor.messaging.codes import served_kinds
from lapor.portal import citizen, proving, reporter
from lapor.portal.forms.citizen import DigitsForm
from lapor.portal.page import page
from lapor.portal.proving import Proving
from lapor.reports.usecases import belongings

CHALLENGE = "challenge"  # session key: what a passkey has to sign now


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask where to send a code. A known and an unknown address get the same page, the same message, the same code."""
    if citizen.is_citizen(request):
        return redirect("portal:mine")
    form, status = proving.ask(request, codes.SIGN_IN)
    if status is None:
        return redirect("portal:prove")
    context = {"form": form, "section": "mine", "only_mail": "phone" not in served_kinds(), **_asked(request)}
    return page(request, "account/enter", context, status=status)


def _asked(request: HttpRequest) -> dict[str, object]:
    """Draw a challenge for a passkey; nothing where this address has none."""
    site = citizen.site_of(request)
    if site is None:
        return {}
    asked = passkeys.begin_sign_in(site=site)
    request.session[CHALLENGE] = asked.challenge.hex()
    return {"options": asked.options}


@personal
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with the passkey that signed this session's challenge; each challenge is good for one try."""
    site, challenge = citizen.site_of(request), request.session.pop(CHALLENGE, "")
    try:
        if site is None or not challenge:
            raise passkeys.PasskeyRefused
        proving.TYPED.check(request)
        account = passkeys.sign_in(
            site=site,
            challenge=bytes.fromhex(challenge),
            answer=request.POST.get("answer", ""),
            now=timezone.now(),
        )
    except Refusal as refusal:
        proving.TYPED.count(request)
        messages.error(request, str(refusal.sentence))
        return redirect("portal:enter")
    return citizen.enter(request, account, accounts.BY_PASSKEY)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Take in the digits that were sent, and do what they were asked for."""
    pending = proving.pending(request, *_DO)
    if pending is None:
        return redirect("portal:enter")
    form, status = DigitsForm(request.POST or None), 200
    if request.method == "POST":
        status = WRONG_INPUT
        if form.is_valid():
            try:
                return _proved(request, pending, form.cleaned_data["digits"])
            except Refusal as refusal:
                status = note_refusal(form, refusal)
    return page(request, "account/prove", {"form": form, "pending": pending, "section": "mine"}, status=status)


def _proved(request: HttpRequest, pending: Proving, digits: str) -> HttpResponse:
    proving.TYPED.check(request)
    try:
        answer = _DO[pending.purpose](request, pending, digits)
    except codes.WrongCode:
        proving.TYPED.count(request)
        raise
    proving.done(request)
    return answer


def _sign_in(request: HttpRequest, pending: Proving, digits: str) -> HttpResponse:
    proved = belongings.enter_by_code(
        code_id=pending.id,
        contact=pending.contact,
        digits=digits,
        language=get_language() or "id",
        now=timezone.now(),
    )
    return citizen.enter(request, proved.account, accounts.BY_CODE)


def _add_address(request: HttpRequest, pending: Proving, digits: str) -> HttpResponse:
    if not citizen.is_citizen(request):
        return redirect("portal:enter")
    came = belongings.add_address(
        account_id=citizen.account_id(request),
        code_id=pending.id,
        contact=pending.contact,
        digits=digits,
        now=timezone.now(),
    )
    messages.success(request, _("The address is yours now."))
    if came:
        said = ngettext("%(n)d report came along.", "%(n)d reports came along.", came) % {"n": came}
        messages.success(request, said)
    return redirect("portal:account")


def _erase(request: HttpRequest, pending: Proving, digits: str) -> HttpResponse:
    if not citizen.is_citizen(request):
        return redirect("portal:enter")
    now = timezone.now()
    codes.use_code(id=pending.id, contact=pending.contact, purpose=codes.ERASE, digits=digits, now=now)
    belongings.silence_phones(account_id=citizen.account_id(request))
    forget_somebody(account_id=citizen.account_id(request), now=now)
    reporter.forget(request)
    logout(request)
    messages.success(request, _("Your name, addresses and account were erased. The reports stay, without you."))
    return redirect("portal:home")


_DO: dict[str, Callable[[HttpRequest, Proving, str], HttpResponse]] = {
    codes.SIGN_IN: _sign_in,
    codes.CONTACT: _add_address,
    codes.ERASE: _erase,
}


@personal
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the report whose door this browser passed in the account, after signing in if need be."""
    code = request.POST.get("code", "")
    if not reporter.has_passed(request, code):
        return redirect("portal:track")
    if citizen.is_citizen(request):
        return citizen.save(request, code)
    request.session[citizen.SAVING] = code
    return redirect("portal:enter")


@personal
@require_POST
@citizen.citizens_only
def leave_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this account but the one in hand."""
    account = accounts.end_every_session(account_id=citizen.account_id(request))
    update_session_auth_hash(request, account)
    messages.success(request, _("You are signed out on every other device."))
    return redirect("portal:account")
