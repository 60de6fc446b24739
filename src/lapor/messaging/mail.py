"""E-mail, through whichever backend of Django the operator chose.

Signing (DKIM) is the mail server's. Where e-mail comes in too, the reporter of a report can answer every mail about it:
its Reply-To is the signed address of `messaging.replies`, and its envelope's sender names the letter for a bounce.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
import unicodedata
from collections.abc import Sequence
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from lapor.messaging.channel import ChannelDown, Letter, Manners, Refused, Sent, TryLater
from lapor.messaging.replies import belongs_to, bounce_address, reply_address, thread_of

PERMANENT = 500  # SMTP replies from here on are final (RFC 5321, 4.2.1)


class Mail:
    """One connection for a batch; each letter is one envelope, so a message is sent to all of a desk or to nobody."""

    key = "email"

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    @property
    def manners(self) -> Manners:
        """Mail disturbs nobody at night; what became of it is known where bounces come in."""
        return Manners(receipts=bool(settings.LAPOR_EMAIL_ADDRESS))

    def send(self, letter: Letter, to: Sequence[str]) -> Sent:
        """Hand a letter to the mail server. Told apart: the server away, this letter not now, this letter never."""
        connection = self._open()
        try:
            taken = connection.send_messages([compose(letter, to)])
        except (smtplib.SMTPException, OSError) as problem:
            self.close()
            raise judged(problem) from problem
        if not taken:
            raise TryLater("the mail server took nothing")
        return Sent(provider_id=message_id(letter.key))

    def close(self) -> None:
        """Hang up; the next letter calls again."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with contextlib.suppress(OSError):  # a server that has gone need not be told goodbye
                connection.close()

    def _open(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (smtplib.SMTPException, OSError) as problem:
                raise ChannelDown(_words(problem)) from problem
            self._connection = connection
        return self._connection


def judged(problem: Exception) -> TryLater | Refused | ChannelDown:
    """Say what a failure in the middle of a letter means for that letter.

    A server that refuses our own sender address or wants a login refuses every letter, not this one.
    """
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        final = all(code >= PERMANENT for code, _ in problem.recipients.values())
        return (Refused if final else TryLater)(_words(problem))
    if isinstance(problem, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused | ssl.SSLError):
        return ChannelDown(_words(problem))
    if isinstance(problem, smtplib.SMTPDataError) and problem.smtp_code >= PERMANENT:
        return Refused(_words(problem))
    return TryLater(_words(problem))


def compose(letter: Letter, to: Sequence[str]) -> EmailMultiAlternatives:
    """Return the mail: plain text first, the same in simple HTML, and headers that keep robots from answering."""
    reply = _reply_address(letter, to)
    about = {"letter": letter, "reply": reply}
    with translation.override(letter.language):
        text, page = (render_to_string(f"messaging/mail.{kind}", about) for kind in ("txt", "html"))
    mail = EmailMultiAlternatives(
        subject=one_line(f"{letter.text.subject} [{letter.number}]" if letter.number else letter.text.subject),
        body=text,
        from_email=bounce_address(letter.key) or None,  # the envelope's sender: bounces come back to it
        to=list(to),
        headers={"From": settings.DEFAULT_FROM_EMAIL, **_headers(letter, reply)},
    )
    mail.attach_alternative(page, "text/html")
    return mail


def _headers(letter: Letter, reply: str) -> dict[str, str]:
    headers = {
        "Message-ID": message_id(letter.key),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
    }
    if letter.number:  # one thread for each report, whichever mail of it came first or was lost
        root = message_id(thread_of(letter.number))
        headers |= {"In-Reply-To": root, "References": root}
    if reply:
        headers["Reply-To"] = f"{one_line(parseaddr(settings.DEFAULT_FROM_EMAIL)[0]) or 'LAPOR!'} <{reply}>"
    ways = [f"<{letter.stop}>"] if letter.stop else []
    if ways and reply and letter.number:
        ways.append(f"<mailto:{reply}?subject=STOP>")
    if letter.one_click:
        # Only what somebody subscribed to is ended by one press of a mail program's button (RFC 8058). News of one's
        # own report are notices with deadlines: their link opens a page that says so first.
        ways = [f"<{letter.one_click}>"]
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if ways:
        headers["List-Unsubscribe"] = ", ".join(ways)
    return headers


def _reply_address(letter: Letter, to: Sequence[str]) -> str:
    """Return where an answer acts as the reporter: only in a mail that goes to the report's own reporter alone.

    `stop` is only in letters to an address of the reporter's; others are looked up.
    """
    if not letter.code or len(to) != 1 or not settings.LAPOR_EMAIL_ADDRESS:
        return ""
    return reply_address(letter.number) if letter.stop or belongs_to(letter.number, to[0]) else ""


def message_id(name: str) -> str:
    """Return a name as a Message-ID."""
    return f"<{name}@{urlsplit(settings.LAPOR_BASE_URL).hostname}>"


def one_line(text: str) -> str:
    """Return what goes into a header: no line ends and nothing unseen, so that nothing can begin another header."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def _words(problem: Exception) -> str:
    """Return a failure in words for the operator, without the addresses that mail servers like to repeat."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in problem.recipients.values()})
        return f"every address was refused ({', '.join(map(str, codes))})"
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{type(problem).__name__} {problem.smtp_code}"
    return type(problem).__name__
