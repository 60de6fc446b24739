"""What is made of a mail, as a table: every kind of body, file, robot and trap."""

from __future__ import annotations

import io
import zipfile
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from tests.builders import Case
from tests.channels.email.mails import BUDI, CITY, HOLE, HOST, OURS, mail, received, returned, understood

from lapor.channels.email import envelope as around
from lapor.channels.email.inbound import read, without_keys
from lapor.intake.contract import Command, ForPerson, NewReport, Nothing, Proof, Receipt, Reply, Verb, Why
from lapor.messaging.mail import message_id
from lapor.messaging.replies import bounce_address, reply_address

pytestmark = pytest.mark.usefixtures("case")


def raw(*lines: str, encoding: str = "utf-8") -> bytes:
    """Return a mail from its lines, after the headers that every one has."""
    head = [f"From: Budi <{BUDI}>", f"To: {OURS}", "Subject: Jalan berlubang", "MIME-Version: 1.0"]
    return "\r\n".join([*head, *lines]).encode(encoding)


def text_of(mail: EmailMessage | bytes) -> str:
    read = understood(mail)
    assert isinstance(read, NewReport), read
    return read.text


def test_a_mail_is_a_new_report_whose_contact_is_its_sender_and_who_proves_nothing() -> None:
    read = understood(mail(), to=CITY)

    assert isinstance(read, NewReport)
    assert (read.text, read.title, read.agency, read.name) == (HOLE, "Jalan berlubang", "kota-uji", "Budi")
    assert read.sender is not None
    assert (read.sender.address, read.proves) == (BUDI, Proof.NOBODY)


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: quoted-printable", "",
         "Jalan r=F3sak di pasar"),
        ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
         "SmFsYW4gcsOzc2FrIGRpIHBhc2Fy"),
        ("Content-Type: text/plain; charset=x-unknown", "Content-Transfer-Encoding: quoted-printable", "",
         "Jalan r=C3=B3sak di pasar"),
        ("Content-Type: text/plain; charset=idna", "Content-Transfer-Encoding: 8bit", "", "Jalan rósak di pasar"),
        ("Content-Type: text/plain; charset=zlib_codec", "", "Jalan rósak di pasar"),
        ("Content-Type: text/plain; charset=\"utf-8\"; format=flowed; delsp=no", "", "Jalan ", "rósak ", "di pasar"),
        ("Content-Type: text/plain; charset=\"utf-8\"; format=flowed; delsp=yes", "", "Jalan ró ", "sak di pasar"),
        ("Content-Type: text/html; charset=utf-8", "", "<style>p</style><p>Jalan&nbsp;r&oacute;sak <b>di</b>", "pasar"),
        ("", "Jalan rósak di pasar"),
    ],
)  # fmt: skip
def test_words_are_read_in_every_wrapping(lines: tuple[str, ...]) -> None:
    assert text_of(raw(*lines)) == "Jalan rósak di pasar"


def test_of_two_wordings_the_plain_one_is_read_and_the_page_where_it_is_empty() -> None:
    both = mail(HOLE)
    both.add_alternative("<p>Lain <img src='cid:x'></p>", subtype="html")
    assert text_of(both) == HOLE

    only_page = mail(" ")
    only_page.add_alternative(
        f"<html><head><title>x</title></head><body><div>{HOLE}</div><br></body></html>", subtype="html"
    )
    assert text_of(only_page) == HOLE


@pytest.mark.parametrize(
    "below",
    [
        "\n-- \nBudi\nPT Maju",
        "\nPada Sen, 2 Mar 2026 pukul 09.00 LAPOR! <lapor@x.go.id> menulis:\n\n> Kami perlu\n> keterangan",
        "\nPada tanggal Sen, 2 Mar 2026 pukul 09.00 LAPOR! <\nlapor@x.go.id> menulis:\n> Kami perlu",
        "\nOn Mon, 2 Mar 2026 at 09:00, LAPOR! <lapor@x.go.id> wrote:\n> Kami perlu",
        "\n________________________________\nDari: LAPOR! <l@x>\nDikirim: Senin\nKepada: Budi\n\nKami perlu",
        "\nFrom: LAPOR! <l@x>\nSent: Monday\nTo: Budi\nSubject: Laporan\n\nKami perlu",
        "\n-----Pesan Asli-----\nKami perlu",
        "\n\nDikirim dari iPhone saya",
        "\nSent from my Galaxy\n\nPada Sen, 2 Mar 2026, LAPOR! <lapor@x.go.id> menulis:\n> Kami perlu",
    ],
)
def test_what_a_mail_program_puts_below_is_left_out(below: str) -> None:
    assert text_of(mail(HOLE + "\n" + below)) == HOLE


def test_words_between_and_below_what_is_quoted_are_kept() -> None:
    said = "Pada Sen, 2 Mar 2026 LAPOR! <lapor@x.go.id> menulis:\n> Pasar mana?\nPasar Bertais.\n> Kapan?\nKemarin."
    assert text_of(mail(said)) == "Pasar Bertais.\nKemarin."


