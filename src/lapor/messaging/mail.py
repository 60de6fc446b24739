"""E-mail, through whichever backend of Django the operator chose."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from lapor.messaging.channel import ChannelDown, Letter, Refused, TryLater

PERMANENT = 500  # SMTP replies from here on are final (RFC 5321, 4.2.1)


class Mail:
    """One connection for a batch; each letter is one envelope, so a message is sent to all of a desk or to nobody."""

    key = "email"

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def send(self, letter: Letter, to: Sequence[str]) -> None:
        """Hand a letter to the mail server. Told apart: the server away, this letter not now, this letter never."""
        connection = self._open()
        try:
            taken = connection.send_messages([compose(letter, to)])
        except (smtplib.SMTPException, OSError) as problem:
            self.close()
            raise judged(problem) from problem
        if not taken:
            raise TryLater("the mail server took nothing")

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
    with translation.override(letter.language):
        text, page = (render_to_string(f"messaging/mail.{kind}", {"letter": letter}) for kind in ("txt", "html"))
    mail = EmailMultiAlternatives(
        subject=f"{letter.text.subject} [{letter.number}]" if letter.number else letter.text.subject,
        body=text,
        to=list(to),
        headers={
            "Message-ID": f"<{letter.key}@{urlsplit(settings.LAPOR_BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": letter.language,
        },
    )
    if letter.stop:
        mail.extra_headers["List-Unsubscribe"] = f"<{letter.stop}>"
    mail.attach_alternative(page, "text/html")
    return mail


def _words(problem: Exception) -> str:
    """Return a failure in words for the operator, without the addresses that mail servers like to repeat."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in problem.recipients.values()})
        return f"every address was refused ({', '.join(map(str, codes))})"
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{type(problem).__name__} {problem.smtp_code}"
    return type(problem).__name__
