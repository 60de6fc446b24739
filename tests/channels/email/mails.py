"""Mails as mail programs write them, and what our parser makes of them."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid

from tests.channels.life import NOW

from lapor.channels.email import envelope as around
from lapor.channels.email.inbound import read
from lapor.intake.contract import Received, Understood

HOST = "aduan.contoh.go.id"
OURS = f"lapor@{HOST}"
CITY = f"kota-uji@{HOST}"
BUDI = "budi@warga.example"
HOLE = "Jalan di depan pasar berlubang sejak bulan lalu, sudah ada yang jatuh."


def mail(
    text: str = HOLE, *, subject: str = "Jalan berlubang", sender: str = f"Budi <{BUDI}>", **headers: str
) -> EmailMessage:
    """Return a plain mail; `headers` with _ for -."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, OURS, subject
    message["Message-ID"] = make_msgid(domain="warga.example")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def understood(message: EmailMessage | bytes, *, to: str | None = OURS, sender: str | None = BUDI) -> Understood:
    """Return what our parser makes of a mail that the mail server brought to one of our addresses."""
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return read(received(around.wrap(raw, around.Envelope(sender, to))))


def received(raw: bytes) -> Received:
    """Return a kept mail as the lane gives it to its parser."""
    return Received(channel="email", account=OURS, provider_id="mail:test", raw=raw, received_at=NOW)


def returned(*, key: str, action: str, status: str) -> bytes:
    """Return a mail server's report that a letter of ours was not delivered, as Postfix writes it (RFC 3464)."""
    letter = f"Message-ID: <{key}@lapor.contoh.go.id>\r\n" if key else ""
    lines = f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {OURS}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon,  2 Mar 2026 09:00:00 +0800

Final-Recipient: rfc822; {BUDI}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{BUDI}>: no such user

--B
Content-Type: text/rfc822-headers

From: LAPOR! <{OURS}>
{letter.strip() or "To: somebody"}
Subject: Laporan Anda sudah kami terima

--B--
"""
    return lines.replace("\r\n", "\n").replace("\n", "\r\n").encode()