def test_a_page_that_quotes_is_read_without_what_it_quotes() -> None:
    page = mail(" ")
    page.add_alternative(
        f"<div>{HOLE}</div><div class='gmail_quote'><div>Pada ... menulis:</div><blockquote>Kami</blockquote></div>",
        subtype="html",
    )
    assert text_of(page) == HOLE


def test_what_somebody_passes_on_is_their_report() -> None:
    said = "Tolong\n\n---------- Forwarded message ---------\nDari: Ani <ani@x>\n\nLampu jalan mati di depan sekolah."
    assert "Lampu jalan mati" in text_of(mail(said, subject="Fwd: lampu"))
    assert text_of(mail("> Lampu jalan mati di depan sekolah.")) == "> Lampu jalan mati di depan sekolah."


def test_a_sentence_that_begins_like_a_command_is_a_report() -> None:
    for said in ("Belum ada lampu di jalan kami sejak Januari", "Pada hari Senin air mati. Petugas menulis: tunggu."):
        assert text_of(mail(said)) == said


def test_files_are_evidence_and_a_logo_inside_the_text_is_not() -> None:
    message = mail()
    message.add_attachment(
        b"\xff\xd8\xff" + b"x" * 9_000, maintype="image", subtype="jpeg", filename="../../lu\x07bang.jpg"
    )
    message.add_attachment(b"GIF89a", maintype="image", subtype="gif", cid="<logo>", disposition="inline")
    message.add_attachment(mail("Surat lain"), filename="surat.eml")

    read = understood(message)

    assert isinstance(read, NewReport)
    assert [file.name for file in read.files] == ["lubang.jpg"]
    assert read.text == HOLE


def test_five_hundred_files_and_a_zip_within_a_zip_are_only_files() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("a.zip", b"PK" + b"\0" * 1_000)
    message = mail()
    for number in range(500):
        message.add_attachment(inner.getvalue(), maintype="application", subtype="zip", filename=f"{number}.zip")

    read = understood(message)

    assert isinstance(read, NewReport)
    assert (len(read.files), read.text) == (500, HOLE)


@pytest.mark.parametrize(
    ("kind", "name"), [("text/calendar; method=REQUEST", "undangan.ics"), ("application/ms-tnef", "winmail.dat")]
)
def test_an_invitation_or_a_packed_mail_without_words_is_for_a_person(kind: str, name: str) -> None:
    lines = (f"Content-Type: {kind}", f'Content-Disposition: attachment; filename="{name}"', "", "BEGIN:VCALENDAR")
    read = understood(raw(*lines))

    assert isinstance(read, ForPerson)
    assert (read.why, [file.name for file in read.files], read.text) == (Why.NO_WORDS, [name], "Jalan berlubang")


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto-Submitted": "auto-replied"}, "auto-reply"),
        ({"X-Autoreply": "yes"}, "auto-reply"),
        ({"Precedence": "auto_reply"}, "auto-reply"),
        ({"Subject": "Balasan otomatis: Laporan Anda"}, "auto-reply"),
        ({"Subject": "Out of Office Re: Laporan Anda"}, "auto-reply"),
        ({"List-Id": "<warga.contoh>"}, "mass mail"),
        ({"Precedence": "bulk"}, "mass mail"),
        ({"Message-ID": f"<{'a' * 32}@lapor.contoh.go.id>"}, "our own mail"),
    ],
)
def test_a_robot_is_kept_and_answered_by_nobody(headers: dict[str, str], why: str) -> None:
    message = mail()
    for name, value in headers.items():
        del message[name]
        message[name] = value
    for to in (OURS, reply_address("UJI-2026-000001")):
        read = understood(message, to=to)
        assert isinstance(read, Nothing)
        assert read.why == why


def test_a_mail_that_goes_in_circles_is_stopped() -> None:
    hops = b"".join(b"Received: from a by b; Mon, 2 Mar 2026 09:00:00 +0800\r\n" for _ in range(70))
    read = understood(hops + mail().as_bytes())
    assert isinstance(read, Nothing)
    assert read.why == "a loop"


AWAY = {"Subject": "Di luar kantor camat banyak parkir liar"}


@pytest.mark.parametrize(
    ("headers", "sender"),
    [({"Auto-Submitted": "auto-generated"}, BUDI), ({"X-Spam-Flag": "YES"}, BUDI), ({}, ""), (AWAY, BUDI)],
    ids=["a form", "spam", "no sender", "away"],
)
def test_what_may_be_a_robot_is_looked_at_and_not_answered(headers: dict[str, str], sender: str) -> None:
    message = mail()
    for name, value in headers.items():
        del message[name]
        message[name] = value
    read = understood(message, sender=sender)
    assert isinstance(read, ForPerson)
    assert (read.sender, HOLE in read.text) == (None, True)


