"""Read how e-mail comes in: our address, a door for the mail server, a mailbox to fetch from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LONGEST_NAME = 20  # characters before the @: signed reply addresses grow from it, and may have 64
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._-]*@[a-z0-9-]+(\.[a-z0-9-]+)+")


@dataclass(frozen=True)
class Listener:
    """Where the mail server hands mail over: "lmtp" or "smtp", an address of this machine or its network, a port."""

    protocol: str
    host: str
    port: int


@dataclass(frozen=True)
class Mailbox:
    """A mailbox to fetch from by IMAP; `tls` is False for plain connections, which only this machine may have."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    every: int = 60  # seconds


def address(written: str) -> str:
    """Return our own address for e-mail in lower case, empty for none; raises `ImproperlyConfigured`."""
    plain = written.lower()
    if plain and (not _ADDRESS.fullmatch(plain) or len(plain.partition("@")[0]) > LONGEST_NAME):
        raise ImproperlyConfigured(
            f"LAPOR_EMAIL_ADDRESS must be one plain address with at most {LONGEST_NAME} characters before the @."
        )
    return plain


def listener(url: str) -> Listener | None:
    """Turn `lmtp://127.0.0.1:8024` into where to listen, None for nothing; raises `ImproperlyConfigured`.

    Who reaches the door is believed to be the mail server, so it stays inside.
    """
    if not url:
        return None
    parts = urlsplit(url)
    try:
        host, port = ip_address(parts.hostname or ""), parts.port
    except ValueError:
        raise ImproperlyConfigured("LAPOR_EMAIL_LISTEN must name an IP address: lmtp://127.0.0.1:8024") from None
    if parts.scheme not in {"lmtp", "smtp"} or not port:
        raise ImproperlyConfigured("LAPOR_EMAIL_LISTEN must look like lmtp://127.0.0.1:8024 or smtp://127.0.0.1:8025")
    if not host.is_private or host.is_unspecified:
        raise ImproperlyConfigured("LAPOR_EMAIL_LISTEN must be an address inside: mail from outside is the MTA's.")
    return Listener(parts.scheme, str(host), port)


def mailbox(url: str) -> Mailbox | None:
    """Turn `imaps://user:password@host/INBOX?every=60` into a mailbox, None for nothing.

    Raises `ImproperlyConfigured`: without TLS only for a mailbox on this machine.
    """
    if not url:
        return None
    parts, host = urlsplit(url), urlsplit(url).hostname or ""
    if parts.scheme not in {"imap", "imaps"} or not host or not parts.username:
        raise ImproperlyConfigured("LAPOR_EMAIL_MAILBOX must look like imaps://user:password@host/INBOX")
    tls = parts.scheme == "imaps"
    if not tls and host not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured("LAPOR_EMAIL_MAILBOX must begin with imaps:// for a mailbox on another machine.")
    every = dict(parse_qsl(parts.query)).get("every", "60")
    if not every.isdecimal() or not 5 <= int(every) <= 3600:
        raise ImproperlyConfigured("LAPOR_EMAIL_MAILBOX: every is a number of seconds from 5 to 3600.")
    user, password = unquote(parts.username), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return Mailbox(host, parts.port or (993 if tls else 143), tls, user, password, folder, int(every))
