"""A real OpenID provider on loopback, made with oauthlib: another library than the one that signs officers in.

It checks client, secret, redirect address, code and PKCE as RFC 6749, RFC 7636 and OpenID Connect Core ask. What it
says about the person may be bent by a test, to be the provider that lies.
"""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from oauthlib.openid import RequestValidator
from oauthlib.openid.connect.core.endpoints.pre_configured import Server

CLIENT, SECRET = "lapor", "rahasia-klien"


class Provider:
    """One provider with one person signed in at it. `claims` are said of the person; a claim of None is left out."""

    def __init__(self, back: str) -> None:
        self.back = back
        self.key = RSAKey.generate_key(2048, parameters={"kid": "satu"}, private=True)
        self.signs_with = self.key
        self.claims: dict[str, Any] = {"sub": "pegawai-1", "email": "rudi@contoh.example", "email_verified": True}
        self.bent: dict[str, Any] = {}  # what the token says instead of the truth
        self.described: dict[str, Any] = {}  # what the description says instead of the truth
        self.codes: dict[str, dict[str, Any]] = {}
        self.issuer = ""
        self.oauth = Server(_Validator(self))

    def description(self) -> dict[str, Any]:
        """Return what stands under /.well-known/openid-configuration."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            **self.described,
        }

    def id_token(self, begun: dict[str, Any]) -> str:
        """Return the signed token about the person; `begun` holds audience, nonce and at_hash."""
        now = int(time.time())
        said = {**begun, "iss": self.issuer, "iat": now, "exp": now + 300, **self.claims, **self.bent}
        header = {"alg": "RS256", "kid": "satu"}
        return jwt.encode(header, {name: it for name, it in said.items() if it is not None}, self.signs_with)


class _Validator(RequestValidator):  # type: ignore[misc]  # oauthlib brings no types
    """What oauthlib asks about clients and codes."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        super().__init__()

    def validate_client_id(self, client_id: str, request: Any, *args: Any, **kwargs: Any) -> bool:
        return client_id == CLIENT

    def validate_redirect_uri(self, client_id: str, redirect_uri: str, request: Any, *args: Any, **kwargs: Any) -> bool:
        return redirect_uri == self.provider.back

    def validate_response_type(self, client_id: str, response_type: str, *args: Any, **kwargs: Any) -> bool:
        return response_type == "code"

    def validate_scopes(self, client_id: str, scopes: list[str], *args: Any, **kwargs: Any) -> bool:
        return set(scopes) <= {"openid", "email"}

    def validate_user_match(self, id_token_hint: Any, scopes: Any, claims: Any, request: Any) -> bool:
        return True

    def is_pkce_required(self, client_id: str, request: Any) -> bool:
        return True

    def save_authorization_code(
        self, client_id: str, code: dict[str, str], request: Any, *args: Any, **kw: Any
    ) -> None:
        self.provider.codes[code["code"]] = {
            "redirect_uri": request.redirect_uri,
            "challenge": request.code_challenge,
            "method": request.code_challenge_method,
            "scopes": request.scopes,
            "nonce": request.nonce,
        }

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        given = request.headers.get("Authorization", "").removeprefix("Basic ")
        known = base64.b64decode(given or "").decode().partition(":")
        if (known[0], known[2]) != (CLIENT, SECRET):
            return False
        request.client = type("Client", (), {"client_id": CLIENT})()
        return True

    def validate_grant_type(self, client_id: str, grant_type: str, *args: Any, **kwargs: Any) -> bool:
        return grant_type == "authorization_code"

    def validate_code(self, client_id: str, code: str, client: Any, request: Any, *args: Any, **kwargs: Any) -> bool:
        kept = self.provider.codes.get(code)
        if kept is None:
            return False
        request.scopes, request.user = kept["scopes"], "pegawai"
        return True

    def confirm_redirect_uri(self, client_id: str, code: str, redirect_uri: str, *args: Any, **kwargs: Any) -> bool:
        return bool(self.provider.codes[code]["redirect_uri"] == redirect_uri)

    def get_code_challenge(self, code: str, request: Any) -> Any:
        return self.provider.codes[code]["challenge"]

    def get_code_challenge_method(self, code: str, request: Any) -> Any:
        return self.provider.codes[code]["method"]

    def get_authorization_code_scopes(self, client_id: str, code: str, redirect_uri: str, request: Any) -> Any:
        return self.provider.codes[code]["scopes"]

    def get_authorization_code_nonce(self, client_id: str, code: str, redirect_uri: str, request: Any) -> Any:
        return self.provider.codes[code]["nonce"]

    def save_bearer_token(self, token: Any, request: Any, *args: Any, **kwargs: Any) -> None:
        """Nobody asks with the token later."""

    def invalidate_authorization_code(self, client_id: str, code: str, request: Any, *args: Any, **kw: Any) -> None:
        self.provider.codes.pop(code, None)

    def finalize_id_token(self, id_token: dict[str, Any], token: Any, token_handler: Any, request: Any) -> str:
        return self.provider.id_token(id_token)


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/.well-known/openid-configuration":
                self._send(200, {}, json.dumps(provider.description()))
            elif path == "/jwks":
                self._send(200, {}, json.dumps({"keys": [provider.key.as_dict(private=False)]}))
            else:
                uri = provider.issuer + self.path
                scopes, asked = provider.oauth.validate_authorization_request(uri, "GET", None, dict(self.headers))
                asked["user"] = "pegawai"
                said = provider.oauth.create_authorization_response(uri, "GET", None, dict(self.headers), scopes, asked)
                self._send(said[2], said[0], said[1])

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = provider.oauth.create_token_response(
                provider.issuer + self.path, "POST", body, dict(self.headers), {"user": "pegawai"}
            )
            self._send(said[2], said[0], said[1])

        def _send(self, status: int, headers: dict[str, str], body: str | None) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Type" not in headers:
                self.send_header("Content-Type", "application/json")
            whole = (body or "").encode()
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            self.wfile.write(whole)

        def log_message(self, *args: Any) -> None:
            """Say nothing between the dots of the tests."""

    return Handler


@contextmanager
def running(back: str) -> Iterator[Provider]:
    """Run a provider that sends browsers back to this address, and stop it."""
    provider = Provider(back)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def foreign_key() -> RSAKey:
    """Return a key that the provider never published, under the same name."""
    return RSAKey.generate_key(2048, parameters={"kid": "satu"}, private=True)


def nonsense() -> str:
    """Return what nobody asked for."""
    return secrets.token_urlsafe(16)
