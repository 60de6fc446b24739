"""How long what came in is kept: what goes, what stays, and what a person's erasure takes along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.builders import Case
from tests.intake.phones import arrives
from tests.sop.days import at

from lapor.identity.contacts import PHONE, ContactInput
from lapor.identity.usecases.accounts import account_of_address
from lapor.intake.models import ChannelAnswer, Guide, InboundMessage
from lapor.intake.seals import raw_of, text_of
from lapor.intake.usecases.keep import keep
from lapor.intake.usecases.retention import (
    BATCH,
    LOOK_EVERY,
    RAW_KEPT,
    WORDS_KEPT,
    count_overdue,
    forget_due,
    forget_old,
    forget_somebody,
)
from lapor.ledger.models import Entry
from lapor.messaging.models import Delivery
from lapor.reports.models import Report, ReportText

pytestmark = pytest.mark.usefixtures("case", "phones")
NOW = at("Mon 2 Mar 2026 09:00 WITA")
HOLE = "Jalan di depan pasar berlubang sejak bulan lalu"
BUDI, SITI = "081234567890", "081299998888"
DAY = timedelta(days=1)


def all_is_forgotten(now: Any) -> None:
    """Let the clock do every batch."""
    while forget_old(now=now):
        pass


def is_empty(message: InboundMessage) -> bool:
    """Tell whether nothing is left of who wrote and what."""
    message.refresh_from_db()
    kept = (message.sealed_sender, message.sealed_text, message.sender_index, message.fingerprint)
    return not bytes(message.raw) and kept == (None, None, None, None) and message.provider_id.startswith("gone:")


def test_the_bytes_go_after_a_season_and_the_words_stay() -> None:
    message = arrives(NOW, **{"is": "report", "text": HOLE})

    all_is_forgotten(NOW + RAW_KEPT)
    message.refresh_from_db()
    assert b"Jalan" in raw_of(message)

    all_is_forgotten(NOW + RAW_KEPT + DAY)
    message.refresh_from_db()
    assert (bytes(message.raw), message.raw_gone_at) == (b"", NOW + RAW_KEPT + DAY)
    assert text_of(message) == HOLE
    assert message.sender_index


def test_the_words_of_a_report_that_goes_on_stay_however_old() -> None:
    message = arrives(NOW, **{"is": "report", "text": HOLE})
    Report.objects.update(ended_at=None)

    all_is_forgotten(NOW + 3 * WORDS_KEPT)

    message.refresh_from_db()
    assert text_of(message) == HOLE


def test_a_year_after_its_end_a_report_keeps_everything_and_its_messages_nothing() -> None:
    message = arrives(NOW, **{"is": "report", "text": HOLE})
    ended = NOW + 100 * DAY
    Report.objects.update(ended_at=ended)
    before = list(Entry.objects.order_by("pk").values_list("digest", flat=True))

    all_is_forgotten(ended + WORDS_KEPT)
    assert not is_empty(message)
    all_is_forgotten(ended + WORDS_KEPT + DAY)

    assert is_empty(message)
    report = Report.objects.get()
    assert (message.state, message.became, message.report) == ("understood", "report", report)
    assert ReportText.objects.get(report=report).original == HOLE
    assert list(Entry.objects.order_by("pk").values_list("digest", flat=True)) == before


@pytest.mark.parametrize(("said", "stays"), [({"is": "person"}, True), ({"is": "nothing", "why": "robot"}, False)])
def test_what_waits_for_a_person_is_never_forgotten_by_the_clock(said: dict[str, str], stays: bool) -> None:
    message = arrives(NOW, **{"text": HOLE, **said})

    all_is_forgotten(NOW + 5 * WORDS_KEPT)

    assert is_empty(message) is not stays


def test_what_was_set_aside_is_forgotten_after_a_year() -> None:
    message = arrives(NOW, **{"is": "person", "text": HOLE})
    InboundMessage.objects.update(state="quarantined")

    all_is_forgotten(NOW + WORDS_KEPT)
    assert not is_empty(message)
    all_is_forgotten(NOW + WORDS_KEPT + DAY)

    assert is_empty(message)
    assert (message.became, message.problem) == ("nothing", "forgotten")


def test_a_batch_is_bounded_and_doing_it_again_changes_nothing() -> None:
    messages = [
        arrives(NOW, f"08120000{n:04d}", **{"is": "nothing", "why": "x", "text": f"nomor {n}"}) for n in range(5)
    ]
    later = NOW + WORDS_KEPT + DAY

    assert forget_old(now=later, batch=2) == 4  # the bytes of two, the words of two
    all_is_forgotten(later)
    first = [(m.raw_gone_at, m.forgotten_at) for m in InboundMessage.objects.order_by("pk")]
    assert forget_old(now=later + DAY) == 0

    assert all(is_empty(message) for message in messages)
    assert [(m.raw_gone_at, m.forgotten_at) for m in InboundMessage.objects.order_by("pk")] == first
    assert BATCH <= 1000


def test_the_clock_goes_on_while_something_is_left_and_then_looks_once_an_hour() -> None:
    for n in range(3):
        arrives(NOW, f"08120000{n:04d}", **{"is": "nothing", "why": "x", "text": f"nomor {n}"})
    later = NOW + WORDS_KEPT + DAY

    assert [forget_due(now=later) for _ in range(2)] == [6, 0]
    InboundMessage.objects.update(forgotten_at=None)
    assert forget_due(now=later + LOOK_EVERY - timedelta(seconds=1)) == 0
    assert forget_due(now=later + LOOK_EVERY) == 3


def test_a_forgotten_message_that_is_brought_again_is_still_known() -> None:
    arrives(NOW, provider_id="wamid.HBgL", **{"is": "nothing", "why": "robot", "text": HOLE})
    later = NOW + WORDS_KEPT + DAY
    all_is_forgotten(later)

    kept = keep(channel="sms", account="1708", provider_id="wamid.HBgL", raw=b"{}", sender=BUDI, now=later)

    assert kept.repeated
    assert InboundMessage.objects.count() == 1


def test_the_doctor_hears_of_a_clock_that_forgets_nothing() -> None:
    arrives(NOW, **{"is": "nothing", "why": "robot", "text": HOLE})

    assert count_overdue(NOW + RAW_KEPT + DAY) == 0
    assert count_overdue(NOW + RAW_KEPT + 3 * DAY) == 1
    all_is_forgotten(NOW + RAW_KEPT + 3 * DAY)
    assert count_overdue(NOW + RAW_KEPT + 3 * DAY) == 0


def test_guides_that_ended_forget_their_sender_and_open_ones_do_not() -> None:
    at_ = {"channel": "whatsapp", "account": "1", "started_at": NOW, "last_at": NOW}
    Guide.objects.create(sender_index=b"a" * 16, state="cancelled", **at_)
    Guide.objects.create(sender_index=b"b" * 16, **at_)

    all_is_forgotten(NOW + RAW_KEPT + DAY)

    assert {guide.state: bytes(guide.sender_index) for guide in Guide.objects.all()} == {
        "cancelled": b"", "open": b"b" * 16,
    }  # fmt: skip


def test_whoever_is_forgotten_takes_along_what_they_sent_and_nobody_elses(case: Case) -> None:
    filed = arrives(NOW, BUDI, **{"is": "report", "text": HOLE, "agency": "kota-uji"})
    asked = arrives(NOW, BUDI, **{"is": "command", "verb": "help"})
    unread = arrives(NOW, BUDI, **{"is": "person", "text": "Tolong saya"})
    neighbour = arrives(NOW, SITI, **{"is": "report", "text": "Lampu jalan di depan rumah saya padam"})
    report = filed.report
    assert report is not None
    stranger = arrives(NOW, SITI, **{"is": "reply", "text": "Tutup saja", "code": report.code})
    assert (stranger.why, stranger.report) == ("not_theirs", report)
    Delivery.objects.create(key="k", channel="sms", report=report, provider_id="wamid.HBgL", contact=7, sent_at=NOW)
    proved = account_of_address(contact=ContactInput(PHONE, BUDI), language="id", now=NOW)
    before = list(Entry.objects.order_by("pk").values_list("digest", flat=True))

    forget_somebody(account_id=proved.account.pk, now=NOW)

    assert all(is_empty(message) for message in (filed, asked, unread))
    assert not is_empty(neighbour)
    assert not is_empty(stranger)
    assert (unread.state, unread.became, unread.problem) == ("understood", "nothing", "forgotten")
    assert Delivery.objects.get(key="k").provider_id == ""
    # What stays: the report with its words and its ledger, and that something came and was answered.
    report.refresh_from_db()
    assert ReportText.objects.get(report=report).original == HOLE
    assert (filed.became, filed.report) == ("report", report)
    assert list(Entry.objects.order_by("pk").values_list("digest", flat=True)) == before
    assert ChannelAnswer.objects.filter(message=asked).exists()
    # The same person may write again, as somebody new.
    again = arrives(NOW + DAY, BUDI, **{"is": "report", "text": HOLE, "agency": "kota-uji"})
    assert again.became == "report"
    assert again.report != report


def test_forgetting_stops_a_message_that_nobody_had_read() -> None:
    kept = keep(channel="sms", account="1708", provider_id="late", raw=b'{"is": "report"}', sender=BUDI, now=NOW)
    proved = account_of_address(contact=ContactInput(PHONE, BUDI), language="id", now=NOW)

    forget_somebody(account_id=proved.account.pk, now=NOW)
    arrives(NOW, SITI, **{"is": "command", "verb": "help"})

    assert is_empty(InboundMessage.objects.get(pk=kept.message))
    assert not Report.objects.exists()
