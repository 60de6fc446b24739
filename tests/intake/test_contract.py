"""What came in is kept, becomes exactly one thing, and is never lost, whatever happens on the way."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import IntegrityError
from tests.builders import Case
from tests.intake.phones import BUDI, Phones, arrives, read
from tests.sop.days import at

from lapor.identity.contacts import PHONE, ContactInput
from lapor.intake.contract import Reply
from lapor.intake.models import ChannelAnswer, InboundMessage
from lapor.intake.queries.threads import thread_of
from lapor.intake.queries.waiting import waiting
from lapor.intake.seals import raw_of, text_of
from lapor.intake.usecases import _speak, carry_out, understand
from lapor.intake.usecases.keep import LARGEST, TooLarge, keep
from lapor.intake.usecases.understand import FLOOD, MOST_ANSWERS, lease, understand_due
from lapor.kernel.codes import show_code
from lapor.messaging import drain
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS
from lapor.reports.models import Report, Response
from lapor.reports.usecases.ask import ask_reporter
from lapor.sop.vocabulary import Status

NOW = at("Mon 2 Mar 2026 09:00 WITA")
HOLE = "Jalan di depan pasar berlubang sejak bulan lalu."
YES: dict[str, Any] = {"is": "courtesy", "text": "Ya", "is_answer": True}
HELLO: dict[str, Any] = {"is": "courtesy", "text": "Halo", "greets": True}
State, Became = InboundMessage.State, InboundMessage.Became
pytestmark = pytest.mark.usefixtures("case", "phones")


def filed() -> Report:
    """Return the report that Budi files from his telephone."""
    message = arrives(NOW, **{"is": "report", "text": HOLE, "agency": "kota-uji"})
    assert (message.state, message.became) == (State.UNDERSTOOD, Became.REPORT)
    assert message.report is not None
    return message.report


def test_a_message_is_kept_sealed_and_only_the_key_opens_it() -> None:
    kept = keep(channel="sms", account="1708", provider_id="a-1", raw=b"\xff\x00 rahasia", sender=BUDI, now=NOW)

    message = InboundMessage.objects.get(pk=kept.message)
    assert raw_of(message) == b"\xff\x00 rahasia"
    assert b"rahasia" not in bytes(message.raw)
    assert BUDI.encode() not in bytes(message.sealed_sender or b"")


def test_the_same_name_by_the_provider_is_the_same_message() -> None:
    first = keep(channel="sms", account="1708", provider_id="a-1", raw=b"{}", now=NOW)
    again = keep(channel="sms", account="1708", provider_id="a-1", raw=b"{}", now=NOW)
    elsewhere = keep(channel="sms", account="1709", provider_id="a-1", raw=b"{}", now=NOW)

    assert (again.message, again.repeated) == (first.message, True)
    assert not first.repeated
    assert elsewhere.message != first.message


def test_a_message_without_a_name_is_named_by_what_it_says() -> None:
    first = keep(channel="sms", account="1708", provider_id="", raw=b"{}", sender=BUDI, now=NOW)

    assert keep(channel="sms", account="1708", provider_id="", raw=b"{}", sender=BUDI, now=NOW).repeated
    assert keep(channel="sms", account="1708", provider_id="", raw=b"{ }", sender=BUDI, now=NOW).message > first.message


def test_what_is_too_large_is_refused_before_it_is_kept() -> None:
    with pytest.raises(TooLarge):
        keep(channel="sms", account="1708", provider_id="a-1", raw=bytes(LARGEST + 1), now=NOW)
    assert not InboundMessage.objects.exists()


def test_a_report_by_telephone_belongs_to_that_number() -> None:
    report = filed()

    assert (report.channel, report.agency and report.agency.code) == ("sms", "kota-uji")
    assert drain(now=NOW, worker="test") == 2  # the desk by its inbox, the reporter by telephone
    [(number, letter)] = Phones.taken
    assert number == "+6281234567890"
    assert letter.code.replace("-", "") == report.code


def test_the_same_words_within_a_day_get_the_same_code() -> None:
    report = filed()
    again = arrives(NOW + timedelta(hours=23), **{"is": "report", "text": HOLE.upper() + "  ", "agency": "kota-uji"})
    later = arrives(NOW + timedelta(hours=25), **{"is": "report", "text": HOLE, "agency": "kota-uji"})

    assert (again.became, again.report) == (Became.REPEAT, report)
    assert (later.became, Report.objects.count()) == (Became.REPORT, 2)
    assert [letter.code.replace("-", "") for _, letter in Phones.taken] == [report.code]


def test_the_same_short_answer_to_the_next_question_is_an_answer(case: Case) -> None:
    report = filed()
    for moment in (NOW, NOW + timedelta(hours=1)):
        ask_reporter(code=report.code, question="Masih berlubang?", actor=case.world["admin-kota"], now=moment)
        message = arrives(moment + timedelta(minutes=5), **YES)
        assert (message.became, message.deed, message.report) == (Became.REPLY, "complete", report)

    again = arrives(NOW + timedelta(hours=2), **{"is": "reply", "text": "Ya"})
    assert again.became == Became.REPEAT


def test_the_same_words_for_another_report_are_words_for_that_one() -> None:
    first = filed()
    second = arrives(NOW, **{"is": "report", "text": "Lampu di jalan kami padam.", "agency": "kota-uji"}).report
    assert second is not None

    for report in (first, second):
        message = arrives(NOW, **{"is": "reply", "text": "Masih rusak.", "code": report.code})
        assert (message.became, message.report) == (Became.REPLY, report)


def test_thanks_and_greetings_are_no_reports_and_no_work_for_a_desk() -> None:
    thanked = arrives(NOW, **{"is": "courtesy", "text": "Terima kasih"})
    greeted = arrives(NOW, **HELLO)

    assert (thanked.became, greeted.deed) == (Became.NOTHING, "help")
    assert [letter.short[:6] for _, letter in Phones.taken] == ["LAPOR!"]
    assert not Report.objects.exists()


def test_no_desk_reads_a_tracking_code_that_somebody_wrote() -> None:
    report = filed()
    for said in ({"is": "reply", "code": report.code}, {"is": "person", "why": "public_words"}):
        message = arrives(NOW, sender="081999888777", **said, text=f"Kode saya {show_code(report.code)}, kok belum?")
        assert text_of(message) == "Kode saya •••, kok belum?"


def test_a_number_names_a_report_to_its_reporter_and_to_nobody_else() -> None:
    report = filed()

    for sender, says in ((BUDI, "status"), ("081999888777", "unknown_code")):
        asked = arrives(NOW, sender=sender, **{"is": "command", "verb": "status", "code": report.number.lower()})
        assert asked.answer.says == says


def test_what_may_be_a_robot_is_not_answered() -> None:
    message = arrives(NOW, **{"is": "person", "why": "maybe_robot", "text": "Sopir sedang mengemudi"})

    assert message.state == State.FOR_PERSON
    assert not ChannelAnswer.objects.exists()


def test_the_same_words_of_another_sender_are_another_report() -> None:
    filed()
    other = arrives(NOW, sender="081999888777", **{"is": "report", "text": HOLE, "agency": "kota-uji"})

    assert other.became == Became.REPORT
    assert Report.objects.count() == 2


def test_an_answer_to_a_question_needs_no_command(case: Case) -> None:
    report = filed()
    ask_reporter(code=report.code, question="Di pasar mana?", actor=case.world["admin-kota"], now=NOW)

    message = arrives(NOW, **{"is": "report", "text": "Pasar Bertais, depan gerbang timur."})

    assert (message.became, message.deed, message.report) == (Became.REPLY, "complete", report)
    assert Report.objects.get(pk=report.pk).status == Status.UNVERIFIED
    assert [letter.short for _, letter in Phones.taken][-1].startswith("LAPOR! Pesan Anda untuk ")


def test_words_for_a_report_from_another_number_are_for_a_person() -> None:
    report = filed()

    message = arrives(NOW, sender="081999888777", **{"is": "reply", "text": "Sudah saya cek.", "code": report.code})

    assert (message.state, message.why, message.report) == (State.FOR_PERSON, "not_theirs", report)
    assert message.desk == report.agency
    assert not Response.objects.exists()
    assert "nomor lain" in Phones.taken[-1][1].short
    assert not any(line.is_ours and line.channel for line in thread_of(report, [], opening=""))


def test_a_sender_that_is_not_proven_never_acts_as_the_reporter() -> None:
    report = filed()
    for said in ({"is": "reply", "text": "Saya cabut."}, {"is": "command", "verb": "withdraw", "text": "CABUT"}):
        message = arrives(NOW, **said, code=report.code, proves="nobody")
        assert (message.state, message.why) == (State.FOR_PERSON, "not_theirs")

    assert not Response.objects.exists()
    assert Report.objects.get(pk=report.pk).status == Status.UNVERIFIED


def test_a_signed_reply_address_speaks_for_its_report() -> None:
    report = filed()
    said = {"is": "reply", "text": "Masih berlubang.", "code": report.code, "proves": "report"}

    message = arrives(NOW, sender="", **said)

    assert (message.became, message.report) == (Became.REPLY, report)
    assert Response.objects.get().text == "Masih berlubang."


def test_an_unknown_code_appends_nothing_and_is_looked_at() -> None:
    filed()
    message = arrives(NOW, **{"is": "reply", "text": "Halo", "code": "ABCDE-FGHJK-7"})

    assert (message.state, message.why) == (State.FOR_PERSON, "unknown_code")


def test_a_worker_that_died_after_the_step_takes_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    report = filed()
    settle = understand._settle
    monkeypatch.setattr(understand, "_settle", lambda *_args: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        arrives(NOW, **{"is": "reply", "text": "Masih berlubang.", "code": report.code})
    monkeypatch.setattr(understand, "_settle", settle)

    understand_due(now=NOW + LEASE, worker="test")

    assert Response.objects.count() == 1
    message = InboundMessage.objects.latest("pk")
    assert (message.state, message.became, message.attempts) == (State.UNDERSTOOD, Became.REPLY, 2)


def test_one_message_takes_one_step_even_if_two_workers_hold_it() -> None:
    report = filed()
    message = arrives(NOW, **{"is": "reply", "text": "Masih berlubang.", "code": report.code})
    received = understand.received_of(message)
    reading = read(received)
    assert isinstance(reading, Reply)

    with pytest.raises(IntegrityError):
        _speak.reply_to(message, received, reading, now=NOW)
    message.attempts = 2  # as the lease of the second counts it
    assert carry_out.carry_out(message, received, reading, now=NOW).became == Became.REPLY


def test_of_one_sender_only_the_oldest_waiting_message_is_taken() -> None:
    for number in range(3):
        keep(channel="sms", account="1708", provider_id=f"b-{number}", raw=b"{}", sender=BUDI, now=NOW)
    keep(channel="sms", account="1708", provider_id="c", raw=b"{}", sender="081999888777", now=NOW)

    assert [message.provider_id for message in lease(now=NOW, batch=50)] == ["b-0", "c"]
    assert lease(now=NOW, batch=50) == []


def test_a_message_that_cannot_be_read_is_tried_again_then_set_aside_and_holds_up_nobody() -> None:
    poison = arrives(NOW, **{"break": "yes"})
    assert (poison.state, poison.attempts) == (State.WAITING, 1)
    assert filed().code
    now = NOW
    for _ in range(MOST_ATTEMPTS + 1):
        now += timedelta(days=2)
        understand_due(now=now, worker="test")

    poison.refresh_from_db()
    assert (poison.state, poison.attempts, poison.problem) == (State.DEAD, MOST_ATTEMPTS, "ValueError")
    assert json.loads(raw_of(poison)) == {"break": "yes"}


def test_a_channel_that_nobody_serves_is_set_aside_at_once() -> None:
    keep(channel="fax", account="1", provider_id="1", raw=b"?", now=NOW)
    understand_due(now=NOW, worker="test")

    assert InboundMessage.objects.get().state == State.DEAD


def test_who_floods_us_is_quarantined_and_the_others_are_not() -> None:
    numbers = count()
    states = [
        arrives(NOW, **{"is": "report", "text": f"Laporan nomor {next(numbers)} tentang jalan"}).state
        for _ in range(FLOOD + 3)
    ]

    assert states == [State.UNDERSTOOD] * FLOOD + [State.QUARANTINED] * 3
    assert arrives(NOW, sender="081999888777", **{"is": "report", "text": HOLE}).state == State.UNDERSTOOD


def test_two_robots_do_not_talk_for_ever() -> None:
    for number in range(MOST_ANSWERS + 5):
        arrives(NOW, **{"is": "command", "verb": "help", "text": f"BANTUAN {number}"})

    assert len(Phones.taken) == ChannelAnswer.objects.count() == MOST_ANSWERS


def test_help_status_and_stop_are_answered_by_the_same_way(case: Case) -> None:
    report = filed()
    drain(now=NOW, worker="test")
    for verb in ("help", "status", "stop", "start"):
        message = arrives(NOW, **{"is": "command", "verb": verb})
        assert (message.became, message.deed) == (Became.COMMAND, verb)

    texts = [letter.short for _, letter in Phones.taken[1:]]
    assert texts[1].startswith(f"LAPOR! {report.code[:5]}-{report.code[5:10]}-{report.code[10:]}: Belum Terverifikasi")
    assert "dihentikan" in texts[2]
    assert "lagi" in texts[3]


def test_stop_stops_the_news_and_not_the_report(case: Case) -> None:
    report = filed()
    drain(now=NOW, worker="test")
    arrives(NOW, **{"is": "command", "verb": "stop"})
    before = len(Phones.taken)

    ask_reporter(code=report.code, question="Di pasar mana?", actor=case.world["admin-kota"], now=NOW)
    drain(now=NOW, worker="test")

    assert len(Phones.taken) == before


def test_a_person_is_asked_where_nothing_is_understood() -> None:
    message = arrives(NOW, **{"is": "person", "why": "unclear", "text": "P", "agency": "kota-uji"})

    assert (message.state, message.why) == (State.FOR_PERSON, "unclear")
    assert message.desk is not None
    assert message.desk.code == "kota-uji"


def test_an_address_is_normal_however_the_provider_writes_it() -> None:
    report = filed()
    message = arrives(NOW, sender="+62 812-3456-7890", **{"is": "command", "verb": "status"})

    assert message.report == report
    assert ContactInput(PHONE, BUDI).address == "+6281234567890"


def test_of_a_message_that_nobody_read_neither_number_nor_code_is_shown(case: Case) -> None:
    code = show_code(filed().code)
    raw = f"from=%2B6281234567890&text=Kode+saya+{code}".encode()
    kept = keep(channel="sms", account="1708", provider_id="a-1", raw=raw, sender="+6281234567890", now=NOW)
    InboundMessage.objects.filter(pk=kept.message).update(state=State.QUARANTINED)

    [row] = waiting(case.world["admin-pusat"], NOW, aside=True).rows

    assert row.words == "from=+62812•••890&text=Kode+saya+•••"
