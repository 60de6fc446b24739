"""Somebody with a mailbox: writes by a real LMTP conversation, hears by a real SMTP one, and answers as people do."""

from __future__ import annotations

import smtplib
from datetime import datetime
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import make_msgid

from tests.channels.email.mails import OURS
from tests.messaging.mail_server import MailServer

from lapor.channels.email.door import Door
from lapor.intake.answers import drain_answers
from lapor.intake.usecases.understand import understand_due
from lapor.messaging import drain


class Person:
    """`heard` are the mails that came to this address, the newest last."""

    def __init__(self, address: str, door: Door, server: MailServer) -> None:
        self.address, self._door, self._server = address, door, server
        self.heard: list[Message] = []

    def writes(self, text: str, *, now: datetime, to: str = OURS, **headers: str) -> str:
        """Write a new mail and return what is heard upon it."""
        return self._posts(self._mail(text, to, headers), now)

    def answers(self, text: str, *, now: datetime, photo: bytes = b"") -> str:
        """Answer the newest mail as a mail program does, with that mail quoted below; return what is heard upon it."""
        last = self.heard[-1]
        mail = self._mail(
            f"{text}\n\nPada Sen, 2 Mar 2026 pukul 09.00 LAPOR! <{OURS}>\nmenulis:\n\n{_quoted(last)}",
            str(last["Reply-To"] or last["From"]).partition("<")[2].rstrip(">"),
            {"Subject": f"Re: {subject_of(last)}", "In-Reply-To": last["Message-ID"], "References": last["Message-ID"]},
        )
        if photo:
            mail.add_attachment(photo, maintype="image", subtype="png", filename="lubang.png")
        return self._posts(mail, now)

    def hears(self, now: datetime) -> str:
        """Let what is owed leave; return the words of the newest mail that came, empty where none did."""
        drain(now=now, worker="test")
        drain_answers(now=now)
        new = [mail for to, mail in self._server.taken if self.address in to and mail not in self.heard]
        self.heard.extend(new)
        return words_of(new[-1]) if new else ""

    def _mail(self, text: str, to: str, headers: dict[str, str]) -> EmailMessage:
        mail = EmailMessage()
        given = {"From": f"Budi <{self.address}>", "To": to, "Subject": "", "Message-ID": make_msgid(), **headers}
        for name, value in given.items():
            mail[name] = value
        mail.set_content(text)
        return mail

    def _posts(self, mail: EmailMessage, now: datetime) -> str:
        with smtplib.LMTP("127.0.0.1", self._door.port) as lmtp:
            lmtp.sendmail(self.address, [str(mail["To"])], mail.as_bytes())
        while understand_due(now=now, worker="test"):
            pass
        return self.hears(now)


def words_of(mail: Message) -> str:
    """Return subject and plain text of a mail."""
    plain = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    content = plain.get_payload(decode=True)
    assert isinstance(content, bytes)
    return f"{subject_of(mail)}\n{content.decode()}"


def subject_of(mail: Message) -> str:
    """Return the subject as a person reads it."""
    return str(make_header(decode_header(mail["Subject"])))


def _quoted(mail: Message) -> str:
    return "\n".join(f"> {line}" for line in words_of(mail).split("\n"))
