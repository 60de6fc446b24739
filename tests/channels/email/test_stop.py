"""STOP to a signed reply address: it ends the news at the mailbox that address was sent to, and nowhere else."""

from __future__ import annotations

import pytest
from tests.builders import Case
from tests.channels.email.mails import BUDI, CITY, HOLE
from tests.channels.email.post import Person
from tests.channels.life import NOW
from tests.messaging.mail_server import MailServer

from lapor.channels.email.door import Door
from lapor.identity.contacts import EMAIL, PHONE, ContactInput
from lapor.identity.models import Contact, Reporter
from lapor.identity.usecases.reporters import add_contact
from lapor.intake.models import InboundMessage
from lapor.messaging.replies import reply_address
from lapor.reports.models import Report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def budi(door: Door, server: MailServer) -> Person:
    return Person(BUDI, door, server)


@pytest.fixture
def alias(door: Door, server: MailServer) -> Person:
    """The account from which Budi's mail program writes when he presses its button for the end of news."""
    return Person("budi.alias@surat.example", door, server)


@pytest.fixture
def report(case: Case, budi: Person) -> Report:
    budi.writes(HOLE, to=CITY, Subject="Jalan berlubang", now=NOW)
    return Report.objects.get()


def has(report: Report, kind: str, address: str) -> None:
    assert report.reporter_ref is not None
    add_contact(Reporter.objects.get(ref=report.reporter_ref), ContactInput(kind, address), "web")


def stopped() -> dict[str, bool]:
    return {contact.kind: contact.stopped_at is not None for contact in Contact.objects.order_by("-pk")}


def test_stop_from_another_account_ends_the_news_at_the_only_mailbox(
    report: Report, budi: Person, alias: Person
) -> None:
    has(report, PHONE, "081234567890")

    heard = alias.writes("", to=reply_address(report.number), Subject="STOP", now=NOW)

    assert stopped() == {EMAIL: True, PHONE: False}
    assert heard == ""  # that account's news do not end: it has none
    message = InboundMessage.objects.latest("pk")
    assert (message.became, message.deed, message.report) == ("command", "stop", report)
    alias.writes("MULAI", to=reply_address(report.number), now=NOW)
    assert stopped() == {EMAIL: False, PHONE: False}


def test_with_two_mailboxes_only_the_one_that_wrote_is_ended(report: Report, budi: Person) -> None:
    has(report, EMAIL, "budi.kantor@surat.example")

    assert "dihentikan" in budi.answers("STOP", now=NOW)

    ended = Contact.objects.exclude(stopped_at=None)
    assert [contact.pk for contact in ended] == [Contact.objects.earliest("pk").pk]


def test_with_two_mailboxes_a_stranger_ends_none_and_a_person_looks(report: Report, alias: Person) -> None:
    has(report, EMAIL, "budi.kantor@surat.example")

    alias.writes("STOP", to=reply_address(report.number), now=NOW)

    assert not Contact.objects.exclude(stopped_at=None).exists()
    assert InboundMessage.objects.latest("pk").why == "not_theirs"


def test_stop_with_a_guessed_signature_or_to_another_report_ends_nothing(
    case: Case, report: Report, alias: Person
) -> None:
    other = case.is_submitted().report
    name, _, host = reply_address(report.number).partition("@")

    alias.writes("STOP", to=f"{name[:-1]}{'a' if name[-1] != 'a' else 'b'}@{host}", now=NOW)
    alias.writes("STOP", to=reply_address(other.number), now=NOW)

    assert not Contact.objects.exclude(stopped_at=None).exists()
