"""What goes wrong between people: a role lost in mid-form, a desk gone, midnight, two at once; nothing half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.builders import Case, World, officer_at
from tests.desk.conftest import SignIn, account_of
from tests.sop.days import at

from lapor.agencies.models import Agency, Appointment, Decree
from lapor.ledger.models import Entry
from lapor.reports.models import AnswerDraft, OutgoingMessage, Report, Response
from lapor.reports.usecases import forward, return_
from lapor.reports.usecases.answer import send_due
from lapor.reports.usecases.units import abolish_unit
from lapor.sop.vocabulary import Holder, Role

WORDS = "Lubang di depan pasar kami periksa besok pagi."


def traces(case: Case) -> tuple[int, ...]:
    """Return how much there is of everything that a step writes."""
    tables = (Entry, Response, OutgoingMessage, AnswerDraft)
    return (*(table.objects.count() for table in tables), Report.objects.get(code=case.code).version)


@pytest.fixture
def untouched(case: Case) -> Callable[[], bool]:
    """Return whether nothing at all was written since the first call."""
    before: list[tuple[int, ...]] = []

    def same() -> bool:
        before.append(traces(case))
        return before[0] == before[-1]

    return same


def post(browser: Client, case: Case, slug: str, **typed: Any) -> Any:
    return browser.post(f"/meja/laporan/{case.number}/{slug}/", {"version": case.report.version, **typed})


# --- A role lost in mid-form ---------------------------------------------------------------------


@pytest.mark.parametrize("how", ["ended", "decree over", "account off"])
@pytest.mark.parametrize(
    ("slug", "typed"),
    [
        ("respon-awal", {"text": WORDS}),
        ("kembalikan", {"competent_body": "Pemerintah provinsi", "why": WORDS}),
        ("catatan", {"text": WORDS}),
    ],
)
def test_S16_a_role_lost_in_mid_form_does_nothing_and_gives_the_words_back(
    case: Case, sits: SignIn, untouched: Callable[[], bool], how: str, slug: str, typed: dict[str, str]
) -> None:
    case.is_disposed()
    browser, seat = sits("pp-pupr"), Appointment.objects.filter(pk=case.world["pp-pupr"].appointment or 0)
    assert browser.get(f"/meja/laporan/{case.number}/{slug}/").status_code == 200
    assert untouched()
    match how:
        case "ended":
            seat.update(ended_on=date(2026, 3, 2))
        case "decree over":
            Decree.objects.filter(institution__code="kota-uji").update(valid_to=date(2026, 3, 1))
        case "account off":
            account = account_of(case.world, "pp-pupr")
            account.is_active = False
            account.save()

    answer = post(browser, case, slug, **typed)

    assert answer.status_code == 403
    assert WORDS in answer.text
    assert "tidak ada SK yang berlaku" in answer.text or "Anda sudah keluar" in answer.text
    assert untouched()


def test_S16_one_of_two_roles_lost_in_mid_form_lets_the_other_be_chosen(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    account = account_of(case.world, "pp-pupr")
    Appointment.objects.filter(pk=case.world["pp-kesehatan"].appointment or 0).update(account=account)
    browser = sits("pp-pupr")
    browser.post("/meja/peran/", {"role": case.world["pp-pupr"].appointment})
    Appointment.objects.filter(pk=case.world["pp-pupr"].appointment or 0).update(ended_on=date(2026, 3, 2))

    answer = post(browser, case, "respon-awal", text=WORDS)

    assert answer.status_code == 403
    assert WORDS in answer.text
    assert "Peran yang Anda pakai sudah berakhir" in answer.text
    assert f'value="{case.world["pp-kesehatan"].appointment}"' in answer.text
    assert not AnswerDraft.objects.exists()


# --- A desk that is gone -------------------------------------------------------------------------


def gone(world: World, unit: str) -> None:
    abolish_unit(unit=unit, actor=world["admin-kota"], now=at("Mon 2 Mar 2026 09:00 WITA"))


def test_a_unit_let_go_after_the_page_was_opened_receives_nothing(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser = sits("admin-kota")
    assert "dinas-kesehatan" in browser.get(f"/meja/laporan/{case.number}/disposisi/").text
    gone(case.world, "dinas-kesehatan")

    answer = post(browser, case, "disposisi", to="dinas-kesehatan", note=WORDS)

    assert answer.status_code == 422
    assert WORDS in answer.text
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert 'value="dinas-kesehatan"' not in answer.text  # it is offered no more


def test_a_satuan_kerja_let_go_after_the_page_was_opened_receives_nothing(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    browser = sits("pp-pupr")
    assert "bidang-bina-marga" in browser.get(f"/meja/laporan/{case.number}/teruskan/").text
    gone(case.world, "bidang-bina-marga")

    answer = post(browser, case, "teruskan", to="bidang-bina-marga", text=WORDS)

    assert answer.status_code == 422
    assert WORDS in answer.text
    assert case.holder == (Holder.UNIT, "dinas-pupr")


def test_many_reports_whose_new_unit_is_let_go_meanwhile_all_stay_and_each_says_why(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    second = Case(case.world).is_disposed()
    browser = sits("admin-kota")
    preview = browser.get("/meja/satuan/dinas-pupr/laporan-terbuka/", follow=True)
    chosen = [f"{one.number}:{one.report.version}" for one in (case, second)]
    sent = {"do": "serahkan", "key": preview.context["key"], "n": chosen}
    gone(case.world, "dinas-kesehatan")

    answer = browser.post("/meja/banyak/", {**sent, "to": "dinas-kesehatan"}, follow=True)

    assert answer.status_code == 422
    assert {case.holder, second.holder} == {(Holder.UNIT, "dinas-pupr")}


def test_the_officers_of_a_unit_that_is_let_go_keep_their_past_and_get_nothing_new(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    case.act(return_.return_report, "pp-pupr", competent_body="Pemerintah provinsi", why="Jalan provinsi.")
    gone(case.world, "dinas-pupr")

    assert sits("pp-pupr").get(f"/meja/laporan/{case.number}/").status_code == 200
    assert not Agency.objects.get(code="bidang-bina-marga").is_receiving


# --- Midnight ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "institution", "last_minute", "first_minute"),
    [
        ("pp-pupr", "kota-uji", "Mon 2 Mar 2026 23:59 WITA", "Tue 3 Mar 2026 00:00 WITA"),
        ("pp-biro", "lembaga-uji", "Mon 2 Mar 2026 23:59 WIB", "Tue 3 Mar 2026 00:00 WIB"),
    ],
)
def test_S18_a_decree_ends_at_midnight_of_its_institution_also_in_the_middle_of_a_form(
    case: Case,
    sits: SignIn,
    today: time_machine.Traveller,
    who: str,
    institution: str,
    last_minute: str,
    first_minute: str,
) -> None:
    Decree.objects.filter(institution__code=institution).update(valid_to=date(2026, 3, 2))
    today.move_to(at(last_minute))
    browser = sits(who)
    assert browser.get("/meja/").status_code == 200

    today.move_to(at(first_minute))

    answer = browser.post("/meja/pesan/", {"up_to": 1, "remark": WORDS})
    assert answer.status_code == 403
    assert "tidak ada SK yang berlaku" in answer.text


def test_S18_an_answer_written_over_midnight_is_given_back_and_the_next_day_another_may_answer(
    case: Case, sits: SignIn, today: time_machine.Traveller
) -> None:
    case.is_disposed()
    old = Decree.objects.create(
        institution=case.world.agency("kota-uji"),
        number="LAMA",
        signed_on=date(2026, 1, 1),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 3, 2),
    )
    Appointment.objects.filter(pk=case.world["pp-pupr"].appointment or 0).update(decree=old)
    case.world.actors["rekan"] = officer_at(case.world.agency("dinas-pupr"), Role.LIAISON, "rekan")
    today.move_to(at("Mon 2 Mar 2026 23:59 WITA"))
    late, mate = sits("pp-pupr"), sits("rekan")
    assert late.get(f"/meja/laporan/{case.number}/respon-awal/").status_code == 200
    today.move_to(at("Tue 3 Mar 2026 00:00 WITA"))

    answer = post(late, case, "respon-awal", text=WORDS)

    assert (answer.status_code, WORDS in answer.text) == (403, True)
    assert not AnswerDraft.objects.exists()
    assert post(mate, case, "respon-awal", text=WORDS).status_code == 302


def test_S18_an_answer_pressed_before_midnight_does_not_leave_by_a_role_that_is_over(
    case: Case, sits: SignIn, today: time_machine.Traveller
) -> None:
    case.is_disposed()
    Decree.objects.filter(institution__code="kota-uji").update(valid_to=date(2026, 3, 2))
    pressed = at("Mon 2 Mar 2026 23:59 WITA") + timedelta(seconds=50)
    today.move_to(pressed)
    assert post(sits("pp-pupr"), case, "respon-awal", text=WORDS).status_code == 302

    send_due(now=pressed + timedelta(seconds=31))

    row = AnswerDraft.objects.get()
    assert (row.state, row.why, row.fields["text"]) == ("held_back", "NoRole", WORDS)
    assert case.report.first_response_at is None


# --- Two at once ---------------------------------------------------------------------------------


def test_a_report_answered_while_a_colleague_returns_it_keeps_the_words_and_sends_nothing(
    case: Case, sits: SignIn
) -> None:
    case.is_disposed()
    case.world.actors["rekan"] = officer_at(case.world.agency("dinas-pupr"), Role.LIAISON, "rekan")
    first, seen = sits("pp-pupr"), case.report.version
    assert first.get(f"/meja/laporan/{case.number}/respon-awal/").status_code == 200
    back = {"competent_body": "Pemerintah provinsi", "why": "Jalan provinsi."}
    assert post(sits("rekan"), case, "kembalikan", **back).status_code == 302

    answer = post(first, case, "respon-awal", text=WORDS, version=seen)

    assert answer.status_code == 403
    assert WORDS in answer.text
    assert "dipegang meja lain" in answer.text
    assert not AnswerDraft.objects.filter(state="waiting").exists()
    assert not Response.objects.filter(report__code=case.code, kind="first_response").exists()
    assert case.holder == (Holder.AGENCY, "kota-uji")


def test_a_report_returned_while_a_colleagues_answer_is_on_its_way_is_said_on_both_screens(
    case: Case, sits: SignIn, today: time_machine.Traveller
) -> None:
    case.is_disposed()
    case.world.actors["rekan"] = officer_at(case.world.agency("dinas-pupr"), Role.LIAISON, "rekan")
    assert post(sits("pp-pupr"), case, "respon-awal", text=WORDS).status_code == 302
    assert "Jawaban dari" in sits("rekan").get(f"/meja/laporan/{case.number}/").text
    case.act(return_.return_report, "rekan", competent_body="Pemerintah provinsi", why="Jalan provinsi.")
    today.shift(31)

    send_due(now=at("Mon 2 Mar 2026 09:00 WITA") + timedelta(seconds=31))

    messages = sits("pp-pupr").get("/meja/pesan/").text
    assert "Sebuah jawaban tidak jadi terkirim" in messages
    assert not Response.objects.filter(report__code=case.code, kind="first_response").exists()
    assert AnswerDraft.objects.get().fields["text"] == WORDS


def test_two_officers_on_one_stale_page_take_one_step_and_write_one_entry(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    case.world.actors["rekan"] = officer_at(case.world.agency("dinas-pupr"), Role.LIAISON, "rekan")
    seen, browsers = case.report.version, (sits("pp-pupr"), sits("rekan"))
    forwarded = {"to": "bidang-bina-marga", "text": WORDS, "version": seen}

    answers = [post(browser, case, "teruskan", **forwarded) for browser in browsers]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert WORDS in answers[1].text
    assert "Laporan ini berubah" in answers[1].text
    assert sum("forward" in line for line in case.ledger) == 1


def test_an_answer_of_the_satuan_kerja_to_a_report_recalled_meanwhile_is_kept_for_its_writer(
    case: Case, sits: SignIn
) -> None:
    case.is_with_unit_officer()
    browser, seen = sits("petugas-bina-marga"), case.report.version
    assert browser.get(f"/meja/tugas/{case.number}/").status_code == 200
    case.act(forward.recall_report, "pp-pupr", why="Kami jawab sendiri.")

    answer = browser.post(f"/meja/tugas/{case.number}/", {"text": WORDS, "version": seen, "do": "jawab"})

    assert answer.status_code in (403, 404, 409)
    assert WORDS in answer.text
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert not case.report.answer_waiting


def test_a_double_press_accepts_once(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    browser, seen = sits("pp-pupr"), case.report.version

    statuses = [post(browser, case, "terima", version=seen).status_code for _ in range(2)]

    assert statuses == [302, 409]
    assert sum("accept" in line for line in case.ledger) == 1
