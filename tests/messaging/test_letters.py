"""What a mail carries: where to go on and until when, and nothing that tells who reported."""

from __future__ import annotations

import re
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries, Settings
from tests.builders import Case

from lapor.identity.contacts import ContactInput
from lapor.kernel.codes import show_code
from lapor.messaging import drain
from lapor.messaging.known import words_of
from lapor.messaging.letters import safe_title
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.usecases import archive, confirm, note, withdraw
from lapor.sop.vocabulary import ArchiveReason, Clock

PERSON = "Siti Contoh"
CONTACT = ContactInput("email", "siti@contoh.example")
SECRET_WORDS = "Saya tinggal di Jalan Rahasia nomor 7 dan bekerja di kantor yang saya laporkan ini."


def sent(case: Case) -> list[EmailMultiAlternatives]:
    """Send everything that is owed and return the mails."""
    mail.outbox.clear()
    while drain(now=case.now, worker="test"):
        pass
    return [each for each in mail.outbox if isinstance(each, EmailMultiAlternatives)]


def mail_to(case: Case, address: str) -> EmailMultiAlternatives:
    (found,) = (each for each in sent(case) if address in each.to)
    return found


def everything_in(letter: EmailMultiAlternatives) -> str:
    """Return all that travels: headers, both bodies, decoded."""
    message: Message = letter.message()
    parts = [
        str(part.get_payload(decode=True)) + part.as_string() for part in message.walk() if not part.is_multipart()
    ]
    pages = [str(page) for page, _ in letter.alternatives]
    return "\n".join([message.as_string(), str(letter.subject), str(letter.body), *pages, *parts])


def test_a_desk_is_told_what_to_do_and_until_when(case: Case) -> None:
    case.is_disposed(to="dinas-pupr", on="Thu 12 Mar 2026 15:00 WITA")

    letter = mail_to(case, "pp-pupr@contoh.example")

    assert letter.subject.startswith("Laporan didisposisikan ke meja Anda")
    assert "Batas waktu: Kamis, 2 April 2026." in letter.body
    assert "Didisposisikan oleh Kota Uji." in letter.body
    assert case.number in letter.body
    assert show_code(case.code) not in letter.body
    assert "Jalan berlubang di depan pasar" in letter.body
    assert letter.to == ["pp-pupr@contoh.example"]  # the head is told only what is addressed to heads


def test_a_reporter_is_told_in_their_own_language_and_finds_the_promised_day(case: Case) -> None:
    case.on("Mon 2 Mar 2026 09:00 WITA").is_submitted(contact=CONTACT)

    letter = mail_to(case, CONTACT.address)

    assert letter.subject.startswith("Laporan Anda sudah kami terima")
    assert "Laporan Anda akan diperiksa oleh Kota Uji." in letter.body
    assert "Pemeriksaan selesai paling lambat Kamis, 5 Maret 2026." in letter.body


def test_a_day_that_was_not_promised_anew_is_read_from_the_running_clock(case: Case) -> None:
    case.is_pending(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Wed 4 Mar 2026 09:00 WITA")
    from lapor.reports.usecases import complete

    case.act(complete.complete_report, "reporter", text="Di Jalan Contoh, depan kantor pos.")
    message = OutgoingMessage.objects.get(report__code=case.code, action="complete", told="holder")

    assert "Due by" in words_of([message.pk], "en")[message.pk].body
    assert f"{case.due(Clock.VERIFY_AGENCY).day} March 2026" in words_of([message.pk], "en")[message.pk].body


def test_the_archive_tells_the_reason_and_until_when_it_can_be_undone(case: Case) -> None:
    case.on("Mon 2 Mar 2026 09:00 WITA").is_submitted(contact=CONTACT)
    sent(case)
    case.act(
        archive.archive_report, "admin-kota", reason=ArchiveReason.SUGGESTION, text="Terima kasih atas saran Anda."
    )

    body = mail_to(case, CONTACT.address).body

    assert "Alasan: Saran atau masukan umum." in body
    assert "Anda dapat memulihkannya sampai Senin, 16 Maret 2026." in body
    assert "Terima kasih atas saran" not in body  # nobody's own words travel by open mail


@pytest.mark.parametrize("closed", [{"secret": True}, {"anonymous": True}, {"anonymous": True, "secret": True}])
def test_nothing_tells_who_reported_or_what_they_wrote(case: Case, closed: dict[str, Any]) -> None:
    case.is_submitted(contact=CONTACT, name=PERSON, text=SECRET_WORDS, title="Pungutan di kantor", **closed)
    letters = sent(case)
    case.is_disposed()
    letters += sent(case)

    for letter in letters:
        text = everything_in(letter)
        assert PERSON not in text
        assert "Jalan Rahasia" not in text
        assert ("Pungutan" in text) == (not closed.get("secret"))
        assert (CONTACT.address in text) == (CONTACT.address in letter.to)
    assert {address for letter in letters for address in letter.to} == {
        CONTACT.address,
        "admin-kota@contoh.example",
        "pp-pupr@contoh.example",
    }


def test_a_link_leads_to_the_page_where_one_goes_on_and_holds_no_reporters_code(case: Case, settings: Settings) -> None:
    settings.LAPOR_BASE_URL = "https://lapor.contoh.example"
    case.is_submitted(contact=CONTACT)

    links = {letter.to[0]: _links(letter) for letter in sent(case)}

    there, stop = links[CONTACT.address]
    assert there == "https://lapor.contoh.example/lacak/"
    assert resolve(stop.removeprefix("https://lapor.contoh.example")).view_name == "portal:stop_news"
    assert case.code not in stop
    (for_officers,) = links["admin-kota@contoh.example"]
    found = resolve(for_officers.removeprefix("https://lapor.contoh.example"))
    assert (found.view_name, found.kwargs) == ("desk:case", {"number": case.number})


def _links(letter: EmailMultiAlternatives) -> list[str]:
    in_text = re.findall(r"https?://\S+", str(letter.body))
    assert all(link in str(letter.alternatives[0][0]) for link in in_text)
    return in_text


def test_robots_are_told_not_to_answer_and_every_try_has_the_same_name(case: Case) -> None:
    case.is_submitted(contact=CONTACT)
    first = {letter.to[0]: letter.message() for letter in sent(case)}
    OutgoingMessage.objects.update(state="waiting", next_try_at=case.now)  # as if nobody knew that they had gone
    again = {letter.to[0]: letter.message() for letter in sent(case)}

    assert first.keys() == again.keys() == {CONTACT.address, "admin-kota@contoh.example"}
    assert len({message["Message-ID"] for message in first.values()}) == 2
    for address, message in first.items():
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"] == again[address]["Message-ID"]
        assert message.get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    "title",
    ["Jalan rusak\r\nBcc: semua@contoh.example", "Jalan rusak\nX-Evil: 1", "Jalan\x07rusak", "Jalan \u202egnat rusak"],
)
def test_no_title_becomes_a_header_or_a_line_of_its_own(case: Case, title: str) -> None:
    case.is_submitted(contact=CONTACT)
    Report.objects.update(title=title)

    for letter in sent(case):
        message = letter.message()
        assert message["Bcc"] is None
        assert message["X-Evil"] is None
        assert set(message.keys()) <= {
            "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
            "Content-Language", "Content-Type", "MIME-Version", "List-Unsubscribe", "In-Reply-To", "References",
        }  # fmt: skip
        assert not re.search(r"^(Bcc|X-Evil):", str(letter.body), re.MULTILINE)
        assert not set(str(letter.body)) & set("\x07\r\u202e")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("  Jalan   berlubang \t ", "Jalan berlubang"),
        ("Klik https://contoh.example/hadiah", ""),
        ("Kunjungi www.contoh.example", ""),
        ("hadiah di contoh.example sekarang", ""),
        ("Jalan rusak. Tolong!", "Jalan rusak. Tolong!"),
        ("x" * 200, "x" * 119 + "…"),
    ],
)
def test_a_title_travels_on_one_line_and_never_as_a_lure(title: str, shown: str) -> None:
    assert safe_title(Report(title=title)) == shown


