"""How an officer comes in: a password or an institution's sign-on first, then a second factor, then the session.

Between the two steps nobody is signed in: the session only remembers whose password was right, for ten minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from lapor.agencies.queries.roles import actors_of
from lapor.agencies.queries.tree import agency_infos
from lapor.identity.queries.officers import officer_account
from lapor.identity.usecases import desk_sessions
from lapor.identity.usecases.factors import has_factor
from lapor.identity.vault import seal, unseal
from lapor.kernel.actor import Actor
from lapor.portal import reporter
from lapor.portal.citizen import BACKEND, browser_of
from lapor.sop.vocabulary import Role

PENDING = "officer_entry"  # session key: whose first step was right
SECRET = "officer_secret"  # noqa: S105 - session key: what an app being set up shares with us
CODES = "officer_codes"  # session key: recovery codes not yet shown
HEADED = "officer_headed"  # session key: where to go once they are kept
FACTOR = "desk_factor"  # session key: how the second step was taken; the desk asks for it
SIGNED_AT = "desk_signed_at"  # session key: when, for what needs a fresh sign-in
LIFE = timedelta(minutes=10)
PASSWORD, PASSKEY, SIGN_ON, DEMO = "password", "passkey", "sign_on", "demo"


@dataclass(frozen=True)
class Pending:
    """Whose first step was right, by which way, and where the person was headed."""

    account: AbstractBaseUser
    way: str
    wished: str


def first_step(request: HttpRequest, account: AbstractBaseUser, *, way: str, wished: str) -> HttpResponse:
    """Go on after a right password or sign-on: to the second step where there is one, else straight in."""
    known = has_factor(account.pk)
    if not known and not settings.SECOND_FACTOR:
        return enter(request, account, way=way, factor="", wished=wished)
    request.session.cycle_key()
    request.session[PENDING] = {
        "account": account.pk,
        "way": way,
        "wished": wished,
        "at": timezone.now().isoformat(),
    }
    return redirect("portal:factor" if known else "portal:enrol")


def pending(request: HttpRequest) -> Pending | None:
    """Return who waits at the second step in this browser; None when nobody does or it took too long."""
    kept = request.session.get(PENDING)
    if not kept or timezone.now() - datetime.fromisoformat(kept["at"]) > LIFE:
        request.session.pop(PENDING, None)
        return None
    account = officer_account(kept["account"])
    return Pending(account, kept["way"], kept["wished"]) if account else None


def enter(
    request: HttpRequest,
    account: AbstractBaseUser,
    *,
    way: str,
    factor: str,
    wished: str,
    codes: list[str] | None = None,
) -> HttpResponse:
    """Begin the session under a new key, note it, and go on: to the codes to be kept, or where the person headed."""
    now = timezone.now()
    for key in (PENDING, SECRET):
        request.session.pop(key, None)
    reporter.forget(request)
    login(request, account, backend=BACKEND)  # type: ignore[arg-type]  # authenticated, so an Account
    request.session[FACTOR], request.session[SIGNED_AT] = factor or way, now.isoformat()
    if request.session.session_key is None:
        request.session.cycle_key()  # another person sat here before: the key is drawn only now
    actor, home = home_of(account, now)
    desk_sessions.begin(
        account_id=account.pk,
        key=request.session.session_key or "",
        way=way,
        browser=browser_of(request),
        actor=actor,
        institution=home,
        now=now,
    )
    goes_to = wished or _place_of(account, now)
    if codes:
        keep(request, CODES, " ".join(codes))
        request.session[HEADED] = goes_to
        return redirect("portal:recovery")
    return redirect(goes_to)


def keep(request: HttpRequest, key: str, secret: str) -> None:
    """Keep a secret in the session, sealed: a copy of the database alone opens nothing."""
    request.session[key] = seal(secret, about=key.encode()).hex()


def kept(request: HttpRequest, key: str) -> str:
    """Return a secret that this session keeps; empty when there is none."""
    sealed = request.session.get(key, "")
    return unseal(bytes.fromhex(sealed), about=key.encode()) if sealed else ""


def home_of(account: AbstractBaseUser, now: datetime) -> tuple[Actor, int | None]:
    """Return the person's first role in force and its institution; without a role only the account is known."""
    for actor in actors_of(account, now):
        if actor.desk is not None:
            desk = agency_infos([actor.desk])[actor.desk]
            return actor, desk.institution_id or desk.id
    return Actor(Role.CLOCK, account=account.pk), None


def _place_of(account: AbstractBaseUser, now: datetime) -> str:
    return reverse("desk:inbox") if actors_of(account, now) else reverse("portal:track")
