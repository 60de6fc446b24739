"""The whole life of a report by WhatsApp, as a conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from tests.builders import Case
from tests.channels.life import NOW, Desks, is_confirmed
from tests.channels.meta.fake_meta import FakeMeta, Person, jpeg, status, whatsapp

from lapor.intake.models import Guide, InboundMessage
from lapor.intake.usecases.guide import link_guides
from lapor.kernel.codes import show_code
from lapor.messaging.models import Delivery
from lapor.reports.models import Evidence, Report, Response
from lapor.reports.usecases import ask, dispose
from lapor.sop.vocabulary import Status

pytestmark = pytest.mark.usefixtures("case")
HOLE = "Jalan di depan pasar berlubang sejak bulan lalu, sudah ada yang jatuh"
TO_THE_CITY = f"Uji: {HOLE}"


def test_from_the_first_word_to_the_rating(
    case: Case, meta: FakeMeta, budi: Person, today: time_machine.Traveller
) -> None:
    # Budi says hello, and is asked what he wants; then for a photo, then for the place.
    assert "Apa yang ingin Anda laporkan?" in budi.says("Halo, selamat pagi")
    assert "Ada fotonya?" in budi.says(TO_THE_CITY)
    budi.sends(budi.photo(jpeg()))
    assert "Di mana tempatnya?" in budi.hears()
    assert Report.objects.count() == 0

    # With the place it is whole: nobody asks him to confirm what is complete, and the code comes.
    budi.sends(budi.place())
    heard = budi.hears()
    report = Report.objects.get()
    code, desks = show_code(report.code), Desks(case, report)
    assert f"Kode: {code}" in heard
    assert f"Nomor: {report.number}" in heard
    assert (report.channel, report.text.original) == ("whatsapp", HOLE)
    assert Evidence.objects.filter(report=report).count() == 1

    # The whole conversation hangs on the report.
    assert InboundMessage.objects.filter(report=report).count() == 4

    # The desk asks; Budi quotes the question and answers, no code typed.
    desks.ask()
    assert "“Pasar yang mana?”" in budi.hears()
    asked = Delivery.objects.latest("pk").provider_id
    assert f"untuk {code} sudah dicatat" in budi.says("Pasar Bertais, gerbang timur", context={"id": asked})
    assert Response.objects.latest("pk").text == "Pasar Bertais, gerbang timur"

    # It is disposed, accepted, answered, followed up; each is told, in the officer's own words.
    desks.pass_on()
    assert f"{code} diteruskan" in budi.hears()
    desks.answer()
    assert "“Tim kami meninjau besok.”" in budi.hears()
    desks.mend()
    assert f"BELUM {code}" in budi.hears()

    # He looks where it stands, objects, then is content.
    assert "Sedang Diproses" in budi.says("status")
    assert "Keberatan" in budi.says(f"Belum {code} masih ada dua lubang")
    assert "nilai 1" in budi.says(f"TUTUP {code}")  # no silent star
    assert "Terima kasih" in budi.says(f"tutup {code} 5 mantap")
    assert is_confirmed(report)

    # The hole comes back.
    today.shift(timedelta(days=1))
    assert "Keberatan" in budi.says(f"BELUM {code} lubangnya muncul lagi")
    assert Report.objects.get().status == Status.IN_PROGRESS

    # Every letter was taken once, and every receipt finds its letter.
    for delivery in Delivery.objects.all():
        for state in ("sent", "read", "delivered"):
            assert meta.brings(whatsapp(statuses=[status(delivery.provider_id, state, delivery.key)])) == 200
    assert set(Delivery.objects.values_list("state", flat=True)) == {"read"}
    assert Delivery.objects.count() == len(meta.posted)

    assert "dihentikan" in budi.says("STOP")


def test_who_sends_everything_at_once_is_asked_nothing(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.photo(jpeg(), caption=TO_THE_CITY), budi.place())

    heard = budi.hears()

    assert "Kode:" in heard
    assert heard.count("---") == 0
    assert Report.objects.get().text.original == HOLE


def test_three_messages_in_a_row_are_one_question_less_each(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.message("text", {"body": TO_THE_CITY}))
    budi.sends(budi.photo(jpeg()))

    assert budi.hears().startswith("Di mana tempatnya?")


def test_skip_and_send_by_buttons(meta: FakeMeta, budi: Person) -> None:
    budi.says(TO_THE_CITY)
    assert "Di mana" in budi.presses("Lewati")
    assert "Kirim laporan ini?" in budi.says("lewati")

    assert "Kode:" in budi.presses("Kirim")
    assert Report.objects.get().text.original == HOLE


def test_cancel_files_nothing_and_says_nothing(meta: FakeMeta, budi: Person) -> None:
    budi.says(TO_THE_CITY)

    assert budi.presses("Batal") == ""
    assert not Report.objects.exists()
    assert Guide.objects.get().state == "cancelled"


def test_typing_batal_cancels_the_guide_and_no_report(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.photo(jpeg(), caption=TO_THE_CITY), budi.place())
    budi.hears()
    budi.says("Lampu jalan di depan rumah saya padam")

    budi.says("Batal")

    assert Report.objects.get().status == Status.UNVERIFIED


def test_whoever_falls_silent_is_heard_all_the_same(
    meta: FakeMeta, budi: Person, today: time_machine.Traveller
) -> None:
    budi.says(TO_THE_CITY)
    today.shift(timedelta(minutes=31))

    assert "Kode:" in budi.hears()
    assert Report.objects.get().text.original == HOLE


def test_a_greeting_and_thanks_become_no_report(meta: FakeMeta, budi: Person, today: time_machine.Traveller) -> None:
    assert budi.says("Terima kasih banyak pak") == ""
    assert "Apa yang ingin Anda laporkan?" in budi.says("Assalamualaikum, selamat pagi")
    today.shift(timedelta(minutes=31))

    assert budi.hears() == ""
    assert not Report.objects.exists()
    assert not InboundMessage.objects.exclude(state="understood").exists()
    link_guides()
    assert Guide.objects.get().linked  # it is not looked at again for ever


def test_a_photo_without_a_word_goes_to_a_person_in_the_end(
    meta: FakeMeta, budi: Person, today: time_machine.Traveller
) -> None:
    budi.sends(budi.photo(jpeg()))
    assert "Apa yang ingin Anda laporkan?" in budi.hears()
    today.shift(timedelta(minutes=31))
    budi.hears()

    assert InboundMessage.objects.get(state="for_person").why == "no_words"


def test_an_answer_to_a_question_is_not_guided(case: Case, meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.photo(jpeg(), caption=TO_THE_CITY), budi.place())
    budi.hears()
    report = Report.objects.get()
    ask.ask_reporter(code=report.code, question="Di mana?", actor=case.world["admin-kota"], now=NOW)
    budi.hears()

    assert "sudah dicatat" in budi.says("Di depan gerbang timur pasar")
    assert Report.objects.get().status == Status.UNVERIFIED


def test_news_after_a_day_goes_by_the_approved_template(
    case: Case, meta: FakeMeta, budi: Person, today: time_machine.Traveller, settings: object
) -> None:
    settings.LAPOR_WHATSAPP_TEMPLATE = "kabar_laporan"  # type: ignore[attr-defined]
    budi.sends(budi.photo(jpeg(), caption=TO_THE_CITY), budi.place())
    budi.hears()
    report = Report.objects.get()
    later = NOW + timedelta(hours=24)
    today.move_to(later)

    dispose.dispose_report(code=report.code, to="dinas-pupr", actor=case.world["admin-kota"], now=later)

    heard = budi.hears()
    assert heard.startswith(f"{report.number} | ")
    assert show_code(report.code) not in heard


def test_without_a_template_it_waits_for_nobody(
    case: Case, meta: FakeMeta, budi: Person, today: time_machine.Traveller
) -> None:
    budi.sends(budi.photo(jpeg(), caption=TO_THE_CITY), budi.place())
    budi.hears()
    later = NOW + timedelta(hours=24)
    today.move_to(later)

    dispose.dispose_report(code=Report.objects.get().code, to="dinas-pupr", actor=case.world["admin-kota"], now=later)

    assert budi.hears() == ""
    assert meta.asked[f"{meta.posted[0][0]}"] == len(meta.posted)