def test_the_title_of_a_secret_or_blocked_report_stays_home() -> None:
    assert safe_title(Report(title="Pungutan", is_secret=True)) == ""
    assert safe_title(Report(title="Pungutan", is_blocked=True)) == ""
    assert safe_title(Report(title="Pungutan")) == "Pungutan"


def test_markup_in_a_title_is_shown_as_it_was_typed(case: Case) -> None:
    case.is_submitted()
    Report.objects.update(title="<img src=x onerror=alert(1)> & jalan")

    page = str(mail_to(case, "admin-kota@contoh.example").alternatives[0][0])

    assert "&lt;img src=x onerror=alert(1)&gt; &amp; jalan" in page
    assert "<img" not in page


def test_an_officer_named_in_a_note_is_told_only_while_in_office(case: Case) -> None:
    case.is_disposed()
    sent(case)
    named = case.world["pimpinan-pupr"].account
    case.act(note.write_note, "pp-pupr", text="Mohon arahan.", mentions=[named])
    assert [letter.to for letter in sent(case)] == [["pimpinan-pupr@contoh.example"]]

    case.on("Thu 1 Jan 2032 09:00 WITA")  # the decree ended the day before
    OutgoingMessage.objects.filter(action="note").update(state="waiting", next_try_at=case.now)
    assert sent(case) == []
    assert OutgoingMessage.objects.get(action="note").state == "nowhere"


def test_who_can_be_reached_nowhere_reads_it_on_the_page_and_that_is_said(case: Case) -> None:
    case.is_submitted()
    case.act(withdraw.withdraw_report, "reporter", text="")
    sent(case)

    message = OutgoingMessage.objects.get(action="submit", told="reporter")
    assert (message.state, message.sent_at) == ("nowhere", case.now)
    assert "left no address" in message.problem


def test_a_phone_number_waits_for_its_channel_and_that_is_said(case: Case) -> None:
    case.is_submitted(contact=ContactInput("phone", "0812 0000 0001"))
    sent(case)

    message = OutgoingMessage.objects.get(told="reporter")
    assert (message.state, message.sent_at) == ("nowhere", case.now)
    assert "No channel here" in message.problem


def test_the_inbox_reads_the_same_words_in_four_queries_however_many(
    case: Case, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(confirm.confirm_done, "reporter", rating=5, text="")
    ids = list(OutgoingMessage.objects.filter(desk__isnull=False).values_list("pk", flat=True))

    with django_assert_max_num_queries(4):
        words = words_of(ids, "en")

    assert len(ids) > 3
    assert words.keys() == set(ids)
    assert {each.subject for each in words.values()} >= {"A new report waits to be verified", "A follow-up was given"}


def test_a_message_of_an_older_table_has_no_words_in_the_inbox_and_spoils_no_page(case: Case) -> None:
    case.is_submitted()
    old = OutgoingMessage.objects.get(told="holder")
    OutgoingMessage.objects.filter(pk=old.pk).update(action="forgotten")
    assert words_of([old.pk], "id") == {}
