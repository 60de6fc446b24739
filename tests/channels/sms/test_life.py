"""The whole life of a report by short messages alone, as a conversation."""

from __future__ import annotations

import re

import time_machine
from tests.builders import Case
from tests.channels.life import NOW, Desks, is_confirmed
from tests.channels.sms.kannel import Gateway, Telephone, knock
from tests.sop.days import at

from lapor.intake.models import InboundMessage
from lapor.intake.queries.threads import NOT_SENT, thread_of
from lapor.kernel.codes import show_code
from lapor.language.sms import GSM7, sms_of
from lapor.messaging.letters import NEWS_NOT_WANTED
from lapor.messaging.models import Delivery
from lapor.reports.models import Report, Response
from lapor.sop.vocabulary import Status


def test_from_the_first_word_to_the_rating(
    case: Case, gateway: Gateway, budi: Telephone, today: time_machine.Traveller
) -> None:
    # Budi writes as people do: a keyword with dots, half in capitals.
    heard = budi.writes("Kab. UJI: JALAN di depan pasar berlubang sejak bulan lalu, sudah ada yang jatuh", NOW)
    report = Report.objects.get()
    code, desks = show_code(report.code), Desks(case, report)
    assert heard.startswith(f"LAPOR! Laporan Anda kami terima. Kode: {code}. Diperiksa paling lambat ")
    assert (report.channel, report.agency and report.agency.code) == ("sms", "kota-uji")

    # The desk asks; the question itself comes, for Budi has no page to read it on.
    desks.ask()
    heard = budi.hears(NOW)
    assert f"Jawab: BALAS {code} isi" in heard
    assert '"Pasar yang mana?"' in heard

    # He answers, with O for 0 and no dashes.
    typed = report.code.lower().replace("0", "o").replace("1", "i")
    assert budi.writes(f"balas {typed} Pasar Bertais, gerbang timur", NOW).startswith(f"LAPOR! Pesan Anda untuk {code}")
    assert Response.objects.latest("pk").text == "Pasar Bertais, gerbang timur"

    # It is disposed, accepted, answered, followed up; each is told.
    desks.pass_on()
    assert budi.hears(NOW).startswith(f"LAPOR! {code} diteruskan")
    desks.answer()
    assert '"Tim kami meninjau besok."' in budi.hears(NOW)
    desks.mend()
    heard = budi.hears(NOW)
    assert f"TUTUP {code} 1-5" in heard
    assert f"BELUM {code}" in heard

    # He looks where it stands, objects, then is content.
    assert "Sedang Diproses" in budi.writes("Status", NOW)
    assert "Keberatan" in budi.writes(f"Belum {code} masih ada dua lubang", NOW)
    assert Report.objects.get().objections == 1
    assert "nilai 1" in budi.writes(f"TUTUP {code}", NOW)  # no silent star
    assert "Terima kasih" in budi.writes(f"tutup. {code} : 5 mantap", NOW)
    assert is_confirmed(report)

    # The hole comes back.
    today.move_to(at("Tue 3 Mar 2026 09:00 WITA"))
    assert "Keberatan" in budi.writes(f"BELUM {code} lubangnya muncul lagi", at("Tue 3 Mar 2026 09:00 WITA"))
    assert Report.objects.get().status == Status.IN_PROGRESS

    # He wants no more news; the report goes on.
    assert "dihentikan" in budi.writes("STOP", at("Tue 3 Mar 2026 09:01 WITA"))

    _every_message_was_cheap(gateway)
    _every_receipt_arrives(gateway)


def test_who_wrote_stop_gets_the_code_of_a_new_report_and_the_desk_sees_what_was_not_sent(
    case: Case, gateway: Gateway, budi: Telephone
) -> None:
    budi.writes("UJI jalan di depan pasar berlubang sejak bulan lalu", NOW)
    budi.writes("STOP", NOW)
    report = Report.objects.get()
    Desks(case, report).ask()
    assert budi.hears(NOW) == ""
    [asked] = (line for line in thread_of(report, [], opening="") if line.state == NOT_SENT)
    assert asked.problem == NEWS_NOT_WANTED

    heard = budi.writes("UJI lampu di depan sekolah padam sejak Senin", NOW)

    second = Report.objects.latest("pk")
    assert f"Kode: {show_code(second.code)}" in heard
    assert "MULAI" in heard


def test_a_question_that_waited_for_the_morning_and_is_answered_wakes_nobody(
    case: Case, gateway: Gateway, budi: Telephone, today: time_machine.Traveller
) -> None:
    budi.writes("UJI jalan di depan pasar berlubang sejak bulan lalu", NOW)
    report, night = Report.objects.get(), at("Mon 2 Mar 2026 22:00 WITA")
    today.move_to(night)
    Desks(case, report).ask()
    assert budi.hears(night) == ""
    assert "dicatat" in budi.writes(f"BALAS {show_code(report.code)} Pasar Bertais", night)

    morning = at("Tue 3 Mar 2026 07:00 WITA")
    today.move_to(morning)
    assert budi.hears(morning) == ""


def test_what_comes_long_after_closing_is_read_by_a_person(
    case: Case, gateway: Gateway, budi: Telephone, today: time_machine.Traveller
) -> None:
    budi.writes("UJI jalan di depan pasar berlubang sejak bulan lalu", NOW)
    report = Report.objects.get()
    code, desks = show_code(report.code), Desks(case, report)
    desks.pass_on()
    desks.answer()
    assert "dicatat" in budi.writes(f"BELUM {code} masih berlubang", NOW)  # nothing was done yet: it is noted
    desks.mend()
    budi.hears(NOW)
    budi.writes(f"TUTUP {code} 4", NOW)

    later = at("Thu 1 Oct 2026 09:00 WITA")
    today.move_to(later)
    heard = budi.writes(f"BELUM {code} lubangnya muncul lagi", later)

    message = InboundMessage.objects.latest("pk")
    assert "tidak dapat dibuka lagi" in heard
    assert (message.state, message.why, message.report) == ("for_person", "not_now", report)


def _every_message_was_cheap(gateway: Gateway) -> None:
    """One part of the GSM alphabet, but where an officer's own words travel with it."""
    for message in gateway.sent:
        size = sms_of(message["text"])
        assert size.alphabet == GSM7, size.foreign
        assert size.parts == 1 or '"' in message["text"], message["text"]


def _every_receipt_arrives(gateway: Gateway) -> None:
    for message in gateway.sent:
        found = re.search(r"[?&]key=(\w+)", message["dlr-url"])
        assert found is not None
        assert knock("laporan", key=found[1], state="1").status_code == 200
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}
    assert Delivery.objects.count() == len(gateway.sent)
