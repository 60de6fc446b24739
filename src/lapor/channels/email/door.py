"""The door for the mail server: LMTP or SMTP inside the house. "250" is said after COMMIT and never before.

While the database is away the answer is 451, so that the mail server keeps the mail and comes again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import AnyStr

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, InterfaceError, connections
from django.utils import timezone

from lapor.channels.email import envelope as around
from lapor.channels.email.addresses import account_of, ours
from lapor.channels.email.setting import Listener
from lapor.intake.usecases.keep import LARGEST, TooLarge, keep

ROOM_FOR_ENVELOPE = 4 * 1024
LARGEST_MAIL = LARGEST - ROOM_FOR_ENVELOPE
LONGEST_LINE = 64 * 1024  # mail programs do not keep to the 998 of RFC 5322; what is longer goes back to its sender
HANDS = 4  # mails that are written at the same time
LATER = "451 4.3.0 The database is away, please come again"
UNKNOWN = "550 5.1.1 No such address here"
TOO_LARGE = "552 5.3.4 The message is too large"

ONCE_SAID = ("552 Error: Too much", "500 Line too long", "451 4.3.0 Internal error")  # after DATA

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd writes down every address, signed ones too


class Handler:
    """Answers the mail server; everything that touches the database is done by a thread of its own."""

    def __init__(self, *, is_lmtp: bool) -> None:
        self._is_lmtp = is_lmtp
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="email")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Take mail for our own addresses only."""
        answer = await self._by_hand(lambda: "250 OK" if ours(address) else UNKNOWN)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(rcpt_options)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the mail once for each of our addresses; LMTP is told of each, SMTP the worst of all (RFC 2033)."""
        raw, sender = bytes(envelope.original_content or b""), (envelope.mail_from or "").strip("<>")
        answers = [await self._by_hand(partial(_kept, raw, sender, to)) for to in envelope.rcpt_tos]
        return "\r\n".join(answers) if self._is_lmtp else max(answers, key=lambda answer: answer[0] != "2")

    async def handle_exception(self, error: Exception) -> str:
        """Say that it is our fault, without a word of what was said."""
        log.error("the door for mail failed: %s", type(error).__name__, exc_info=error)
        return "451 4.3.0 Internal error, please come again"

    def close(self) -> None:
        """Wait for what is being written."""
        self._hands.shutdown()

    async def _by_hand(self, work: Callable[[], str]) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._hands, _safely, work)


class Server(SMTP):
    """SMTP inside the house."""

    line_length_limit = LONGEST_LINE


class LocalServer(LMTP):
    """LMTP. Every recipient has an answer, also where the mail never came to the handler (RFC 2033, 4.2)."""

    line_length_limit = LONGEST_LINE

    async def push(self, status: AnyStr) -> None:
        """Repeat what aiosmtpd says but once of a mail that is too large, has too long a line, or broke us."""
        answer = status if isinstance(status, str) else status.decode("ascii", "replace")
        recipients = len(self.envelope.rcpt_tos) if self.envelope and answer.startswith(ONCE_SAID) else 1
        await super().push("\r\n".join([answer] * max(1, recipients)))


class Door(Controller):
    """Listens in a thread of its own; `start` and `stop`."""

    def __init__(self, at: Listener) -> None:
        self._is_lmtp = at.protocol == "lmtp"
        self.mail = Handler(is_lmtp=self._is_lmtp)
        super().__init__(self.mail, hostname=at.host, port=at.port, data_size_limit=LARGEST_MAIL)

    def factory(self) -> SMTP:
        """Return the conversation with one mail server."""
        kind = LocalServer if self._is_lmtp else Server
        return kind(self.handler, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, ident="LAPOR!")

    def stop(self, no_assert: bool = False) -> None:
        """Close the door, then wait for what is being written."""
        super().stop(no_assert=no_assert)
        self.mail.close()


def _kept(raw: bytes, sender: str, to: str) -> str:
    try:
        kept = keep(
            channel="email",
            account=account_of(to),
            provider_id=around.name_of(raw),
            raw=around.wrap(raw, around.Envelope(sender, to)),
            now=timezone.now(),
        )
    except TooLarge:
        return TOO_LARGE
    log.info("mail kept as message %d%s", kept.message, " (again)" if kept.repeated else "")
    return "250 2.0.0 Kept"


def _safely(work: Callable[[], str]) -> str:
    """Do something with the database; a mail server is told to come again when it is away.

    The connection is closed each time: it belongs to a thread that ends with the door, and mail is seldom.
    """
    try:
        return work()
    except (DatabaseError, InterfaceError) as problem:
        log.warning("mail is put off, the database is away (%s)", type(problem).__name__)
        return LATER
    finally:
        connections.close_all()
