"""Through the real gammu-smsd with its dummy modem and gammu's own database: both ways, and killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.utils import timezone
from pytest_django import Settings
from tests.builders import Case
from tests.channels.sms import smsd
from tests.channels.sms.bearer import eventually
from tests.channels.sms.smsd import Modem

from lapor.channels.sms.gammu.poller import AWAY, SILENT, Poller
from lapor.intake.answers import drain_answers
from lapor.intake.models import InboundMessage
from lapor.intake.usecases.understand import understand_due
from lapor.kernel.codes import show_code
from lapor.messaging import drain
from lapor.messaging.models import ChannelHealth, Delivery
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.usecases.ask import ask_reporter

BUDI = "+6281234567890"
MANY = 30  # the modem sends one a second
pytestmark = [pytest.mark.skipif(bool(smsd.missing()), reason=smsd.missing()), pytest.mark.gammu]


@pytest.fixture
def modem(case: Case, settings: Settings) -> Iterator[Modem]:
    settings.LAPOR_CHANNELS = ["lapor.channels.sms.gammu.outbound.Modem"]
    settings.LAPOR_PARSERS = {"sms": "lapor.channels.sms.inbound.read"}
    settings.LAPOR_SMS_NUMBER = "+628110001708"
    settings.LAPOR_SMS_PER_MINUTE = 100_000
    settings.LAPOR_SMS_PRICE = 350
    with smsd.database(configured.DATABASES["default"]) as where:
        settings.LAPOR_GAMMU_DATABASE = where
        modem = Modem(where)
        modem.start()
        yield modem
        modem.close()


@pytest.fixture
def poller(modem: Modem) -> Iterator[Poller]:
    with Poller() as poller:
        yield poller


def work(poller: Poller) -> int:
    """Do one round of everything that runs."""
    now = timezone.now()
    done = poller.work(now) + understand_due(now=now, worker="test")
    return done + drain(now=now, worker="test") + drain_answers(now=now)


def sent_to(modem: Modem, number: str) -> list[str]:
    """Return the texts that the modem sent to a telephone, long ones joined."""
    rows = modem.rows(
        """SELECT string_agg("Text", '' ORDER BY "SequencePosition") FROM sentitems
           WHERE "DestinationNumber" = %s GROUP BY "ID" ORDER BY "ID" """,
        number,
    )
    return [bytes.fromhex(row[0]).decode("utf-16-be") for row in rows]


def test_a_report_its_answers_and_their_receipts_through_a_modem(case: Case, modem: Modem, poller: Poller) -> None:
    modem.hears(BUDI, "Kab. Uji: Jalan di depan pasar\nberlubang @ gerbang {timur}")
    eventually(lambda: work(poller) * 0 or len(sent_to(modem, BUDI)) == 1, "the confirmation")
    report = Report.objects.get()
    code = show_code(report.code)
    assert f"Kode: {code}" in sent_to(modem, BUDI)[0]
    assert report.agency is not None
    assert report.agency.code == "kota-uji"
    assert InboundMessage.objects.get().account == "+628110001708"
    modem.reports(BUDI)
    eventually(lambda: work(poller) * 0 or Delivery.objects.filter(state="delivered").count() == 1, "its receipt")

    # A question beyond the GSM alphabet leaves in parts, each with its header, and is one message.
    ask_reporter(code=report.code, question="ꦲꦏ " * 30, actor=case.world["admin-kota"], now=timezone.now())
    eventually(lambda: work(poller) * 0 or "".join(sent_to(modem, BUDI)).count("ꦲꦏ") == 30, "all of the question")
    assert len(sent_to(modem, BUDI)) == 1  # the confirmation was forgotten
    headers = modem.rows("""SELECT "UDH" FROM sentitems ORDER BY "SequencePosition" """)
    assert [header[0][8:] for header in headers] == [f"{len(headers):02X}{n:02X}" for n in range(1, len(headers) + 1)]

    # The answer comes in two parts, the second first, and with a picture.
    modem.hears(BUDI, "Bertais 😡", udh="050003090202")
    modem.hears(BUDI, f"BALAS {code} ꦲꦏ di Pasar ", udh="050003090201")
    eventually(lambda: work(poller) * 0 or len(sent_to(modem, BUDI)) == 2, "the answer is noted")
    message = InboundMessage.objects.latest("pk")
    assert (message.deed, message.report) == ("complete", report)
    assert f"Pesan Anda untuk {code} sudah dicatat" in sent_to(modem, BUDI)[-1]

    # The network cannot deliver the last two; the question is promised anew, and there is no other address.
    modem.reports(BUDI, "Failed")
    eventually(lambda: work(poller) * 0 or Delivery.objects.filter(state="failed").exists(), "a failure is told")


def test_killed_in_the_middle_of_many_each_way(case: Case, modem: Modem, poller: Poller) -> None:
    numbers = [f"+62812{n:08d}" for n in range(MANY)]
    for n, number in enumerate(numbers):
        modem.hears(number, f"UJI lubang nomor {n} di depan rumah kami")
    for kept in (MANY // 4, MANY // 2):
        eventually(lambda kept=kept: poller.work(timezone.now()) * 0 or _kept() >= kept, f"{kept} came in")  # type: ignore[misc]
        _kill_and_restart(modem)
    eventually(lambda: poller.work(timezone.now()) * 0 or (modem.sim_is_empty and _kept() == MANY), "all came in")
    while understand_due(now=timezone.now(), worker="test"):
        pass
    assert InboundMessage.objects.filter(became="report").count() == Report.objects.count() == MANY

    for told in (MANY // 4, MANY // 2, MANY):
        eventually(lambda told=told: work(poller) * 0 or _told(modem) >= told, f"{told} were told")  # type: ignore[misc]
        _kill_and_restart(modem)
    for number in numbers:
        modem.reports(number)
    eventually(lambda: work(poller) * 0 or Delivery.objects.filter(state="delivered").count() == MANY, "all receipts")

    assert OutgoingMessage.objects.filter(told="reporter").exclude(state="sent").count() == 0
    assert modem.rows("""SELECT count(*) FROM outbox""") == [(0,)]


def _kill_and_restart(modem: Modem) -> None:
    modem.kill()
    modem.start()


def _kept() -> int:
    return InboundMessage.objects.count()


def _told(modem: Modem) -> int:
    return int(modem.rows("""SELECT count(DISTINCT "DestinationNumber") FROM sentitems""")[0][0])


def test_a_modem_that_nobody_drives_means_queued_and_the_page_says_so(
    case: Case, modem: Modem, poller: Poller, settings: Settings
) -> None:
    modem.hears(BUDI, "UJI jalan di depan pasar berlubang")
    eventually(lambda: poller.work(timezone.now()) * 0 or _kept() == 1, "it came in")
    understand_due(now=timezone.now(), worker="test")
    modem.kill()
    modem.rows("""ALTER TABLE phones DISABLE TRIGGER ALL""")
    modem.rows("""UPDATE phones SET "UpdatedInDB" = LOCALTIMESTAMP - interval '6 minutes'""")

    drain(now=timezone.now(), worker="test")
    promise = OutgoingMessage.objects.get(told="reporter")
    assert (promise.state, promise.attempts, promise.problem) == ("waiting", 0, SILENT)
    poller.work(timezone.now())
    assert (ChannelHealth.objects.get().problem, ChannelHealth.objects.get().down_since is None) == (SILENT, False)

    settings.LAPOR_GAMMU_DATABASE += "_is_not_there"
    with Poller() as other:
        assert other.work(timezone.now()) == 0
    assert ChannelHealth.objects.get().problem == AWAY

    modem.rows("""UPDATE phones SET "UpdatedInDB" = LOCALTIMESTAMP""")
    poller.work(timezone.now())
    assert ChannelHealth.objects.get().down_since is None


def test_what_the_modem_reads_again_is_the_same_message(case: Case, modem: Modem, poller: Poller) -> None:
    modem.kill()
    insert = """INSERT INTO inbox
        ("ReceivingDateTime", "Text", "SenderNumber", "Coding", "UDH", "TextDecoded", "RecipientID")
        VALUES ('2026-03-02 01:00:00', %s, %s, 'Unicode_No_Compression', %s, '', '')"""
    said = ("UJI lubang di jalan ", "depan pasar kami")
    whole = [(text.encode("utf-16-be").hex(), BUDI, f"06080400AB02{n:02d}") for n, text in enumerate(said, start=1)]
    for row in whole:
        modem.rows(insert, *row)
    assert poller.work(timezone.now()) == 1
    for row in (whole[1], *whole):  # the daemon was killed before it had emptied the SIM
        modem.rows(insert, *row)
    assert poller.work(timezone.now()) == 0

    understand_due(now=timezone.now(), worker="test")
    assert Counter(InboundMessage.objects.values_list("became", flat=True)) == {"report": 1}
    assert modem.rows("""SELECT count(*) FROM inbox WHERE NOT "Processed" """) == [(0,)]
