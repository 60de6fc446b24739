"""The vault: names and addresses are written only sealed, and found again only by a keyed hash.

AES-256-GCM with a fresh nonce each time; what a seal is about (whose, which field) is bound into it, so that a sealed
value moved to another row does not open. The keys are derived (HKDF) from LAPOR_IDENTITY_KEY and are nowhere in the
database: a copy of the database alone names nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from lapor.identity.contacts import normal

_VERSION = b"\x01"  # begins each seal, so that a later cipher can live beside this one
_NONCE = 12
_BLOCK = 32  # seals are padded to multiples of this: their length tells little about the name


class SealBroken(Exception):
    """A sealed value was changed, moved to another row, or sealed with another key."""


def seal(text: str, *, about: bytes) -> bytes:
    """Return `text` sealed; `about` names the record and field it belongs to and must be given to open it."""
    return seal_bytes(text.encode(), about=about)


def unseal(sealed: bytes | memoryview[int], *, about: bytes) -> str:
    """Return what was sealed about exactly this; raises `SealBroken`."""
    return unseal_bytes(sealed, about=about).decode()


def seal_bytes(content: bytes, *, about: bytes) -> bytes:
    """Return any bytes sealed, such as a message as it came; as `seal`."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + _cipher().encrypt(nonce, _padded(content), about)


def unseal_bytes(sealed: bytes | memoryview[int], *, about: bytes) -> bytes:
    """Return the bytes that were sealed about exactly this; raises `SealBroken`."""
    whole = bytes(sealed)  # a memoryview as the database driver gives it
    nonce, body = whole[1 : 1 + _NONCE], whole[1 + _NONCE :]
    if whole[:1] != _VERSION or len(nonce) < _NONCE:
        raise SealBroken
    try:
        return _cipher().decrypt(nonce, body, about).rstrip(b"\0")[:-1]
    except InvalidTag:
        raise SealBroken from None


def address_index(kind: str, address: str) -> bytes:
    """Return 16 bytes by which the same address is found again however it was typed; useless without the key.

    Raises `InvalidInput` for what is no address.
    """
    message = f"{kind}\0{normal(kind, address)}".encode()
    return hmac.digest(_key("address index", settings.IDENTITY_KEY), message, "sha256")[:16]


def keyed_hash(purpose: str, text: str) -> bytes:
    """Return 32 bytes that stand for a short secret or an address: without the key nobody can try them all."""
    return hmac.digest(_key(purpose, settings.IDENTITY_KEY), text.encode(), "sha256")


def device_index(endpoint: str) -> bytes:
    """Return 16 bytes by which the same browser is found again; useless without the key."""
    return hmac.digest(_key("device index", settings.IDENTITY_KEY), endpoint.encode(), "sha256")[:16]


def _padded(text: bytes) -> bytes:
    """Mark the end of the text with one byte 0x80, then fill up with zeros (ISO/IEC 7816-4)."""
    marked = text + b"\x80"
    return marked + b"\0" * (-len(marked) % _BLOCK)


def _cipher() -> AESGCM:
    return AESGCM(_key("seal", settings.IDENTITY_KEY))


@cache
def _key(purpose: str, secret: str) -> bytes:
    """Derive one key of 256 bits for one purpose, so that no key serves two."""
    salt = hashlib.sha256(b"lapor.identity").digest()
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose.encode()).derive(secret.encode())
