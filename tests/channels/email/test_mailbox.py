"""Fetching from a mailbox: each mail once, wherever it stops; nothing is passed by, nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import OperationalError
from pytest_django import Settings
from tests.channels.email.imap_server import MailboxServer, mailbox
from tests.channels.email.mails import OURS, mail
from tests.channels.life import NOW

from lapor.channels.email import mailbox as mailboxes
from lapor.channels.email.mailbox import Fetcher
from lapor.channels.email.postman import Postman
from lapor.channels.email.setting import Mailbox
from lapor.intake.models import InboundMessage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def there() -> Iterator[MailboxServer]:
    with mailbox() as server:
        server.mails = {uid: mail(f"Laporan nomor {uid} tentang jalan").as_bytes() for uid in (3, 7, 8)}
        yield server


@pytest.fixture
def box(there: MailboxServer) -> Mailbox:
    return Mailbox("127.0.0.1", there.port, tls=False, user="lapor", password="rahasia")


def test_what_is_new_is_kept_once_and_marked_as_read(there: MailboxServer, box: Mailbox) -> None:
    assert Fetcher(box).fetch(now=NOW) == 3
    assert Fetcher(box).fetch(now=NOW) == 0
    there.mails[12] = mail("Laporan baru tentang air").as_bytes()
    assert Fetcher(box).fetch(now=NOW) == 1

    assert (there.fetched, there.seen) == ([3, 7, 8, 12], {3, 7, 8, 12})
    assert list(InboundMessage.objects.values_list("account", flat=True)) == [OURS] * 4


def test_a_stop_in_the_middle_loses_nothing_and_doubles_nothing(
    there: MailboxServer, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(mailboxes, "keep_mark", gone)
        with pytest.raises(OperationalError):
            Fetcher(box).fetch(now=NOW)
    assert InboundMessage.objects.count() == 1  # kept, and the checkpoint is before it

    Fetcher(box).fetch(now=NOW)
    assert there.fetched == [3, 3, 7, 8]
    assert InboundMessage.objects.count() == 3


def test_a_mailbox_that_was_set_up_anew_is_read_from_its_beginning(there: MailboxServer, box: Mailbox) -> None:
    Fetcher(box).fetch(now=NOW)
    there.validity, there.mails = 2, {1: there.mails[3], 2: mail("Sesudah dipasang ulang").as_bytes()}

    assert Fetcher(box).fetch(now=NOW) == 2
    assert InboundMessage.objects.count() == 4


def test_a_mail_that_cannot_be_fetched_is_tried_again_before_it_is_passed(there: MailboxServer, box: Mailbox) -> None:
    there.refuses = {7}
    fetcher = Fetcher(box)

    assert [fetcher.fetch(now=NOW) for _ in range(3)] == [1, 0, 2]
    assert InboundMessage.objects.count() == 2
    assert there.seen == {3, 8}


def test_a_mail_that_is_too_large_stays_there_and_holds_up_nobody(
    there: MailboxServer, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailboxes, "LARGEST_MAIL", 1_000)
    there.mails[7] += b"x" * 1_000

    Fetcher(box).fetch(now=NOW)
    assert (there.fetched, there.seen) == ([3, 8], {3, 8})


def test_a_mailbox_that_is_away_or_knows_us_not_is_tried_again_later(there: MailboxServer, box: Mailbox) -> None:
    assert Fetcher(replace(box, password="salah")).fetch(now=NOW) == 0
    with mailbox() as gone:
        port = gone.port
    assert Fetcher(replace(box, port=port)).fetch(now=NOW) == 0
    assert not InboundMessage.objects.exists()


def test_a_server_without_tls_gets_no_password(there: MailboxServer, box: Mailbox) -> None:
    there.password = "-"
    assert Fetcher(replace(box, tls=True, password="-")).fetch(now=NOW) == 0
    assert there.fetched == []


def test_the_postman_asks_again_only_when_it_is_time(there: MailboxServer, box: Mailbox, settings: Settings) -> None:
    settings.LAPOR_EMAIL_MAILBOX, settings.LAPOR_EMAIL_LISTEN = box, None
    with Postman() as postman:
        postman.work(NOW)
        there.mails[20] = mail("Kemudian").as_bytes()
        postman.work(NOW)
    assert there.fetched == [3, 7, 8]
