"""Through the real Kannel, bound by SMPP 3.4 to the message centres of three operators: both ways, and killed."""

from __future__ import annotations

import os
import re
from collections import Counter
from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings
from tests.builders import Case
from tests.channels.sms import bearer
from tests.channels.sms.bearer import OPERATORS, Centres, Kannel, eventually
from tests.channels.sms.kannel import work

from lapor.intake.models import InboundMessage
from lapor.intake.usecases.understand import understand_due
from lapor.kernel.codes import show_code
from lapor.messaging import drain
from lapor.messaging.models import Delivery
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.usecases.ask import ask_reporter

# What a kill can lose or double is what is in hand at that moment, so it shows with 120 as with 500; 500 take a minute
# and a half: LAPOR_KANNEL_MESSAGES=500 pytest -s tests/channels/sms/test_kannel.py
MANY, KILLS = int(os.environ.get("LAPOR_KANNEL_MESSAGES", "120")), 2
KILLED_AT = (MANY // 5, MANY * 3 // 5)
BUDI = "6281234567890"
pytestmark = bearer.MARKS


def heard(centres: Centres, number: str, after: int) -> str:
    """Return the newest that came to a telephone, once there is more than so many."""

    def there() -> bool:
        work()
        return len(centres.heard(number)) > after

    eventually(there, f"message {after + 1} to {number}")
    return centres.heard(number)[-1]


def test_a_report_its_answers_and_their_receipts_over_the_air(case: Case, kannel: Kannel, centres: Centres) -> None:
    centres.writes("a", BUDI, "Kab. Uji: Jalan di depan pasar\nberlubang @ gerbang {timur}")
    assert "Kode: " in heard(centres, BUDI, 0)
    report = Report.objects.get()
    code = show_code(report.code)
    assert report.agency is not None
    assert report.agency.code == "kota-uji"

    # A question beyond the GSM alphabet leaves in parts, each with its header, and is one message.
    ask_reporter(code=report.code, question="ꦲꦏ " * 30, actor=case.world["admin-kota"], now=timezone.now())
    work()
    eventually(lambda: "".join(part["text"] for part in centres.sent[1:]).count("ꦲꦏ") >= 30, "the whole question")
    parts = centres.sent[1:]
    assert {message["coding"] for message in parts} == {8}
    assert "".join(message["text"] for message in parts).count("ꦲꦏ") == 30

    # The answer comes in two parts, the second first, and in UCS-2.
    for number in (2, 1):
        part = {"ref": 9, "of": 2, "number": number}
        text = f"BALAS {code} ꦲꦏ di Pasar " if number == 1 else "Bertais 😡"
        centres.writes(f"part {number}", BUDI, text, ucs2=True, part=part)
    assert f"Pesan Anda untuk {code} sudah dicatat" in heard(centres, BUDI, len(centres.heard(BUDI)))
    message = InboundMessage.objects.latest("pk")
    assert (message.deed, message.report) == ("complete", report)

    eventually(lambda: not Delivery.objects.exclude(state="delivered").exists(), "every receipt")
    assert Delivery.objects.count() == 3


def test_while_we_are_down_kannel_keeps_what_comes(
    case: Case, kannel: Kannel, centres: Centres, settings: Settings
) -> None:
    settings.LAPOR_KANNEL_HOSTS = ["192.0.2.1"]  # every request is refused, as by a system that is down
    for number in range(20):
        centres.writes(f"m{number}", f"62812345678{number:02d}", f"UJI lubang nomor {number} di jalan kami")
    eventually(lambda: len(centres.taken) == 20, "Kannel took them all")
    assert not InboundMessage.objects.exists()

    settings.LAPOR_KANNEL_HOSTS = ["127.0.0.1"]
    eventually(lambda: InboundMessage.objects.count() == 20, "all are handed over")


def test_killed_in_the_middle_of_many_each_way(case: Case, kannel: Kannel, centres: Centres) -> None:
    numbers = [f"62812{n:08d}" for n in range(MANY)]
    for n, number in enumerate(numbers):
        smsc = OPERATORS[n % len(OPERATORS)]
        centres.writes(number, number, f"UJI lubang nomor {n} di depan rumah kami", smsc)
    for kept in KILLED_AT:
        eventually(lambda kept=kept: InboundMessage.objects.count() >= kept, f"{kept} came in")  # type: ignore[misc]
        _kill_and_restart(kannel)
    eventually(lambda: len(centres.taken) == MANY, "the operators were rid of all")

    # What was in hand at a kill is in no store any more, but in the access log. What is under way comes by itself.
    eventually(lambda: InboundMessage.objects.count() >= MANY - KILLS, "all but what was in hand")
    said = StringIO()

    def catch_up() -> None:
        call_command("kannel_catch_up", str(kannel.access_log), stdout=said)

    eventually(lambda: catch_up() or InboundMessage.objects.count() == MANY, "all came in")  # type: ignore[func-returns-value]
    while understand_due(now=timezone.now(), worker="test"):
        pass
    assert InboundMessage.objects.filter(became="report").count() == Report.objects.count() == MANY

    for killed_at in KILLED_AT:
        _send_until(centres, killed_at)
        _kill_and_restart(kannel)
    _send_until(centres, MANY)

    codes = {show_code(code) for code in Report.objects.values_list("code", flat=True)}
    told = Counter(code for message in centres.sent for code in re.findall(r"Kode: (\S+)\.", message["text"]))
    assert set(told) == codes
    eventually(lambda: centres.told == {message["mt"] for message in centres.sent}, "the operators told of every one")

    # The receipt that smsbox had in hand at a kill is in no store any more, but in the access log too.
    eventually(lambda: Delivery.objects.exclude(state="delivered").count() <= KILLS, "all receipts but those in hand")
    eventually(
        lambda: catch_up() or Delivery.objects.filter(state="delivered").count() == MANY,  # type: ignore[func-returns-value]
        "all receipts",
    )
    assert Delivery.objects.count() == MANY
    assert all(len(set(centres.heard(number))) == 1 for number in numbers)
    print(  # noqa: T201 - the record of the run
        f"\n{MANY} in, {Report.objects.count()} reports; {len(centres.sent)} out to {len(told)} telephones;"
        f" receipts {dict(Counter(Delivery.objects.values_list('state', flat=True)))}"
    )
    print(said.getvalue())  # noqa: T201


def _kill_and_restart(kannel: Kannel) -> None:
    kannel.kill()
    kannel.start()


def _send_until(centres: Centres, telephones: int) -> None:
    """Let the worker send until so many telephones have heard from us; what fails waits and is tried again."""

    def enough() -> bool:
        OutgoingMessage.objects.filter(told="reporter", state="waiting").update(next_try_at=timezone.now())
        drain(now=timezone.now(), batch=20, worker="test")
        return len({message["to"] for message in centres.sent}) >= telephones

    eventually(enough, f"{telephones} telephones heard")
