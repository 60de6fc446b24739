"""A push service at the other end of a real TLS socket, and a browser that opens what it takes."""

from __future__ import annotations

import base64
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from lapor.identity.subscriptions import Subscription, unpadded
from lapor.messaging.push import Push


def text(content: bytes) -> str:
    """Write base64url as browsers do."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class Browser:
    """Keys of one browser; opens what was sealed for it, step by step as RFC 8291 tells a receiver to."""

    def __init__(self, endpoint: str) -> None:
        self._own, self._auth = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes .."
        self._point = self._own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = Subscription(endpoint, text(self._point), text(self._auth))

    def opens(self, body: bytes) -> dict[str, Any]:
        """Return what the service worker would see."""
        salt, length = body[:16], body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self._own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = _hkdf(shared, self._auth, b"WebPush: info\0" + self._point + theirs, 32)
        key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        plain = AESGCM(key).decrypt(_hkdf(secret, salt, b"Content-Encoding: nonce\0", 12), sealed, None)
        marked = plain.rstrip(b"\0")
        assert marked[-1:] == b"\x02"
        return dict(json.loads(marked[:-1]))


def _hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def claims_of(header: str) -> dict[str, Any]:
    """Return the claims of a VAPID header, its signature checked with the key it names (RFC 8292)."""
    assert header.startswith("vapid t=")
    token, _, key = header.removeprefix("vapid t=").partition(", k=")
    head, claims, signature = token.split(".")
    assert json.loads(unpadded(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = unpadded(signature)
    numbers = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpadded(key))
    public.verify(numbers, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    return dict(json.loads(unpadded(claims)))


class PushService(ThreadingHTTPServer):
    """Takes messages into `taken` as (path, headers, body), and answers each with `says`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.says = 201
        self.taken: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])


class _Request(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers.items()), body))
        self.send_response(self.server.says)
        self.send_header("Location", f"https://localhost:{self.server.port}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


class LocalPush(Push):
    """The channel as it is, but that it knows the test's certificate and lets it be reached on this machine."""

    timeout = 2.0
    certificate: ClassVar[Path]
    port: ClassVar[int]

    def tls(self) -> ssl.SSLContext:
        """Believe the test's certificate and no other."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def may_reach(self, address: str) -> bool:
        """Take this machine for the public internet."""
        return address == "127.0.0.1"

    def _address(self, host: str, port: int) -> tuple[str, int]:
        """Lead push.contoh.example to the test's server, as a name server would."""
        return super()._address("127.0.0.1" if host == "push.contoh.example" else host, self.port)


def make_certificate(folder: Path, *names: str) -> tuple[Path, Path]:
    """Write a certificate for these names, and its key; return where they are."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    alternatives = [x509.DNSName(one) for one in names] + [x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    certificate, secret = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, secret


@contextmanager
def serving(folder: Path, *names: str) -> Iterator[PushService]:
    """Run a push service for the length of a test; its certificate is for these names."""
    certificate, key = make_certificate(folder, *names)
    with PushService() as service:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
        service.socket = context.wrap_socket(service.socket, server_side=True)
        LocalPush.certificate, LocalPush.port = certificate, service.port
        thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()
