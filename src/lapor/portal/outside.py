"""Speaking OpenID Connect with an institution's own sign-on, by Authlib: code flow with PKCE, state and nonce.

Only what the ID token says is believed, after its signature, issuer, audience, nonce and age were checked.
"""

from __future__ import annotations

from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from joserfc.errors import JoseError
from requests import RequestException

from lapor.identity.usecases.sign_on import Client, OutsidePerson
from lapor.kernel.errors import Refusal

PATIENCE = 6  # seconds for each answer of the sign-on
SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
_STRONG = ({"mfa"}, {"pwd", "otp"}, {"pwd", "hwk"}, {"pwd", "swk"})  # RFC 8176
_LONGEST = 255


class SignOnFailed(Refusal):
    """The sign-on did not answer, or answered otherwise than agreed: one sentence, whatever was wrong."""

    status = 422
    sentence = _("Your institution's sign-on did not confirm who you are. Try again, or sign in with your password.")


_FAILURES = (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError, KeyError, TypeError)


def begin(request: HttpRequest, client: Client, back: str) -> HttpResponse:
    """Send the browser to the sign-on; what must come back with it is kept in the session. Raises `SignOnFailed`."""
    try:
        answer: HttpResponse = _app(client).authorize_redirect(request, back)
    except _FAILURES:
        raise SignOnFailed from None
    return answer


def finish(request: HttpRequest, client: Client) -> tuple[OutsidePerson, bool]:
    """Return whom the sign-on vouches for, and whether it asked for a second factor. Raises `SignOnFailed`."""
    try:
        token = _app(client).authorize_access_token(request, claims_options={"iss": {"value": client.issuer}})
        said = dict(token["userinfo"])
        return _person(client, said), _is_strong(said)
    except _FAILURES:
        raise SignOnFailed from None


def _app(client: Client) -> Any:
    """Return Authlib's client, once the sign-on's own description names the issuer that was agreed upon."""
    app = OAuth().register(
        name=f"sign_on_{client.institution}",
        client_id=client.client_id,
        client_secret=client.secret,
        server_metadata_url=f"{client.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )
    said = app.load_server_metadata()
    if said.get("issuer") != client.issuer:
        raise ValueError("another issuer")
    offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
    fit = [one for one in offered if one in SIGNED_WITH]
    if not fit:  # an empty list would let Authlib choose
        raise ValueError("no signature that we believe")
    said["id_token_signing_alg_values_supported"] = fit
    return app


def _person(client: Client, said: dict[str, Any]) -> OutsidePerson:
    subject, email = said["sub"], said.get("email") or ""
    if said["iss"] != client.issuer or not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST:
        raise ValueError("nobody")
    is_verified = said.get("email_verified") is True and isinstance(email, str)
    return OutsidePerson(client.issuer, subject, email if is_verified else "", is_verified)


def _is_strong(said: dict[str, Any]) -> bool:
    ways = said.get("amr")
    return isinstance(ways, list) and any(needed <= {str(way) for way in ways} for needed in _STRONG)
