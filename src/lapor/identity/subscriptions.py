"""A browser's web push subscription (RFC 8030, RFC 8291), checked before it is kept."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import InvalidInput

LONGEST = 1000
_AUTH = 16  # bytes of the shared secret
_LOCAL = (".local", ".localhost", ".internal", ".home.arpa")


@dataclass(frozen=True)
class Subscription:
    """Where a browser is reached and with which keys, as base64url; raises `InvalidInput` for what cannot be one.

    Only the look of the address is checked here: where its name leads is asked when something is sent.
    """

    endpoint: str
    p256dh: str
    auth: str

    def __post_init__(self) -> None:
        if len(self.endpoint) > LONGEST or not _is_public_https(self.endpoint) or not _are_keys(self.p256dh, self.auth):
            raise InvalidInput(_("This phone cannot be told of news."))

    def written(self) -> str:
        """Return it as one text, for the vault."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Subscription:
        """Return what `written` wrote."""
        return cls(**json.loads(text))


def unpadded(text: str) -> bytes:
    """Read base64url, which browsers write without its padding; raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)


def _is_public_https(endpoint: str) -> bool:
    """Tell whether this is an https address of a named host that is not plainly one of our own network."""
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    plain = parts.scheme == "https" and port in (None, 443) and not parts.username and not parts.password
    return plain and endpoint.isascii() and endpoint.isprintable() and "." in host and not _is_inside(host)


def _is_inside(host: str) -> bool:
    if host.endswith(_LOCAL):
        return True
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return host.rpartition(".")[2].isdigit()  # 127.1 and the like, which some resolvers take for an address
    return True


def _are_keys(p256dh: str, auth: str) -> bool:
    """Tell whether these are a point of P-256 and a secret of 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(p256dh))
        return len(unpadded(auth)) == _AUTH
    except (ValueError, binascii.Error):
        return False
