"""Messages that a person looks at: who may, what each decision makes, and the conversation on the case."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings
from tests.builders import Case
from tests.desk.conftest import NOW, SignIn
from tests.intake.phones import BUDI
from tests.sop.days import at

from lapor.intake.models import InboundMessage
from lapor.intake.usecases.keep import keep
from lapor.intake.usecases.understand import understand_due
from lapor.kernel.models import Deed
from lapor.messaging.models import ChannelDay, Delivery
from lapor.messaging.receipts import note_receipt
from lapor.reports.models import Breach, Report, Response

WHEN = at(NOW)
WORDS = "Jalan di depan pasar berlubang sejak bulan lalu."
State = InboundMessage.State


@pytest.fixture(autouse=True)
def channel(settings: Settings) -> None:
    settings.LAPOR_PARSERS = {"sms": "tests.intake.phones.read"}
    settings.LAPOR_CHANNELS = ["tests.intake.phones.Phones"]


def comes(text: str = WORDS, agency: str = "", sender: str = BUDI, minutes: int = 0, **said: Any) -> InboundMessage:
    """Return a message that waits for a person, so many minutes old."""
    body = {"is": "person", "text": text, "agency": agency, **said}
    then = WHEN - timedelta(minutes=minutes)
    number = InboundMessage.objects.count()
    kept = keep(
        channel="sms",
        account="1708",
        provider_id=f"desk-{number}",
        raw=json.dumps(body).encode(),
        sender=sender,
        now=then,
    )
    understand_due(now=then, worker="test")
    return InboundMessage.objects.get(pk=kept.message)


def test_each_desk_sees_its_own_and_nobody_the_others(case: Case, sits: SignIn) -> None:
    comes("Untuk pusat saja ini pesannya")
    comes("Untuk kota saja ini pesannya", "kota-uji")
    comes("Untuk lembaga saja ini pesannya", "lembaga-uji")

    for who, sees in {"admin-pusat": "pusat", "admin-kota": "kota", "admin-lembaga": "lembaga"}.items():
        page = sits(who).get("/meja/pesan-masuk/").content.decode()
        for whose in ("pusat", "kota", "lembaga"):
            assert (f"Untuk {whose} saja" in page) is (whose == sees), (who, whose)


def test_another_institutions_message_cannot_be_decided_about(case: Case, sits: SignIn) -> None:
    message = comes(agency="lembaga-uji")
    for decision in ("report", "attach", "dismiss", "again"):
        sent = {"message": message.pk, "decision": decision, "reason": "x", "number": "UJI-2026-000001", "text": WORDS}
        assert sits("admin-kota").post("/meja/pesan-masuk/", sent).status_code == 404

    message.refresh_from_db()
    assert message.state == State.FOR_PERSON
    assert not Report.objects.exists()


def test_the_sender_is_masked(case: Case, sits: SignIn) -> None:
    comes(agency="kota-uji")
    page = sits("admin-kota").get("/meja/pesan-masuk/").content.decode()

    assert "+62812•••890" in page
    assert "81234567890" not in page


def test_one_click_makes_a_report_and_twice_makes_one(case: Case, sits: SignIn) -> None:
    message = comes(agency="kota-uji")
    sent = {"message": message.pk, "decision": "report", "text": WORDS}
    desk = sits("admin-kota")

    assert desk.post("/meja/pesan-masuk/", sent).status_code == 302
    assert desk.post("/meja/pesan-masuk/", sent).status_code == 404

    report = Report.objects.get()
    message.refresh_from_db()
    assert (message.state, message.became, message.report) == (State.UNDERSTOOD, "report", report)
    assert (report.channel, report.agency and report.agency.code) == ("sms", "kota-uji")
    assert report.reporter_ref is not None
    assert Deed.objects.get(action="message_reported").account == case.world["admin-kota"].account
    assert not Breach.objects.exists()


def test_after_more_than_an_hour_it_is_a_breach_of_S75(case: Case, sits: SignIn) -> None:
    message = comes(agency="kota-uji", minutes=90)
    page = sits("admin-kota").get("/meja/pesan-masuk/").content.decode()
    assert "clock-exclamation" in page

    sits("admin-kota").post("/meja/pesan-masuk/", {"message": message.pk, "decision": "report", "text": WORDS})

    assert Breach.objects.get().clock == "social_entry"


def test_the_national_desk_files_what_has_no_institution(case: Case, sits: SignIn) -> None:
    message = comes()
    sits("admin-pusat").post("/meja/pesan-masuk/", {"message": message.pk, "decision": "report", "text": WORDS})

    report = Report.objects.get()
    assert report.agency is None
    assert report.desk is not None
    assert report.desk.code == "nasional"


@pytest.mark.parametrize(("minutes", "late"), [(59, False), (90, True)])
def test_S75_the_national_desk_has_the_same_hour(case: Case, sits: SignIn, minutes: int, late: bool) -> None:
    message = comes(minutes=minutes)
    desk = sits("admin-pusat")
    desk.post("/meja/pesan-masuk/", {"message": message.pk, "decision": "report", "text": WORDS})

    breaches = Breach.objects.filter(clock="social_entry")
    assert breaches.exists() is late
    register = desk.get("/meja/keterlambatan/").content.decode()
    assert (f"/meja/laporan/{Report.objects.get().number}/" in register) is late
    if late:
        breach = breaches.get()
        who = case.world["admin-pusat"]
        assert (breach.desk_id, breach.appointment) == (who.desk, who.appointment)
        assert breach.planned_at == WHEN - timedelta(minutes=30)
        assert Report.objects.get().breaches_noticed == 1


def test_words_too_short_are_refused_and_stay(case: Case, sits: SignIn) -> None:
    message = comes("P", "kota-uji")
    answer = sits("admin-kota").post("/meja/pesan-masuk/", {"message": message.pk, "decision": "report", "text": "P"})

    assert answer.status_code == 422
    message.refresh_from_db()
    assert message.state == State.FOR_PERSON


def test_attached_to_a_report_that_waits_it_completes_it(case: Case, sits: SignIn) -> None:
    case.is_pending()
    message = comes("Pasar Bertais, gerbang timur", "kota-uji")
    sent = {"message": message.pk, "decision": "attach", "number": case.report.number}

    assert sits("admin-kota").post("/meja/pesan-masuk/", sent).status_code == 302

    message.refresh_from_db()
    assert (message.became, message.deed, message.report) == ("reply", "complete", case.report)
    assert Response.objects.latest("pk").text == "Pasar Bertais, gerbang timur"


def test_a_report_of_somebody_else_cannot_be_attached_to(case: Case, sits: SignIn) -> None:
    case.is_submitted(agency="lembaga-uji")
    message = comes(agency="kota-uji")
    sent = {"message": message.pk, "decision": "attach", "number": case.report.number}

    assert sits("admin-kota").post("/meja/pesan-masuk/", sent).status_code == 404
    message.refresh_from_db()
    assert message.report is None


def test_no_report_needs_a_reason_and_the_message_stays_kept(case: Case, sits: SignIn) -> None:
    message = comes(agency="kota-uji")
    desk = sits("admin-kota")

    sent = {"message": message.pk, "decision": "dismiss", "reason": " "}
    assert desk.post("/meja/pesan-masuk/", sent).status_code == 422
    assert desk.post("/meja/pesan-masuk/", sent | {"reason": "Iklan"}).status_code == 302

    message.refresh_from_db()
    assert (message.state, message.became, message.problem) == (State.UNDERSTOOD, "nothing", "Iklan")
    assert bytes(message.raw)


def test_what_was_set_aside_is_shown_to_the_national_desk_and_read_again(case: Case, sits: SignIn) -> None:
    message = comes()
    InboundMessage.objects.filter(pk=message.pk).update(state=State.QUARANTINED, why="")
    assert WORDS in sits("admin-pusat").get("/meja/pesan-masuk/?tab=aside").content.decode()
    assert WORDS not in sits("admin-kota").get("/meja/pesan-masuk/?tab=aside").content.decode()

    sits("admin-pusat").post("/meja/pesan-masuk/", {"message": message.pk, "decision": "again"})
    understand_due(now=WHEN, worker="test")

    message.refresh_from_db()
    assert message.state == State.FOR_PERSON


def test_script_in_a_message_stays_words(case: Case, sits: SignIn) -> None:
    comes("<script>alert(1)</script> jalan rusak", "kota-uji")
    page = sits("admin-kota").get("/meja/pesan-masuk/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_case_shows_one_conversation_with_receipts(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    report = case.report
    message = comes(agency="kota-uji")
    InboundMessage.objects.filter(pk=message.pk).update(state=State.UNDERSTOOD, became="reply", report=report)
    for key, channel in (("a", "sms"), ("b", "whatsapp")):
        Delivery.objects.create(key=key, channel=channel, report=report, sent_at=WHEN)
    note_receipt(channel="sms", key="a", state="delivered", now=WHEN)
    for late in ("read", "delivered"):  # what was read was delivered, and is counted once
        note_receipt(channel="whatsapp", key="b", state=late, now=WHEN)
    assert ChannelDay.objects.filter(channel="whatsapp").values_list("delivered", "read").get() == (1, 1)

    page = sits("admin-kota").get(f"/meja/laporan/{report.number}/").content.decode()

    thread = page[page.index('id="percakapan"') :]
    assert thread.index("SMS 1708") < thread.index("WhatsApp")
    for words in (WORDS, "Tersampaikan", "Dibaca"):
        assert words in thread
    assert "81234567890" not in page


def test_words_of_somebody_who_is_not_proven_are_no_part_of_the_conversation(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    Delivery.objects.create(key="a", channel="sms", report=case.report, sent_at=WHEN)
    stranger = comes("Tutup saja laporan ini", agency="kota-uji", why="not_theirs")
    InboundMessage.objects.filter(pk=stranger.pk).update(report=case.report)
    page = f"/meja/laporan/{case.number}/"

    assert "Tutup saja" not in sits("admin-kota").get(page).content.decode()
    sits("admin-kota").post(
        "/meja/pesan-masuk/", {"message": stranger.pk, "decision": "dismiss", "reason": "Bukan pelapor"}
    )
    assert "Tutup saja" not in sits("admin-kota").get(page).content.decode()


def test_what_an_officer_puts_to_a_report_says_so(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    message = comes("Ini foto yang kemarin", agency="kota-uji", why="which_report")
    sits("admin-kota").post("/meja/pesan-masuk/", {"message": message.pk, "decision": "attach", "number": case.number})

    page = sits("admin-kota").get(f"/meja/laporan/{case.number}/").content.decode()
    thread = page[page.index('id="percakapan"') :]
    assert thread.index("Jalan di depan pasar") < thread.index("Dimasukkan ke sini oleh petugas")
    assert "Ini foto yang kemarin" in thread


def test_the_health_of_the_channels_reads_counters(
    case: Case, sits: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        comes(f"Pesan nomor {number} tentang jalan", sender=f"0812345678{number:02d}")
    ChannelDay.objects.filter(channel="sms").update(sent=1234, cost=431_900, parts=1234, failed=7)
    desk = sits("admin-pusat")

    with django_assert_max_num_queries(22):
        page = desk.get("/meja/kanal/").content.decode()

    assert "Rp431.900" in page
    assert "1.234" in page
    assert sits("admin-kota").get("/meja/kanal/").status_code == 403


def test_the_page_of_messages_has_a_budget(case: Case, sits: SignIn, django_assert_max_num_queries: Any) -> None:
    for number in range(25):
        comes(f"Pesan nomor {number} tentang jalan", "kota-uji", sender=f"0812345678{number:02d}")
    desk = sits("admin-kota")

    with django_assert_max_num_queries(18):
        page = desk.get("/meja/pesan-masuk/").content.decode()

    assert page.count('value="report"') >= 20
    assert "after=" in page
