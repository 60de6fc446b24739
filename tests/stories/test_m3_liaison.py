"""M3, S60 to S70: what a Pejabat Penghubung does with the reports of the own unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.builders import Case, World, draft
from tests.sop.days import at, on
from tests.stories.telling import breaches_of, refused, words_of

from lapor.reports.drafts import Receipt
from lapor.reports.models import Breach, Report
from lapor.reports.queries import inbox
from lapor.reports.queries.case import case as case_of
from lapor.reports.queries.inbox import Tab
from lapor.reports.refusals import InvalidInput, NotFound, NotPermitted
from lapor.reports.usecases import accept, brief, forward, reply, respond
from lapor.reports.usecases.record_manual import Settled, record_manual
from lapor.sop.vocabulary import Action, Clock, Holder, Status

NOON = "Mon 2 Mar 2026 12:00 WITA"


@pytest.fixture
def disposed(case: Case) -> Case:
    """A report that was disposed to the public-works unit on Monday 2 March 2026 at nine."""
    return case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")


@pytest.fixture
def answering(disposed: Case) -> Case:
    """The same report after its first response."""
    disposed.act(respond.respond_first, "pp-pupr", text="Kami periksa lokasi besok pagi.")
    return disposed


def recorded(world: World, who: str = "pp-pupr", **fields: Any) -> Receipt:
    """Return the receipt of a complaint that an officer typed in twelve minutes."""
    moments = {"now": at(NOON), "started_at": at("Mon 2 Mar 2026 11:48 WITA"), "key": f"entri-{who}", **fields}
    made = draft(channel=moments.pop("channel", "counter"), text=moments.pop("text", draft().text))
    return record_manual(made, actor=world[who], **moments)


SETTLED = Settled(
    received_at=at("Fri 13 Feb 2026 10:00 WITA"),
    answer="Lubang ditambal dan diperiksa bersama pelapor.",
    done_on=on("Wed 18 Feb 2026"),
    done_by="Tim Bina Marga",
)


def test_S60_the_liaison_s_duties_are_the_steps_offered(disposed: Case, world: World) -> None:
    offered = {choice.step.action for choice in case_of(world["pp-pupr"], disposed.code, disposed.now).choices}

    assert offered >= {Action.ACCEPT, Action.CONSULT, Action.FORWARD, Action.RESPOND_FIRST, Action.RETURN, Action.ASK}
    assert not offered & {Action.DISPOSE, Action.REQUEST_CLOSING, Action.APPROVE_CLOSING, Action.ARCHIVE}


def test_S61_the_liaison_accepts_the_disposition(disposed: Case) -> None:
    clock = disposed.clock(Clock.ACCEPT)
    assert (clock.target, clock.limit, clock.unit) == (10, None, "service_minutes")
    disposed.act(accept.accept_disposition, "pp-pupr")

    assert disposed.report.accepted_at == disposed.now
    assert disposed.clock(Clock.ACCEPT).state == "met"
    assert disposed.status == Status.DISPOSED  # accepting is not yet following up
    with refused(disposed):
        disposed.act(accept.accept_disposition, "pp-pupr")
    with refused(disposed, NotFound):
        disposed.act(accept.accept_disposition, "pp-kesehatan")


def test_S61_ten_minutes_are_a_target_in_service_hours_and_never_a_breach(case: Case) -> None:
    case.is_disposed(on="Fri 6 Mar 2026 20:00 WITA")
    assert case.clock(Clock.ACCEPT).target_at == at("Mon 9 Mar 2026 07:40 WITA")

    case.sweep("Mon 9 Mar 2026 17:00 WITA")

    assert breaches_of(case) == []


def test_S62_the_first_response_is_how_the_liaison_begins_to_follow_up(answering: Case) -> None:
    assert answering.status == Status.IN_PROGRESS
    assert answering.ledger[-1] == "S31 S62 respond_first by liaison"
    assert answering.report.accepted_at is not None
    assert answering.report.followed_up_at is None


def test_S63_red_while_nothing_was_done_and_yellow_in_progress(disposed: Case, world: World) -> None:
    tabs = {view.tab: view.status for view in inbox.tabs(world["pp-pupr"])}
    assert tabs[Tab.DISPOSED] == Status.DISPOSED
    assert tabs[Tab.IN_PROGRESS] == Status.IN_PROGRESS

    disposed.sweep("Tue 31 Mar 2026 09:00 WITA")

    assert disposed.status == Status.DISPOSED  # lateness never changes the status, so never its colour


def test_S64_the_head_is_briefed_and_has_five_to_ten_days(answering: Case) -> None:
    answering.act(brief.brief_head, "pp-pupr", text="Perlu alat berat dan anggaran.")

    assert answering.holder == (Holder.HEAD, "dinas-pupr")
    assert answering.status == Status.IN_PROGRESS
    assert answering.told == {"head of dinas-pupr"}
    assert answering.clock(Clock.HEAD).target == 5
    assert answering.due(Clock.HEAD) == on("Mon 16 Mar 2026")
    assert words_of(answering)[-1][1] == "officers"


def test_S64_the_inbox_shows_what_waits_for_the_head(answering: Case, world: World) -> None:
    answering.act(brief.brief_head, "pp-pupr", text="Mohon arahan.")

    rows = inbox.inbox(world["pimpinan-pupr"], Tab.HEAD, now=answering.now).rows

    assert [row.number for row in rows] == [answering.number]
    answering.act(brief.approve, "pimpinan-pupr")
    assert inbox.inbox(world["pimpinan-pupr"], Tab.HEAD, now=answering.now).rows == ()
    assert answering.told == {"dinas-pupr"}


def test_S65_a_first_response_comes_before_the_briefing(disposed: Case) -> None:
    with refused(disposed):
        disposed.act(brief.brief_head, "pp-pupr", text="Mohon arahan.")


def test_S66_the_follow_up_says_whether_field_work_was_needed(answering: Case) -> None:
    answering.is_followed_up()

    assert answering.report.needs_field_work is True
    assert answering.ledger[-1] == "S66 S67 follow_up by liaison"


def test_S67_what_was_done_is_uploaded_with_day_and_team(answering: Case) -> None:
    answering.is_followed_up(on="Wed 4 Mar 2026 15:00 WITA")

    told = answering.report.responses.get(kind="follow_up")
    assert (told.done_on, told.done_by) == (on("Wed 4 Mar 2026"), "Tim Bina Marga")
    assert answering.told == {"reporter", "kota-uji"}
    assert answering.running == {Clock.SILENCE, Clock.SILENCE_REMINDER}
    assert answering.clock(Clock.SUBSTANTIVE).state == "met"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"done_on": on("Tue 3 Mar 2026")}, "done_on"),
        ({"done_on": None}, "done_on"),
        ({"done_by": " "}, "done_by"),
        ({"text": ""}, "text"),
    ],
)
def test_S67_a_follow_up_without_day_team_or_words_is_refused(
    answering: Case, wrong: dict[str, Any], field: str
) -> None:
    said = {"text": "Sudah ditambal.", "done_on": on("Mon 2 Mar 2026"), "done_by": "Bina Marga", "field_work": False}

    with refused(answering, InvalidInput) as refusal:
        answering.act(respond.follow_up, "pp-pupr", **{**said, **wrong})
    assert refusal.value.field == field


def test_S67_before_a_first_response_there_is_no_follow_up(disposed: Case) -> None:
    with refused(disposed):
        disposed.is_followed_up()


def test_S67_while_the_head_or_a_satuan_kerja_has_it_it_must_first_come_back(answering: Case) -> None:
    answering.act(brief.brief_head, "pp-pupr", text="Mohon arahan.")
    with refused(answering):
        answering.is_followed_up()

    answering.act(forward.recall_report, "pp-pupr", why="Pimpinan dinas luar.")
    answering.is_followed_up()

    assert answering.holder == (Holder.REPORTER, "")


def test_S68_a_settled_complaint_is_entered_with_its_original_dates(world: World, case: Case) -> None:
    case.code = recorded(world, settled=SETTLED).code

    assert (case.status, case.report.close_reason) == (Status.CLOSED, "settled")
    assert case.report.received_at == SETTLED.received_at
    assert case.report.responses.get(kind="follow_up").done_on == on("Wed 18 Feb 2026")
    assert case.told == {"reporter", "kota-uji"}
    assert case.ledger == ["S68 record_settled by liaison"]
    assert case.running == set()


def test_S68_an_open_complaint_begins_at_the_desk_that_typed_it(world: World, case: Case) -> None:
    case.code = recorded(world).code

    assert case.status == Status.DISPOSED
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"reporter", "kota-uji"}
    assert case.running >= {Clock.FIRST_RESPONSE, Clock.SUBSTANTIVE, Clock.ESCALATION}

    elsewhere = Case(world)
    elsewhere.code = recorded(world, who="admin-kota").code
    assert elsewhere.holder == (Holder.AGENCY, "kota-uji")
    assert elsewhere.status == Status.UNVERIFIED


@pytest.mark.parametrize("who", ["petugas-bina-marga", "pimpinan-pupr", "admin-pusat", "panrb", "ombudsman"])
def test_S68_only_liaisons_and_admins_of_institutions_enter_complaints(world: World, who: str) -> None:
    with pytest.raises(NotPermitted):
        recorded(world, who=who)

    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"received_at": at("Tue 3 Mar 2026 10:00 WITA")},
        {"done_on": on("Tue 3 Mar 2026")},
        {"done_on": on("Thu 12 Feb 2026")},
        {"done_by": ""},
        {"answer": "  "},
    ],
    ids=["received in days to come", "done in days to come", "done before it came in", "by nobody", "no answer"],
)
def test_S68_impossible_dates_are_refused_and_nothing_is_kept(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        recorded(world, settled=replace(SETTLED, **wrong))

    assert not Report.objects.exists()


@pytest.mark.parametrize(("began", "late"), [("Mon 2 Mar 2026 11:45 WITA", False), ("Mon 2 Mar 2026 11:44 WITA", True)])
def test_S69_more_than_fifteen_minutes_at_the_form_is_a_breach(world: World, began: str, late: bool) -> None:
    receipt = recorded(world, started_at=at(began))

    breach = Breach.objects.filter(report__code=receipt.code, clock="manual_entry").first()
    assert (breach is not None) is late
    if breach:
        assert (breach.desk_id, breach.appointment) == (world["pp-pupr"].desk, world["pp-pupr"].appointment)
        assert breach.planned_at == at("Mon 2 Mar 2026 11:59 WITA")


def test_S69_the_same_form_sent_twice_makes_one_report(world: World) -> None:
    first, second = recorded(world, settled=SETTLED), recorded(world, settled=SETTLED)

    assert (second.code, second.repeated) == (first.code, True)
    assert Report.objects.count() == 1


def test_S70_ten_days_of_silence_and_sixty_without_follow_up_hold_in_this_sop_too(answering: Case) -> None:
    untouched = Case(answering.world).is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    answering.is_followed_up()

    answering.sweep("Thu 11 Jun 2026 00:05 WITA")

    assert (answering.status, answering.report.close_reason) == (Status.CLOSED, "silence")
    assert answering.ledger[-1] == "S33 S70 lapse by clock"
    assert untouched.status == Status.ESCALATED
    assert "S34 S70 escalate by clock" in untouched.ledger


def test_a_reply_before_any_answer_is_heard_and_changes_nothing(disposed: Case) -> None:
    running = disposed.running
    disposed.act(reply.reply, "reporter", text="Lubangnya makin besar.")

    assert disposed.told == {"dinas-pupr"}
    assert disposed.running == running
