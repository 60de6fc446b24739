"""Who is signed in as a citizen; and signing in, with a new session key and the report that waited to be saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from lapor.identity import sites
from lapor.identity.usecases.accounts import note_sign_in
from lapor.identity.usecases.passkeys import Site
from lapor.kernel.errors import Refusal
from lapor.portal import reporter
from lapor.reports.usecases.belongings import claim_report

BACKEND = "django.contrib.auth.backends.ModelBackend"
SAVING = "saving"  # session key: the code of the report that its holder wants in the account
_BROWSERS = (("Edg", "Edge"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
_DEVICES = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac", "Mac"))

View = Callable[..., HttpResponse]


def citizens_only(view: View) -> View:
    """Send everybody who is not signed in as a citizen to the citizens' sign-in."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_citizen(request):
            return redirect("portal:enter")
        return view(request, *args, **kwargs)

    return wrapped


def is_citizen(request: HttpRequest) -> bool:
    """Tell whether a citizen's account is signed in."""
    return request.user.is_authenticated and request.user.is_citizen


def account_id(request: HttpRequest) -> int:
    """Return the id of the account that is signed in; only behind `citizens_only`."""
    found: int = request.user.pk  # type: ignore[assignment]
    return found


def enter(request: HttpRequest, account: object, way: str) -> HttpResponse:
    """Begin the account's session under a new key, and take along the report that waited to be saved."""
    saving = request.session.get(SAVING, "")
    login(request, account, backend=BACKEND)  # type: ignore[arg-type]  # draws a new session key: none can be planted
    note_sign_in(account_id=account_id(request), way=way, browser=browser_of(request), now=timezone.now())
    if saving and request.session.pop(SAVING, ""):
        return save(request, saving)
    return redirect("portal:mine")


def save(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the report in the account that is signed in, and say what came of it."""
    actor, now = reporter.actor_of(request, code), timezone.now()
    try:
        claim_report(code=code, actor=actor, account_id=account_id(request), now=now)
    except Refusal as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        reporter.look_at(request, code)
        messages.success(request, _("The report is in your account now. You find it under “My reports”."))
    return redirect("portal:track")


def site_of(request: HttpRequest) -> Site | None:
    """Return where passkeys are used: our own name, under which institutions' addresses stand; None elsewhere."""
    return sites.site_of(request)


def browser_of(request: HttpRequest) -> str:
    """Name the kind of browser and device, so that its owner knows it again; no version, no address."""
    says = request.META.get("HTTP_USER_AGENT", "")
    found = [name for mark, name in _BROWSERS if mark in says][:1] or ["Safari"] * bool(re.search("Safari", says))
    return ", ".join([*found, *[name for mark, name in _DEVICES if mark in says][:1]])
