"""Requests to addresses that strangers gave us: https, a public host, the address that was checked, no redirects."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from threading import Timer
from urllib.parse import urlsplit

HTTPS = 443


class NotPublic(Exception):
    """The name leads into a private network, and nothing was sent (server-side request forgery)."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status alone; the body is not read."""

    status: int


class Outward:
    """Posts to foreign hosts. In seconds: `timeout` for the connection and each wait on it, `whole` for all of it.

    Whoever may name the host may let its answer drip, one byte before each wait ends: without `whole` for ever.
    """

    timeout = 10.0
    whole = 30.0

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post and return the status, whatever it is. Raises NotPublic, and OSError or HTTPException on the way."""
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        if parts.scheme != "https" or not host:
            raise NotPublic
        path = parts.path or "/"
        connection = _Connection(host, self._address(host, parts.port or HTTPS), self.tls(), self.timeout)
        patience = Timer(self.whole, connection.abort)
        patience.daemon = True
        patience.start()
        try:
            connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, dict(headers))
            answer = Answer(connection.getresponse().status)
            if connection.is_over:  # what was cut off reads like an end
                raise TimeoutError
            return answer
        finally:
            patience.cancel()
            connection.close()

    def tls(self) -> ssl.SSLContext:
        """Return whose certificates are believed: those of the system."""
        return ssl.create_default_context()

    def may_reach(self, address: str) -> bool:
        """Tell whether this is an address of the public internet."""
        known = ip_address(address.partition("%")[0])
        mapped = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
        return known.is_global and not known.is_multicast and (mapped is None or bool(mapped.is_global))

    def _address(self, host: str, port: int) -> tuple[str, int]:
        """Return the first address of a name, when all of them are public: one private one makes it a trap."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(name[0]) for *_, name in found]
        if not addresses or not all(map(self.may_reach, addresses)):
            raise NotPublic
        return addresses[0], port


class _Connection(http.client.HTTPSConnection):
    """A connection to the address that was checked: asked again, the name might lead elsewhere."""

    def __init__(self, host: str, to: tuple[str, int], context: ssl.SSLContext, timeout: float) -> None:
        super().__init__(host, to[1], timeout=timeout, context=context)
        self._to, self._tls, self._patience = to, context, timeout
        self.is_over = False

    def connect(self) -> None:
        """Connect to the checked address; the certificate must name the host."""
        plain = socket.create_connection(self._to, self._patience)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()
        except BaseException:
            plain.close()
            raise

    def abort(self) -> None:
        """End the connection under whoever waits on it: their wait fails at once."""
        self.is_over = True
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
