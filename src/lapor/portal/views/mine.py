"""What is one person's own: all reports of the account, its addresses and passkeys, and the data we hold."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lapor.identity.queries.accounts import OwnAccount, own_account, proved_addresses
from lapor.identity.queries.news import ANY
from lapor.identity.usecases import accounts, codes, news, passkeys
from lapor.intake.queries.mine import messages_of
from lapor.kernel.errors import Refusal
from lapor.kernel.web import personal
from lapor.messaging.codes import served_kinds
from lapor.portal import citizen, mydata, proving, reporter
from lapor.portal.forms.citizen import NameForm
from lapor.portal.page import page
from lapor.portal.views.entry import CHALLENGE
from lapor.portal.views.news import ways
from lapor.reports.queries.mine import own_reports
from lapor.reports.queries.mydata import comments_by, followed_by, reports_in_full


@personal
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List all reports of the account: what waits for its owner first, then the newest."""
    if not request.user.is_authenticated:
        return redirect("portal:enter")
    after = request.GET.get("after", "")
    found = own_reports(reporter.own_reference(request), after=after)
    return page(request, "account/mine", {"found": found, "is_first": not after, "section": "mine"})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
@citizen.citizens_only
def account(request: HttpRequest) -> HttpResponse:
    """Show the account; on POST send a code to an address that is to be added."""
    form, status = proving.ask(request, codes.CONTACT)
    if status is None:
        return redirect("portal:prove")
    own = _own(request)
    context = {
        "own": own,
        "form": form,
        "name": NameForm(initial={"name": own.name}),
        "ways": ways(),
        "way": own.news.get("", ANY),
        "with_passkeys": citizen.site_of(request) is not None,
        "section": "mine",
    }
    return page(request, "account/account", context, status=status)


@personal
@require_POST
@citizen.citizens_only
def correct(request: HttpRequest) -> HttpResponse:
    """Correct the name, or take an address away, or let news go there again."""
    mine, do = citizen.account_id(request), request.POST.get("do", "")
    try:
        if do == "name":
            accounts.correct_name(account_id=mine, name=request.POST.get("name", ""))
        elif do == "remove":
            accounts.remove_contact(account_id=mine, contact_id=_id(request))
        elif do == "resume":
            news.resume_messages(account_id=mine, contact_id=_id(request))
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Changed."))
    return redirect("portal:account")


@personal
@require_http_methods(["GET", "HEAD", "POST"])
@citizen.citizens_only
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Let the device make a passkey and keep its public half; each challenge is good for one try."""
    site, mine = citizen.site_of(request), citizen.account_id(request)
    if site is None:
        raise Http404
    if request.method == "POST":
        try:
            passkeys.register(
                account_id=mine,
                site=site,
                challenge=bytes.fromhex(request.session.pop(CHALLENGE, "")),
                answer=request.POST.get("answer", ""),
                name=request.POST.get("name", ""),
                now=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, _("The passkey is yours. Next time, sign in with it."))
        return redirect("portal:account")
    asked = passkeys.begin_registration(account_id=mine, site=site)
    request.session[CHALLENGE] = asked.challenge.hex()
    return page(request, "account/passkey", {"options": asked.options, "section": "mine"})


@personal
@require_POST
@citizen.citizens_only
def change_passkey(request: HttpRequest) -> HttpResponse:
    """Rename a passkey of this account, or remove it."""
    mine = citizen.account_id(request)
    if request.POST.get("do") == "remove":
        passkeys.remove(account_id=mine, passkey_id=_id(request))
    else:
        passkeys.rename(account_id=mine, passkey_id=_id(request), name=request.POST.get("name", ""))
    messages.success(request, _("Changed."))
    return redirect("portal:account")


@personal
@require_POST
@citizen.citizens_only
def download(request: HttpRequest) -> HttpResponse:
    """Hand over everything we hold about the person, for people to read and for machines (UU 27/2022)."""
    own = _own(request, sign_ins=1000)
    mine = citizen.account_id(request)
    sent = messages_of(mine, own.ref)
    packed = mydata.packed(own, reports_in_full(own.ref), followed_by(mine), comments_by(mine), sent, timezone.now())
    response = HttpResponse(packed, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="data-saya-lapor.zip"'
    return response


@personal
@require_http_methods(["GET", "HEAD", "POST"])
@citizen.citizens_only
def erase(request: HttpRequest) -> HttpResponse:
    """Say what erasing means; on POST send a fresh code to one of the account's own addresses."""
    served = [one for one in proved_addresses(citizen.account_id(request)) if one.kind in served_kinds()]
    if request.method == "POST" and served:
        try:
            proving.send(request, served[0], codes.ERASE, timezone.now())
            return redirect("portal:prove")
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
    return page(request, "account/erase", {"can": bool(served), "section": "mine"})


def _own(request: HttpRequest, *, sign_ins: int = 10) -> OwnAccount:
    own = own_account(citizen.account_id(request), sign_ins=sign_ins)
    if own is None:
        raise Http404
    return own


def _id(request: HttpRequest) -> int:
    typed = request.POST.get("id", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
