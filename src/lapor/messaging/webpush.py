"""Web push as the standards write it: the message sealed for one browser (RFC 8291), and who sends it (RFC 8292).

Both are a few calls of `cryptography`, which is here anyway; the usual library would bring a second HTTP client and an
event loop, and follow redirects that `lapor.messaging.outward` refuses.
"""

from __future__ import annotations

import base64
import json
import os
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from lapor.identity.subscriptions import Subscription, unpadded

CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (FIPS 186-4, D.1.2.3)
RECORD = 4096  # one record; push services take no more
LONGEST = 3000  # bytes of a message, which leaves room for the rest of the record
BLOCK = 1024  # messages are filled up to multiples of this: their length tells the push service little
VALID = 12 * 60 * 60  # seconds; at most 24 hours (RFC 8292, 2)


def sealed(
    message: bytes,
    to: Subscription,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    block: int = BLOCK,
) -> bytes:
    """Return the body of a push message that only this browser can open (aes128gcm, one record).

    `own` and `salt` are drawn anew for every message; only the known answer of the RFC gives them. Raises ValueError
    for a message of more than LONGEST bytes.
    """
    if len(message) > LONGEST:
        raise ValueError("a push message is too long")
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unpadded(to.p256dh))
    point = _point(own.public_key())
    info = b"WebPush: info\0" + _point(theirs) + point
    secret = _derived(own.exchange(ec.ECDH(), theirs), unpadded(to.auth), info, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(point)]) + point
    return head + AESGCM(key).encrypt(nonce, _filled(message, block), None)


def authorization(endpoint: str, *, at: float) -> str:
    """Return the header by which the push service knows us; `at` is the time in seconds since 1970."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(at) + VALID, "sub": _operator()}
    signed = ".".join(_text(json.dumps(part, separators=(",", ":")).encode()) for part in (_HEAD, claims))
    r, s = decode_dss_signature(_key(settings.PUSH_KEY).sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = _text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={public_key()}"


def public_key() -> str:
    """Return the key that browsers subscribe with, as base64url; empty where the operator has none."""
    return _text(_point(_key(settings.PUSH_KEY).public_key())) if settings.PUSH_KEY else ""


_HEAD = {"typ": "JWT", "alg": "ES256"}


def _operator() -> str:
    """Return whom a push service writes to when something is wrong with our messages."""
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


@cache
def _key(secret: str) -> ec.EllipticCurvePrivateKey:
    """Return the private key that a secret text stands for: the same one for ever, or every browser would be lost."""
    drawn = HKDF(algorithm=SHA256(), length=48, salt=None, info=b"lapor web push").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, CURVE)


def _filled(message: bytes, block: int) -> bytes:
    """Mark the end with 0x02, the last record's, and fill up with zeros (RFC 8188, 2)."""
    marked = message + b"\x02"
    return marked + b"\0" * (-len(marked) % block)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
