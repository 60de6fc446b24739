"""Handing over: what one officer has in hand goes to a colleague, in one step, and no report is left with nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from tests.builders import Case, World, officer_at
from tests.sop.days import at

from lapor.agencies.models import Absence, Agency, Appointment, Decree
from lapor.agencies.queries.takers import giver_in
from lapor.agencies.refusals import AppointmentEnded, LastOfficer, NotYours, UnknownAppointment, UnknownDecree
from lapor.kernel.actor import Actor
from lapor.messaging.handed import drain_handed
from lapor.reports.models import (
    AnswerDraft,
    Claim,
    HandOver,
    HandOverItem,
    HandOverLetter,
    OutgoingMessage,
    Response,
    SavedView,
)
from lapor.reports.queries.hand_over import belongings, hand_over_of
from lapor.reports.refusals import NotFound
from lapor.reports.usecases import claim, note
from lapor.reports.usecases import hand_over as module
from lapor.reports.usecases.answer import keep_draft, send_answer, send_due
from lapor.reports.usecases.end_seat import DeskWouldBeEmpty, ReportsWithoutHolder, StandsInThen, end_seat
from lapor.reports.usecases.hand_over import (
    CannotTake,
    give_back_due,
    hand_over_seat,
    hand_over_work,
    pass_on,
    pass_on_due,
)
from lapor.reports.usecases.views import keep_view
from lapor.sop.vocabulary import Action, Role

NOW = at("Mon 2 Mar 2026 09:00 WITA")
TODAY = date(2026, 3, 2)
WORDS = {"text": "Lubang di depan pasar kami periksa besok."}


def seat(who: Actor) -> int:
    return who.appointment or 0


def mate(world: World, role: Role = Role.LIAISON) -> Actor:
    """A second officer of roads, in the same role unless told otherwise."""
    world.actors["rekan"] = officer_at(world.agency("dinas-pupr"), role, "rekan")
    return world["rekan"]


def drafts(case: Case, who: str = "pp-pupr", **more: Any) -> AnswerDraft:
    report = case.report
    return keep_draft(
        code=report.number, action=Action.RESPOND_FIRST, fields=WORDS, actor=case.world[who], now=NOW,
        version=report.version, **more,
    )  # fmt: skip


def plans(case: Case) -> AnswerDraft:
    """Let the liaison plan an answer for tomorrow."""
    return send_answer(
        code=case.number, action=Action.RESPOND_FIRST, fields=WORDS, actor=case.world["pp-pupr"], now=NOW,
        later=NOW + timedelta(days=1),
    )  # fmt: skip


def hands_over(world: World, to: Actor, **more: Any) -> int:
    known = {"appointment": seat(world["pp-pupr"]), "successor": to.account, "ended_on": TODAY, "now": NOW}
    return hand_over_seat(**{**known, "actor": world["admin-kota"], **more})


def test_everything_personal_goes_to_the_successor_in_one_step(case: Case, world: World) -> None:
    case.is_disposed()
    planned = Case(world).is_disposed()
    leaving, successor = world["pp-pupr"], mate(world)
    drafts(case)
    plans(planned)
    keep_view(name="Merah", query="tab=disposed", is_shared=True, actor=leaving, now=NOW)
    keep_view(name="Milik saya", query="tab=disposed", actor=leaving, now=NOW)
    case.act(note.write_note, "admin-kota", text="Mohon dibaca.", mentions=[leaving.account])
    claim.hold_report(code=case.number, actor=leaving, now=NOW)
    giver = giver_in(seat(leaving), NOW)
    assert giver is not None
    foretold = belongings(giver, leaves=True)

    number = hands_over(world, successor)

    told = hand_over_of(world["admin-kota"], number)
    assert {one.number for one in foretold.drafts} == {case.number, planned.number}
    assert (foretold.views, foretold.mentions, foretold.reading) == (("Merah",), 1, 1)
    assert sorted((one.kind, one.number, one.why_left) for one in told.items) == sorted(
        [
            ("draft", case.number, ""),
            ("answer", planned.number, ""),
            ("view", "", ""),
            ("mention", case.number, ""),
        ]
    )
    mine = {row.report.number: row for row in AnswerDraft.objects.all()}
    assert {(row.account, row.appointment) for row in mine.values()} == {(successor.account, seat(successor))}
    assert mine[case.number].state == "kept"
    assert set(SavedView.objects.values_list("name", "account")) == {
        ("Merah", successor.account),
        ("Milik saya", leaving.account),
    }
    assert OutgoingMessage.objects.filter(account=successor.account, action="note").count() == 1
    assert not OutgoingMessage.objects.filter(account=leaving.account or 0, read_at=None).exists()
    assert not Claim.objects.filter(account=leaving.account or 0).exists()


def test_an_answer_planned_by_one_officer_never_leaves_in_anothers_name(case: Case, world: World) -> None:
    case.is_disposed()
    plans(case)

    hands_over(world, mate(world))
    send_due(now=NOW + timedelta(days=2))

    row = AnswerDraft.objects.get()
    assert (row.state, row.why, row.fields["text"]) == ("held_back", "HandedOver", WORDS["text"])
    assert case.report.first_response_at is None
    assert case.ledger[-1].startswith("S20 hold_back")
    told = OutgoingMessage.objects.get(report__code=case.code, action="hold_back")
    assert told.account == world["rekan"].account


def test_the_successor_sends_what_came_over(case: Case, world: World) -> None:
    case.is_disposed()
    plans(case)
    hands_over(world, mate(world))
    later = NOW + timedelta(hours=1)

    send_answer(
        code=case.number, action=Action.RESPOND_FIRST, fields=AnswerDraft.objects.get().fields,
        actor=world["rekan"], now=later, version=case.report.version,
    )  # fmt: skip
    assert send_due(now=later + timedelta(minutes=1)) == 1

    assert case.report.first_response_at == later
    assert not AnswerDraft.objects.exists()


def test_words_of_a_colleague_who_writes_the_same_answer_are_neither_mixed_nor_lost(case: Case, world: World) -> None:
    case.is_disposed()
    mate(world)
    drafts(case)
    keep_draft(
        code=case.number, action=Action.RESPOND_FIRST, fields={"text": "Kami kerjakan hari ini."},
        actor=world["rekan"], now=NOW, version=case.report.version,
    )  # fmt: skip

    number = hands_over(world, world["rekan"])

    assert {row.fields["text"] for row in AnswerDraft.objects.all()} == {WORDS["text"], "Kami kerjakan hari ini."}
    assert [one.why_left for one in hand_over_of(world["admin-kota"], number).items] == ["WritesAlready"]


def test_a_hand_over_on_a_later_day_happens_that_morning_and_once(case: Case, world: World) -> None:
    case.is_disposed()
    successor = mate(world)
    number = hands_over(world, successor, ended_on=TODAY + timedelta(days=3))
    drafts(case)  # the officer works on until then

    assert pass_on_due(now=at("Wed 4 Mar 2026 23:59 WITA")) == 0
    assert AnswerDraft.objects.get().account == world["pp-pupr"].account
    assert pass_on_due(now=at("Thu 5 Mar 2026 00:01 WITA")) == 1
    assert pass_on_due(now=at("Thu 5 Mar 2026 00:02 WITA")) == 0

    assert AnswerDraft.objects.get().account == successor.account
    assert HandOverLetter.objects.filter(hand_over=number).count() == 1


def test_a_hand_over_cut_short_is_taken_up_again_and_does_nothing_twice(
    case: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.is_disposed()
    other = Case(world).is_disposed()
    drafts(case)
    drafts(other)
    passing = module._pass_draft
    passed: list[int] = []

    def dies_after_one(pk: int, *rest: Any) -> None:
        if passed:
            raise KeyboardInterrupt
        passed.append(pk)
        passing(pk, *rest)

    monkeypatch.setattr(module, "_pass_draft", dies_after_one)
    with pytest.raises(KeyboardInterrupt):
        hands_over(world, mate(world))
    monkeypatch.setattr(module, "_pass_draft", passing)
    assert {row.account for row in AnswerDraft.objects.all()} == {world["pp-pupr"].account, world["rekan"].account}

    assert pass_on_due(now=NOW) == 1

    assert {row.account for row in AnswerDraft.objects.all()} == {world["rekan"].account}
    assert HandOverItem.objects.count() == 2


def test_after_the_decree_has_ended_the_successor_still_gets_what_was_begun(case: Case, world: World) -> None:
    case.is_disposed()
    drafts(case)
    city = world.agency("kota-uji")
    old = Decree.objects.create(
        institution=city, number="LAMA", signed_on=TODAY, valid_from=date(2026, 1, 1), valid_to=TODAY
    )
    Appointment.objects.filter(pk=seat(world["pp-pupr"])).update(decree=old)
    tomorrow, successor = NOW + timedelta(days=1), world["pp-kesehatan"]
    lasting = Decree.objects.get(institution=city, number="1/SK/UJI")
    known = {"ended_on": None, "now": tomorrow}

    with pytest.raises(UnknownDecree):
        hands_over(world, successor, **known)
    number = hands_over(world, successor, **known, decree=lasting.pk)

    taken = Appointment.objects.get(account=successor.account, agency__code="dinas-pupr")
    row = AnswerDraft.objects.get()
    assert (row.account, row.appointment) == (successor.account, taken.pk)
    assert hand_over_of(world["admin-kota"], number).due_on == TODAY + timedelta(days=1)
    with pytest.raises(AppointmentEnded):  # two admins with the same page: the second is told
        hands_over(world, successor, **known, decree=lasting.pk)
    assert HandOver.objects.count() == 1


def named_anew(world: World) -> Appointment:
    """Let the liaison's decree end today and a new one name the same person from tomorrow on."""
    city, days = world.agency("kota-uji"), {"signed_on": TODAY, "valid_from": date(2026, 1, 1)}
    old = Decree.objects.create(institution=city, number="LAMA", valid_to=TODAY, **days)
    Appointment.objects.filter(pk=seat(world["pp-pupr"])).update(decree=old)
    lasting, mine = Decree.objects.get(number="1/SK/UJI", institution=city), Appointment.objects
    account = world["pp-pupr"].account or 0
    first = TODAY + timedelta(days=1)
    return mine.create(
        account_id=account, agency=world.agency("dinas-pupr"), role="liaison", decree=lasting, starts_on=first
    )


