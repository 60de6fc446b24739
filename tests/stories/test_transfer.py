"""A unit merges or ends: its reports go on with another unit as they stand, and then it can be let go (practice)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.builders import Case, World
from tests.stories.telling import refused

from lapor.agencies.models import Agency
from lapor.reports.models import Deadline, Report
from lapor.reports.refusals import DeskNotReceiving
from lapor.reports.usecases import ask, brief, closing, complete, confirm, forward, reopen, reply, respond
from lapor.reports.usecases.redispose import redispose_report
from lapor.reports.usecases.transfer import transfer_report
from lapor.reports.usecases.units import HasOpenReports, abolish_unit
from lapor.sop.vocabulary import Clock, Holder, RedisposeReason, Status

MONDAY = "Mon 2 Mar 2026 09:00 WITA"
HERE, THERE = "dinas-pupr", "dinas-kesehatan"


def closing_asked(case: Case) -> None:
    case.is_followed_up(on=MONDAY)
    case.act(reply.reply, "reporter", text="Mana fotonya?")
    case.on("Tue 31 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")


def briefed(case: Case) -> None:
    case.is_in_progress(on=MONDAY)
    case.act(brief.brief_head, "pp-pupr", text="Mohon arahan.")


def asked(case: Case) -> None:
    case.is_disposed(on=MONDAY)
    case.act(ask.ask_reporter, "admin-kota", question="Di jalan apa?")


def answered(case: Case) -> None:
    case.is_with_unit_officer(on=MONDAY)
    case.act(forward.answer_liaison, "petugas-bina-marga", text="Sudah kami tambal.")


def escalated(case: Case) -> None:
    case.is_disposed(on=MONDAY)
    case.sweep("Thu 11 Jun 2026 09:00 WITA")


PLACES = {
    "disposed": lambda case: case.is_disposed(on=MONDAY),
    "with a satuan kerja": lambda case: case.is_with_unit_officer(on=MONDAY),
    "answered": answered,
    "in progress": lambda case: case.is_in_progress(on=MONDAY),
    "with the head": briefed,
    "pending": asked,
    "followed up": lambda case: case.is_followed_up(on=MONDAY),
    "closing asked": closing_asked,
    "escalated": escalated,
}
INSIDE = {Holder.UNIT, Holder.UNIT_OFFICER, Holder.HEAD}
ENDED = {Clock.UNIT_RECEIVES, Clock.UNIT_ANSWERS, Clock.HEAD}


def limits(case: Case) -> dict[str, tuple[object, ...]]:
    """Return when each live clock ends, and what one that stands still has left."""
    live = Deadline.objects.filter(report=case.report, state__in=("running", "paused", "overdue"))
    return {one.clock: (one.epoch, one.state, one.due_ordinal, one.due_at, one.remaining) for one in live}


@pytest.mark.parametrize("place", PLACES)
def test_wherever_it_stands_a_report_goes_over_as_it_stands_and_the_unit_can_go(
    case: Case, world: World, place: str
) -> None:
    PLACES[place](case)
    before, holder, running = case.report, case.holder, case.running
    due = limits(case)
    with refused(case, HasOpenReports):
        abolish_unit(unit=HERE, actor=world["admin-kota"], now=case.now)

    case.act(transfer_report, "admin-kota", to=THERE)

    assert (case.status, case.report.unit) == (before.status, world.agency(THERE))
    assert case.holder == ((Holder.UNIT, THERE) if holder[0] in INSIDE else holder)
    assert case.running == running - ENDED
    assert limits(case) == {clock: limit for clock, limit in due.items() if clock not in ENDED}
    for kept in ("accepted_at", "first_response_at", "followed_up_at", "last_follow_up_on", "answer_waiting"):
        assert getattr(case.report, kept) == getattr(before, kept)
    assert {THERE, "reporter", HERE if place != "with a satuan kerja" else "bidang-bina-marga"} <= case.told
    abolish_unit(unit=HERE, actor=world["admin-kota"], now=case.now)


def test_the_new_unit_goes_on_where_the_reporter_or_the_old_unit_left_off(case: Case, world: World) -> None:
    asked(case)
    followed, released = (Case(world) for _ in range(2))
    followed.is_followed_up(on=MONDAY)
    answered(released)
    for one in (case, followed, released):
        one.act(transfer_report, "admin-kota", to=THERE)

    case.act(complete.complete_report, "reporter", text="Jalan Pejanggik.")
    followed.act(reply.reply, "reporter", text="Lampunya belum.")
    released.act(forward.release_answer, "pp-kesehatan", text="Sudah ditambal.", as_follow_up=False)

    assert case.holder == followed.holder == released.holder == (Holder.UNIT, THERE)
    assert case.clock(Clock.FIRST_RESPONSE).desk == world.agency(THERE)  # what the old unit left of it, and no more
    case.act(respond.respond_first, "pp-kesehatan", text="Kami periksa.")
    assert case.status == Status.IN_PROGRESS


def test_only_to_another_unit_of_the_institution_and_what_was_late_stays_late(case: Case, world: World) -> None:
    case.is_disposed(on=MONDAY)
    for to in (HERE, "biro-layanan", "tidak-ada"):
        with refused(case, DeskNotReceiving):
            case.act(transfer_report, "admin-kota", to=to)
    case.sweep("Tue 17 Mar 2026 09:00 WITA")

    case.act(transfer_report, "admin-kota", to=THERE)

    assert case.clock(Clock.FIRST_RESPONSE).desk == world.agency(HERE)
    assert case.clock(Clock.SUBSTANTIVE).desk == world.agency(THERE)


def test_a_satuan_kerja_is_let_go_once_its_liaison_took_its_reports_back(case: Case, world: World) -> None:
    case.is_with_unit_officer()
    with refused(case, HasOpenReports) as refusal:
        abolish_unit(unit="bidang-bina-marga", actor=world["admin-kota"], now=case.now)
    assert "Tarik kembali" in str(refusal.value)

    case.act(forward.recall_report, "pp-pupr", why="Bidangnya digabung.")
    abolish_unit(unit="bidang-bina-marga", actor=world["admin-kota"], now=case.now)

    assert not Agency.objects.get(code="bidang-bina-marga").is_receiving
    assert Report.objects.get().unit == world.agency(HERE)


@pytest.mark.parametrize("spoken", [reopen.reopen_report, reply.object_])
def test_what_comes_back_to_a_unit_that_is_no_more_comes_to_its_institution(
    case: Case, world: World, spoken: Callable[..., Report]
) -> None:
    case.is_followed_up(on=MONDAY)
    if spoken is reopen.reopen_report:
        case.act(confirm.confirm_done, "reporter", rating=5)
        said = {"why": "Lubangnya terbuka lagi."}
    else:
        said = {"text": "Belum selesai."}
    Agency.objects.filter(code=HERE).update(is_receiving=False)

    case.act(spoken, "reporter", **said)

    assert case.holder == (Holder.AGENCY, "kota-uji")
    case.act(redispose_report, "admin-kota", to=THERE, reason=RedisposeReason.ERROR, note="Dinasnya sudah digabung.")
    assert case.holder == (Holder.UNIT, THERE)
