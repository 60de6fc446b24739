"""A promise to a reporter is kept by one address; where that fails, at once or days later, by the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.db import IntegrityError
from pytest_django import Settings
from tests.builders import Case
from tests.intake.phones import BUDI, Phones
from tests.messaging.provider import Provider
from tests.sop.days import at

from lapor.identity.contacts import EMAIL, PHONE, ContactInput
from lapor.identity.models import Reporter
from lapor.identity.usecases.reporters import add_contact
from lapor.messaging import drain, sending
from lapor.messaging.channel import ChannelDown, Letter, Manners, Refused
from lapor.messaging.models import ChannelDay, Delivery
from lapor.messaging.receipts import note_delivery, note_receipt
from lapor.reports.models import OutgoingMessage

NOW = at("Mon 2 Mar 2026 09:00 WITA")
State = OutgoingMessage.State


@pytest.fixture
def mail(phones: type[Phones], settings: Settings) -> Iterator[type[Provider]]:
    """A second channel beside the telephones."""
    settings.LAPOR_CHANNELS = ["tests.intake.phones.Phones", "tests.messaging.provider.Provider"]
    Provider.starts_anew()
    yield Provider
    Provider.starts_anew()


@pytest.fixture
def owed(case: Case, mail: type[Provider]) -> OutgoingMessage:
    """A promise to a reporter who has a telephone first and a mailbox second."""
    case.is_submitted(contact=ContactInput(PHONE, BUDI), channel="sms")
    reporter = Reporter.objects.get()
    add_contact(reporter, ContactInput(EMAIL, "budi@contoh.example"), "email")
    OutgoingMessage.objects.exclude(told="reporter").delete()
    return OutgoingMessage.objects.get()


def refusing(_letter: Letter) -> None:
    """Fail as for a number that does not exist."""
    raise Refused("no such number")


def test_one_way_is_enough(owed: OutgoingMessage, mail: type[Provider]) -> None:
    drain(now=NOW, worker="test")

    assert (len(Phones.taken), mail.taken) == (1, [])


def test_what_the_first_refuses_goes_by_the_second(owed: OutgoingMessage, mail: type[Provider]) -> None:
    Phones.script = staticmethod(refusing)
    drain(now=NOW, worker="test")
    drain(now=NOW, worker="test")

    owed.refresh_from_db()
    assert owed.state == State.SENT
    assert [to for _key, to in mail.taken] == [("budi@contoh.example",)]
    assert sorted(Delivery.objects.values_list("channel", "state")) == [("email", "sent"), ("sms", "failed")]


def test_a_failure_told_days_later_sends_it_by_the_second_under_another_key(
    owed: OutgoingMessage, mail: type[Provider]
) -> None:
    drain(now=NOW, worker="test")
    first = Delivery.objects.get()
    assert note_receipt(channel="sms", provider_id=first.provider_id, state="failed", now=NOW + timedelta(days=2))

    drain(now=NOW + timedelta(days=2), worker="test")

    [(key, _to)] = mail.taken
    assert key != first.key
    owed.refresh_from_db()
    assert owed.state == State.SENT


def test_a_failure_told_before_the_sender_has_written_that_it_left_is_not_lost(
    owed: OutgoingMessage, mail: type[Provider], monkeypatch: pytest.MonkeyPatch
) -> None:
    def note_and_hear(*, key: str, channel: str, **rest: object) -> None:
        note_delivery(key=key, channel=channel, **rest)  # type: ignore[arg-type]
        if channel == "sms":
            note_receipt(channel="sms", key=key, state="failed", now=NOW)

    monkeypatch.setattr(sending, "note_delivery", note_and_hear)
    drain(now=NOW, worker="test")
    owed.refresh_from_db()
    assert owed.state == State.WAITING
    drain(now=NOW, worker="test")

    owed.refresh_from_db()
    assert owed.state == State.SENT
    assert [to for _key, to in mail.taken] == [("budi@contoh.example",)]


def test_an_id_longer_than_its_column_makes_no_letter_leave_twice(
    owed: OutgoingMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_id = "9" * 300
    send = Phones.send
    monkeypatch.setattr(Phones, "send", lambda *args: replace(send(*args), provider_id=long_id))

    for day in range(3):
        drain(now=NOW + timedelta(days=day), worker="test")

    assert len(Phones.taken) == 1
    assert note_receipt(channel="sms", provider_id=long_id, state="delivered", now=NOW)


def test_what_cannot_be_noted_makes_no_letter_leave_twice(
    owed: OutgoingMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise IntegrityError("check")

    monkeypatch.setattr(sending, "note_delivery", refused)
    for day in range(3):
        drain(now=NOW + timedelta(days=day), worker="test")

    owed.refresh_from_db()
    assert (owed.state, len(Phones.taken)) == (State.SENT, 1)


def test_when_every_way_failed_it_says_so_and_nothing_is_tried_again(
    owed: OutgoingMessage, mail: type[Provider]
) -> None:
    drain(now=NOW, worker="test")
    note_receipt(channel="sms", key=Delivery.objects.get().key, state="failed", now=NOW)
    drain(now=NOW, worker="test")
    note_receipt(channel="email", key=Delivery.objects.get(channel="email").key, state="failed", now=NOW)
    drain(now=NOW, worker="test")

    owed.refresh_from_db()
    assert (owed.state, len(Phones.taken), len(mail.taken)) == (State.NOWHERE, 1, 1)
    assert "none of the reporter's addresses" in owed.problem


def test_a_way_that_is_down_is_waited_for_and_not_left(owed: OutgoingMessage, mail: type[Provider]) -> None:
    def down(_letter: Letter) -> None:
        raise ChannelDown("away")

    Phones.script = staticmethod(down)
    drain(now=NOW, worker="test")

    owed.refresh_from_db()
    assert (owed.state, owed.attempts, mail.taken) == (State.WAITING, 0, [])


def test_the_same_receipt_twice_counts_once(owed: OutgoingMessage) -> None:
    drain(now=NOW, worker="test")
    key = Delivery.objects.get().key
    for state in ("delivered", "delivered", "read", "delivered", "failed"):
        assert note_receipt(channel="sms", key=key, state=state, now=NOW)

    assert Delivery.objects.get().state == "read"
    assert ChannelDay.objects.values_list("sent", "delivered", "read", "failed").get() == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("begin", "end", "at_", "quiet"),
    [
        (21, 6, time(22), True),
        (21, 6, time(5, 59), True),
        (21, 6, time(6), False),
        (21, 6, time(20, 59), False),
        (13, 15, time(14), True),
        (13, 15, time(15), False),
        (0, 0, time(0), False),
    ],
)
def test_quiet_hours_may_span_midnight(begin: int, end: int, at_: time, quiet: bool) -> None:
    assert Manners(time(begin), time(end)).disturbs(at_) is quiet