def test_S18_an_answer_planned_under_last_years_decree_leaves_by_the_new_one(case: Case, world: World) -> None:
    case.is_disposed()
    plans(case)
    again = named_anew(world)

    assert send_due(now=NOW + timedelta(days=1, minutes=1)) == 1

    assert not AnswerDraft.objects.exists()
    assert Response.objects.get(report__code=case.code, kind="first_response").appointment == again.pk


def test_S18_what_was_begun_under_last_years_decree_goes_over_too(case: Case, world: World) -> None:
    case.is_disposed()
    drafts(case)
    again, successor = named_anew(world), mate(world)
    tomorrow = NOW + timedelta(days=1)

    number = hands_over(world, successor, appointment=again.pk, ended_on=TODAY + timedelta(days=1), now=tomorrow)

    assert [one.number for one in hand_over_of(world["admin-kota"], number).items] == [case.number]
    assert AnswerDraft.objects.get().account == successor.account


def test_one_hand_over_that_breaks_does_not_stop_the_next_one(
    case: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.is_disposed()
    drafts(case)
    later = TODAY + timedelta(days=1)
    broken = hands_over(world, world["pp-kesehatan"], appointment=seat(world["petugas-bina-marga"]), ended_on=later,
                        decree=Decree.objects.get(institution__code="kota-uji").pk)  # fmt: skip
    hands_over(world, mate(world), ended_on=later)
    passing = module.pass_on

    def breaks(hand_over: int, *, now: datetime) -> bool:
        if hand_over == broken:
            raise RuntimeError("poison")
        return passing(hand_over, now=now)

    monkeypatch.setattr(module, "pass_on", breaks)

    assert pass_on_due(now=NOW + timedelta(days=1)) == 1
    assert AnswerDraft.objects.get().account == world["rekan"].account


# --- Away ----------------------------------------------------------------------------------------


def away(world: World, first: int, last: int) -> None:
    days = {"first_day": TODAY + timedelta(days=first), "last_day": TODAY + timedelta(days=last)}
    deputy = world["pimpinan-pupr"].account or 0
    Absence.objects.create(appointment_id=seat(world["pp-pupr"]), deputy_id=deputy, **days)


def hands_work(world: World, **more: Any) -> int:
    known = {"appointment": seat(world["pp-pupr"]), "receiver": world["pimpinan-pupr"].account, "now": NOW}
    return hand_over_work(**{**known, "actor": world["admin-kota"], **more})


def test_the_deputy_gets_the_work_on_the_first_day_of_the_absence_under_the_absent_officers_seat(
    case: Case, world: World
) -> None:
    case.is_disposed()
    drafts(case)
    keep_view(name="Merah", query="tab=disposed", is_shared=True, actor=world["pp-pupr"], now=NOW)
    away(world, 1, 5)

    hands_work(world)
    assert AnswerDraft.objects.get().account == world["pp-pupr"].account
    assert pass_on_due(now=NOW + timedelta(days=1)) == 1

    row = AnswerDraft.objects.get()
    assert (row.account, row.appointment) == (world["pimpinan-pupr"].account, seat(world["pp-pupr"]))
    assert SavedView.objects.get().account == world["pp-pupr"].account  # who comes back finds their own views
    assert Appointment.objects.get(pk=seat(world["pp-pupr"])).ended_on is None


def goes_back(moment: datetime) -> int:
    module._looked.clear()  # another clock, or the same one an hour later
    return give_back_due(now=moment)


def test_who_comes_back_gets_what_the_deputy_began_in_their_seat_and_nothing_else(case: Case, world: World) -> None:
    """The deputy is a liaison too, with a draft of their own."""
    case.is_disposed()
    own = Case(world).is_disposed()
    deputy = mate(world)
    days = {"first_day": TODAY, "last_day": TODAY + timedelta(days=1)}
    Absence.objects.create(appointment_id=seat(world["pp-pupr"]), deputy_id=deputy.account or 0, **days)
    drafts(own, "rekan")
    world.actors["pelaksana"] = replace(world["pp-pupr"], account=deputy.account)
    drafts(case, "pelaksana")

    assert goes_back(at("Tue 3 Mar 2026 23:59 WITA")) == 0
    assert goes_back(at("Wed 4 Mar 2026 00:01 WITA")) == 1
    assert goes_back(at("Wed 4 Mar 2026 02:00 WITA")) == 0

    owners = dict(AnswerDraft.objects.values_list("report__number", "account"))
    assert owners == {case.number: world["pp-pupr"].account, own.number: deputy.account}
    assert HandOverLetter.objects.get().hand_over.receiver == world["pp-pupr"].account


def test_an_absence_that_goes_on_with_the_same_deputy_is_not_over(case: Case, world: World) -> None:
    case.is_disposed()
    away(world, 0, 1)
    away(world, 2, 4)
    world.actors["pelaksana"] = replace(world["pp-pupr"], account=world["pimpinan-pupr"].account)
    drafts(case, "pelaksana")

    assert goes_back(NOW + timedelta(days=2)) == 0
    assert goes_back(NOW + timedelta(days=5)) == 1


def test_what_must_stay_with_the_deputy_is_not_tried_every_hour(case: Case, world: World) -> None:
    case.is_disposed()
    away(world, 0, 1)
    world.actors["pelaksana"] = replace(world["pp-pupr"], account=world["pimpinan-pupr"].account)
    drafts(case, "pelaksana")
    drafts(case)  # the officer, away, writes the same answer

    done = [goes_back(at(f"Wed 4 Mar 2026 {hour:02}:00 WITA")) for hour in (1, 2, 3)]

    assert done == [1, 0, 0]
    assert [item.why_left for item in HandOverItem.objects.all()] == ["WritesAlready"]
    assert HandOverLetter.objects.count() == 1


def test_nobody_takes_work_who_may_not_act_there(case: Case, world: World) -> None:
    case.is_disposed()
    drafts(case)

    for stranger in ("pimpinan-pupr", "pp-kesehatan", "admin-kota"):
        with pytest.raises(CannotTake):
            hands_work(world, receiver=world[stranger].account)

    assert AnswerDraft.objects.get().account == world["pp-pupr"].account
    assert not HandOver.objects.exists()


def test_a_colleague_whose_role_ended_before_the_day_gets_nothing(case: Case, world: World) -> None:
    case.is_disposed()
    drafts(case)
    successor = mate(world)
    hands_over(world, successor, ended_on=TODAY + timedelta(days=3))
    Appointment.objects.filter(pk=seat(successor)).update(ended_on=TODAY + timedelta(days=1))

    assert pass_on_due(now=NOW + timedelta(days=3)) == 0

    assert AnswerDraft.objects.get().account == world["pp-pupr"].account


# --- Who may, who is told ------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["pp-pupr", "pimpinan-pupr", "admin-lembaga", "inspektorat", "ombudsman"])
def test_only_who_manages_the_desk_hands_over(case: Case, world: World, who: str) -> None:
    case.is_disposed()
    drafts(case)
    mate(world)
    away(world, 0, 5)

    with pytest.raises(NotYours):
        hands_over(world, world["rekan"], actor=world[who])
    with pytest.raises(NotYours):
        hands_work(world, actor=world[who])

    assert AnswerDraft.objects.get().account == world["pp-pupr"].account
    assert Appointment.objects.get(pk=seat(world["pp-pupr"])).ended_on is None


def test_the_result_is_read_by_who_arranged_it_and_who_has_it_now_and_by_nobody_else(case: Case, world: World) -> None:
    case.is_disposed()
    drafts(case)
    number = hands_over(world, mate(world))

    for reader in ("admin-kota", "admin-pusat", "rekan"):
        assert [one.number for one in hand_over_of(world[reader], number).items] == [case.number]
    for stranger in ("pimpinan-pupr", "pp-pupr", "pp-kesehatan", "admin-lembaga", "inspektorat"):
        with pytest.raises(NotFound):
            hand_over_of(world[stranger], number)
    with pytest.raises(NotFound):
        hand_over_of(world["admin-pusat"], 0)


def test_the_colleague_is_told_by_a_letter_with_figures_and_a_link_once(case: Case, world: World) -> None:
    case.is_disposed()
    drafts(case)
    plans(Case(world).is_disposed())
    number = hands_over(world, mate(world))

    for _ in range(3):
        drain_handed(now=NOW)

    (letter,) = [one for one in mail.outbox if "serah terima" in one.subject]
    assert letter.to == ["rekan@contoh.example"]
    assert "1 konsep" in letter.body
    assert "1 jawaban" in letter.body
    assert f"/meja/serah-terima/{number}/" in letter.body
    assert "berlubang" not in letter.body
    assert "Pp-Pupr" not in letter.body


def test_an_unknown_seat_is_no_seat(world: World) -> None:
    with pytest.raises(UnknownAppointment):
        hands_over(world, world["pp-kesehatan"], appointment=0)
    with pytest.raises(UnknownAppointment):
        hands_work(world, appointment=0)


def test_what_was_done_is_not_done_again(case: Case, world: World) -> None:
    case.is_disposed()
    drafts(case)
    number = hands_over(world, mate(world))

    assert pass_on(number, now=NOW) is False
    assert HandOverLetter.objects.count() == 1


# --- Nobody follows ------------------------------------------------------------------------------


def ends(world: World, who: str = "pp-pupr", **more: Any) -> None:
    end_seat(**{"appointment": seat(world[who]), "ended_on": TODAY, "actor": world["admin-kota"], "now": NOW, **more})


def test_S16_the_last_officer_does_not_leave_open_reports_with_nobody(case: Case, world: World) -> None:
    case.is_disposed()

    for meant in (False, True):
        with pytest.raises(ReportsWithoutHolder) as refused:
            ends(world, may_be_empty=meant)

    assert refused.value.work.numbers == (case.number,)
    assert Appointment.objects.get(pk=seat(world["pp-pupr"])).ended_on is None


def test_with_a_colleague_in_the_role_one_may_go(case: Case, world: World) -> None:
    case.is_disposed()
    mate(world)

    ends(world)

    assert Appointment.objects.get(pk=seat(world["pp-pupr"])).ended_on == TODAY


def test_who_stands_in_for_a_colleague_then_does_not_just_leave(world: World) -> None:
    colleague = mate(world)
    days = {"first_day": TODAY + timedelta(days=3), "last_day": TODAY + timedelta(days=5)}
    Absence.objects.create(appointment_id=seat(colleague), deputy_id=world["pp-pupr"].account or 0, **days)

    with pytest.raises(StandsInThen):
        ends(world)
    with pytest.raises(NotYours):
        ends(world, actor=world["admin-lembaga"])
    ends(world, ended_on=TODAY + timedelta(days=6))


def test_an_empty_desk_is_left_empty_only_when_that_is_meant(world: World) -> None:
    with pytest.raises(DeskWouldBeEmpty):
        ends(world)
    ends(world, may_be_empty=True)

    assert Appointment.objects.get(pk=seat(world["pp-pupr"])).ended_on == TODAY


@pytest.mark.parametrize(
    ("who", "make", "strands"),
    [
        ("petugas-bina-marga", "is_with_unit_officer", True),
        ("pp-pupr", "is_with_unit_officer", True),  # it comes back to the liaison
        ("petugas-bina-marga", "is_disposed", False),
        ("pimpinan-pupr", "is_disposed", False),
        ("admin-kota", "is_submitted", True),
        ("pp-kesehatan", "is_disposed", False),
    ],
)
def test_which_reports_wait_for_which_role(case: Case, world: World, who: str, make: str, *, strands: bool) -> None:
    getattr(case, make)()

    with pytest.raises(ReportsWithoutHolder if strands else LastOfficer) as refused:
        ends(world, who, actor=world["admin-pusat"])

    assert isinstance(refused.value, ReportsWithoutHolder) is strands


def test_agency_of_another_institution_ends_nothing(case: Case, world: World) -> None:
    with pytest.raises(NotYours):
        ends(world, actor=world["admin-lembaga"])

    assert Agency.objects.get(code="dinas-pupr").appointments.filter(ended_on=None).exists()