@pytest.mark.parametrize("sender", [OURS, CITY, reply_address, "kacau", "", "a@b@c <>", "=?utf-8?q?=00?= <x@y>"])
def test_who_cannot_be_answered_is_not(sender: object) -> None:
    written = reply_address("UJI-2026-000001") if callable(sender) else str(sender)
    read = understood(mail(sender=f"LAPOR <{written}>"))
    assert isinstance(read, ForPerson)
    assert (read.why, read.sender) == (Why.NO_REPLY_POSSIBLE, None)


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [("failed", "5.1.1", "failed"), ("failed", "4.4.7", "failed"), ("delivered", "2.0.0", "delivered"),
     ("relayed", "2.0.0", "sent"), ("sung", "5.0.0", "failed")],
)  # fmt: skip
def test_a_bounce_is_news_of_its_letter(action: str, status: str, state: str) -> None:
    key = "0123456789abcdef" * 2
    by_address = understood(returned(key="", action=action, status=status), to=bounce_address(key), sender="")
    by_header = understood(returned(key=key, action=action, status=status), sender="")

    for news in (by_address, by_header):
        problem = f"returned ({status})"
        assert news == Receipt(key=key, state=state, problem=problem, recipient="budi@warga.example")


def test_a_bounce_that_will_be_tried_again_or_names_nothing_changes_nothing() -> None:
    for bounce in (
        returned(key="a" * 32, action="delayed", status="4.4.1"),
        returned(key="", action="failed", status="5.1.1"),
    ):
        assert isinstance(understood(bounce, sender=""), Nothing)


def test_a_bounce_in_plain_words_is_believed_only_without_a_sender() -> None:
    key = "0123456789abcdef" * 2
    said = mail("Sorry.", subject="failure notice", sender="MAILER-DAEMON@mx.example")

    assert understood(said, to=bounce_address(key), sender="") == Receipt(key=key, state="failed", problem="returned")
    assert not isinstance(understood(said, to=bounce_address(key), sender="x@mx.example"), Receipt)


@pytest.mark.parametrize(
    ("said", "verb"), [("STATUS ABCDE-FGHJK-7", Verb.STATUS), ("Bantuan", Verb.HELP), ("stop", Verb.STOP)]
)
def test_a_command_of_anybody_proves_nobody(said: str, verb: Verb) -> None:
    for message in (mail(said, subject="Tanya"), mail(" ", subject=said)):
        read = understood(message)
        assert isinstance(read, Command)
        assert (read.verb, read.proves) == (verb, Proof.NOBODY)


def test_a_command_as_subject_never_swallows_words_below_it() -> None:
    assert text_of(mail(HOLE, subject="Info")) == HOLE


def test_the_words_for_the_desk_hold_no_code_and_no_signed_address(case: Case) -> None:
    report = case.is_submitted().report
    shown = f"{report.code[:5]}-{report.code[5:10]}-{report.code[10:]}"
    text = f"Kode {shown}, {report.code}, surat ke {reply_address(report.number)}; kode pos 83231-ABCDE-1"

    assert without_keys(text) == f"Kode •••, •••, surat ke •••@{HOST}; kode pos 83231-ABCDE-1"
    read = understood(mail(text))
    assert isinstance(read, Reply)
    assert (read.code, read.proves) == (report.code, Proof.NOBODY)
    assert report.code not in read.text


@pytest.mark.parametrize(
    "bomb",
    [
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000)),
        b"".join(b"Content-Type: message/rfc822\r\n\r\n" for _ in range(3_000)),
        b"Subject: " + b"x" * 2_000_000 + b"\r\n\r\nhalo",
        b"\r\n" * 1_600_000,
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(50))
        + b"-\r\n" * 300_000,
    ],
    ids=["multiparts", "mails", "head", "lines", "lines in multiparts"],
)
def test_a_bomb_is_for_a_person_before_it_goes_off(bomb: bytes) -> None:
    read = understood(b"From: Budi <budi@warga.example>\r\n" + bomb)
    assert isinstance(read, ForPerson)
    assert read.why == Why.UNREADABLE


def test_many_pages_of_one_sign_are_read_at_once() -> None:
    for sign in ("<", "<!--", "<a ", "<style>", "</", "&", ">", "<blockquote>", "On ", "Pada x\n"):
        understood(raw("Content-Type: text/html", "", sign * 100_000))
        understood(raw("", sign * 100_000))


def test_a_mail_from_a_mailbox_is_for_the_address_that_it_names(case: Case) -> None:
    number = case.is_submitted().number
    message = mail("Sudah diperbaiki")
    message["Delivered-To"] = OURS
    message["Cc"] = f"x@y.example, {reply_address(number)}"
    signed = read(received(around.wrap(message.as_bytes(), around.Envelope())))
    assert isinstance(signed, Reply)
    assert (signed.code, signed.proves) == (case.report.code, Proof.REPORT)

    message.replace_header("Cc", CITY)
    plain = read(received(around.wrap(message.as_bytes(), around.Envelope())))
    assert isinstance(plain, NewReport)
    assert plain.agency == "kota-uji"


def test_an_envelope_that_somebody_wrote_into_the_mail_is_not_ours() -> None:
    forged = around.FIELD + b'{"sender": "", "to": "' + reply_address("UJI-2026-000001").encode() + b'"}\r\n'
    read = understood(forged + mail().as_bytes())
    assert isinstance(read, NewReport)
    assert message_from_bytes(forged)["X-Lapor-Envelope"]
    assert message_id("a") == "<a@lapor.contoh.go.id>"
