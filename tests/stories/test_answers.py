"""The answer of a satuan kerja is released, sent back or overtaken, and never mixed up with another (S11, S12, S24)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import Case, World, officer_at
from tests.stories.telling import refused

from lapor.agencies.models import Appointment
from lapor.kernel.actor import officer
from lapor.kernel.errors import Refusal
from lapor.reports.models import Breach
from lapor.reports.usecases import (
    closing,
    dispose,
    forward,
    handlers,
    redispose,
    reply,
    respond,
    restore,
    return_,
    withdraw,
)
from lapor.reports.usecases.breach import acknowledge_breach, explain_breach
from lapor.sop.vocabulary import Clock, Holder, Role, Status


@pytest.fixture
def answered(case: Case) -> Case:
    """A report whose satuan kerja answered on Monday 2 March 2026."""
    case.is_with_unit_officer(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(forward.answer_liaison, "petugas-bina-marga", text="Sudah kami tambal.")
    return case


def test_S12_the_answer_that_is_released_is_the_one_that_was_written_last(answered: Case) -> None:
    answered.act(forward.send_back_answer, "pp-pupr", why="Kapan?")
    answered.act(forward.answer_liaison, "petugas-bina-marga", text="Kami tambal pada 2 Maret.")
    answered.act(forward.release_answer, "pp-pupr", text="Ditambal pada 2 Maret.", as_follow_up=False)

    first, last = answered.report.responses.filter(kind="unit_answer").order_by("pk")
    assert first.released_as is None
    assert last.released_as is not None
    assert last.released_as.text == "Ditambal pada 2 Maret."


def test_S12_what_a_co_handler_gave_is_neither_sent_back_nor_released(answered: Case) -> None:
    answered.act(handlers.add_handler, "admin-kota", to="dinas-kesehatan")
    answered.act(handlers.contribute, "pp-kesehatan", text="Tidak ada sarang nyamuk.")

    answered.act(forward.send_back_answer, "pp-pupr", why="Kapan?")

    assert answered.holder == (Holder.UNIT_OFFICER, "bidang-bina-marga")


@pytest.mark.parametrize("left", ["returned", "redisposed", "withdrawn"])
def test_S24_an_answer_does_not_outlive_its_unit(answered: Case, left: str) -> None:
    if left == "returned":
        answered.act(return_.return_report, "pp-pupr", competent_body="Dinas Kesehatan", why="Soal nyamuk.")
        answered.act(dispose.dispose_report, "admin-kota", to="dinas-kesehatan")
    elif left == "redisposed":
        answered.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="error")
    else:
        answered.act(withdraw.withdraw_report, "reporter")
        answered.act(restore.restore_report, "reporter", text="Belum selesai.")
        answered.act(dispose.dispose_report, "admin-kota", to="dinas-kesehatan")

    assert not answered.report.answer_waiting
    with refused(answered):
        answered.act(forward.release_answer, "pp-kesehatan", text="Sudah ditambal.", as_follow_up=False)


def test_S67_a_follow_up_overtakes_an_answer_that_still_waits(answered: Case) -> None:
    answered.act(respond.respond_first, "pp-pupr", text="Kami terima.")
    answered.is_followed_up()

    assert not answered.report.answer_waiting
    assert Clock.RELEASE not in answered.running
    answered.act(reply.object_, "reporter", text="Belum.")
    answered.act(forward.forward_report, "pp-pupr", to="bidang-bina-marga")
    assert answered.holder[0] == Holder.UNIT_OFFICER


def test_S58_another_unit_s_follow_up_finishes_nothing_here(case: Case) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="error")
    case.act(respond.respond_first, "pp-kesehatan", text="Kami periksa.")

    case.on("Tue 31 Mar 2026 09:00 WITA")
    assert case.status == Status.IN_PROGRESS
    with refused(case):
        case.act(closing.request_closing, "admin-kota", why="Sudah selesai.")


def test_a_unit_hears_of_a_withdrawal_even_while_the_reporter_has_the_word(case: Case) -> None:
    case.is_followed_up()
    case.act(withdraw.withdraw_report, "reporter")

    assert case.told == {"dinas-pupr", "kota-uji"}


def test_S21_one_person_in_two_roles_does_not_acknowledge_the_own_explanation(case: Case, world: World) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Tue 17 Mar 2026 08:00 WITA")
    breach = Breach.objects.get(report__code=case.code, clock="first_response").pk
    explain_breach(breach=breach, text="Alat berat rusak.", actor=world["pp-pupr"], now=case.now)
    second = officer_at(world.agency("dinas-pupr"), Role.HEAD, "pp-pupr-juga-pimpinan")
    same_person = Appointment.objects.get(pk=officer(world["pp-pupr"])).account_id

    with pytest.raises(Refusal):
        acknowledge_breach(breach=breach, actor=replace(second, account=same_person), now=case.now)
    acknowledge_breach(breach=breach, actor=world["pimpinan-pupr"], now=case.now)
