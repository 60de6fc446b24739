"""What all four SOPs of the city share, S16 to S26: people, breaches, registers, working together, the national system.

How officers are appointed and how long they serve (S16 to S18) is told in test_people.py.
"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.agencies.people import away
from tests.builders import Case, World, officer_at
from tests.sop.days import at, on
from tests.stories.telling import breaches_of, refused, told_of, words_of

from lapor.agencies.models import Appointment, Decree
from lapor.agencies.queries.roles import actors_of
from lapor.identity.models import Account
from lapor.insights.breaches import breach_rows
from lapor.insights.scope import scope_of
from lapor.insights.steps import step_register
from lapor.kernel.actor import officer
from lapor.ledger import book
from lapor.ledger.models import Entry
from lapor.reports.imports import ImportRow
from lapor.reports.models import Breach, Deadline, OutgoingMessage, Report
from lapor.reports.queries.case import case as case_of
from lapor.reports.queries.track import track
from lapor.reports.refusals import (
    DeskNotReceiving,
    InvalidInput,
    NotFound,
    NotPermitted,
    NotYourDesk,
    Refusal,
    StalePage,
)
from lapor.reports.usecases import (
    accept,
    brief,
    complete,
    confirm,
    forward,
    handlers,
    import_,
    link,
    note,
    redispose,
    respond,
    return_,
)
from lapor.reports.usecases.breach import acknowledge_breach, explain_breach
from lapor.sop.table import STEPS
from lapor.sop.vocabulary import Action, Clock, Holder, LinkKind, Role, Status

# --- Who may act: decree, person, desk (S16 to S20) ----------------------------------------------


def test_S16_S17_without_a_decree_in_force_there_is_no_role(case: Case, world: World) -> None:
    case.is_disposed()
    account = Account.objects.get(login="pp-pupr")
    assert [actor.role for actor in actors_of(account, case.now)] == [Role.LIAISON]

    Decree.objects.update(valid_to=on("Sun 1 Mar 2026"))

    assert actors_of(account, case.now) == ()


def test_S18_a_decree_of_the_next_year_gives_the_role_back(case: Case, world: World) -> None:
    seat = Appointment.objects.get(pk=officer(world["pp-pupr"]))
    Decree.objects.update(valid_to=on("Wed 31 Dec 2025"))
    renewed = Decree.objects.create(
        institution=world.agency("kota-uji"),
        number="37/I/2026",
        signed_on=on("Mon 5 Jan 2026"),
        valid_from=on("Mon 5 Jan 2026"),
        valid_to=on("Thu 31 Dec 2026"),
    )
    Appointment.objects.create(account=seat.account, agency=seat.agency, role=seat.role, decree=renewed)

    assert actors_of(seat.account, on("Fri 2 Jan 2026")) == ()
    assert [actor.role for actor in actors_of(seat.account, case.now)] == [Role.LIAISON]


def test_S19_each_step_is_open_to_who_signs_in_and_to_nothing_else(case: Case, world: World) -> None:
    case.is_disposed()

    offered = {
        choice.step.action for choice in case_of(world["pp-pupr"], case.code, case.now).choices if choice.is_open
    }

    assert offered >= {Action.ACCEPT, Action.RETURN, Action.ASK, Action.RESPOND_FIRST, Action.FORWARD}


def test_S20_every_step_names_the_appointment_and_the_desk_that_took_it(case: Case, world: World) -> None:
    case.is_in_progress()

    for entry in Entry.objects.filter(subject=case.report.pk, role="liaison"):
        assert (entry.appointment, entry.desk) == (world["pp-pupr"].appointment, world["pp-pupr"].desk)
    assert book.problems_of(case.report.pk) == []


def test_S20_a_deputy_acts_under_the_absent_officer_s_appointment(case: Case, world: World) -> None:
    case.is_disposed()
    officer_at(world.agency("dinas-pupr"), Role.HEAD, "sari-pupr")
    absent = Appointment.objects.get(pk=officer(world["pp-pupr"]))
    away(absent, Account.objects.get(login="sari-pupr"), "Mon 2 Mar 2026", "Fri 6 Mar 2026")
    stands_in = next(
        actor for actor in actors_of(Account.objects.get(login="sari-pupr"), case.now) if actor.appointment == absent.pk
    )

    accept.accept_disposition(code=case.code, actor=stands_in, now=case.now)

    last = Entry.objects.filter(subject=case.report.pk).latest("seq")
    assert (last.action, last.appointment) == ("accept", absent.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET role = 'head'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry CASCADE",
        "TRUNCATE reports_report CASCADE",
        "TRUNCATE reports_reporttext CASCADE",
        "TRUNCATE reports_breach CASCADE",
        "DELETE FROM reports_report",
    ],
)
def test_S20_what_was_done_cannot_be_undone_in_the_database(case: Case, statement: str) -> None:
    case.is_submitted()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what hangs in the air would be refused for its own reason
        with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
            cursor.execute(statement)

    assert Entry.objects.filter(subject=case.report.pk).count() == 1


# --- Deviations are answered for (S21) and registered (S22) ---------------------------------------


@pytest.fixture
def late(case: Case) -> Case:
    """A report whose first response was due on Monday 16 March 2026 and was not given."""
    case.is_disposed(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Tue 17 Mar 2026 08:00 WITA")
    return case


def breach_of(case: Case, clock: Clock = Clock.FIRST_RESPONSE) -> Breach:
    return Breach.objects.get(report__code=case.code, clock=str(clock))


def test_S21_a_limit_that_passed_is_a_breach_of_the_responsible_officer(late: Case, world: World) -> None:
    breach = breach_of(late)

    assert (Clock.FIRST_RESPONSE, "dinas-pupr", on("Mon 16 Mar 2026")) in breaches_of(late)
    assert breach.appointment == world["pp-pupr"].appointment
    assert breach.actual_at is None
    assert told_of(late, Action.BREACH) == {"dinas-pupr", "head of dinas-pupr"}
    assert "S21 breach by clock" in late.ledger


def test_S21_a_second_sweep_records_nothing_twice(late: Case) -> None:
    before = breaches_of(late)
    late.sweep()
    late.sweep("Tue 17 Mar 2026 09:00 WITA")

    assert breaches_of(late) == before


def test_S21_the_step_done_after_all_is_written_beside_the_plan(late: Case) -> None:
    late.act(respond.respond_first, "pp-pupr", text="Maaf terlambat, kami periksa hari ini.")

    assert breach_of(late).actual_at == late.now
    assert late.clock(Clock.FIRST_RESPONSE).state == "met"


def test_S21_the_officer_explains_and_the_head_acknowledges(late: Case, world: World) -> None:
    breach = breach_of(late).pk
    with pytest.raises(Refusal, match="belum menjelaskan"):
        acknowledge_breach(breach=breach, actor=world["pimpinan-pupr"], now=late.now)

    explain_breach(breach=breach, text="Petugas sakit, tanpa pengganti.", actor=world["pp-pupr"], now=late.now)
    acknowledge_breach(breach=breach, text="Pengganti ditunjuk.", actor=world["pimpinan-pupr"], now=late.now)

    kept = breach_of(late)
    assert kept.explained_by == world["pp-pupr"].appointment
    assert kept.acknowledged_by == world["pimpinan-pupr"].appointment
    assert late.ledger[-2:] == ["S21 explain_breach by liaison", "S21 acknowledge_breach by head"]
    with pytest.raises(Refusal):
        explain_breach(breach=breach, text="Sebenarnya lain.", actor=world["pp-pupr"], now=late.now)
    assert breach_of(late).explanation == "Petugas sakit, tanpa pengganti."


def test_S21_nobody_answers_for_another_desk_s_breach(late: Case, world: World) -> None:
    breach = breach_of(late).pk
    for stranger in ("pp-kesehatan", "petugas-bina-marga", "admin-lembaga", "ombudsman"):
        with pytest.raises(NotFound):
            explain_breach(breach=breach, text="Bukan kami.", actor=world[stranger], now=late.now)
    with pytest.raises(NotYourDesk):
        explain_breach(breach=breach, text="Unit itu terlambat.", actor=world["admin-kota"], now=late.now)
    with pytest.raises(NotPermitted):
        acknowledge_breach(breach=breach, actor=world["pp-pupr"], now=late.now)
    with pytest.raises(InvalidInput):
        explain_breach(breach=breach, text="  ", actor=world["pp-pupr"], now=late.now)
    assert breach_of(late).explained_at is None


def test_S21_who_explained_does_not_acknowledge(case: Case, world: World) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Fri 6 Mar 2026 08:00 WITA")
    breach = breach_of(case, Clock.VERIFY_AGENCY).pk
    explain_breach(breach=breach, text="Antrean panjang.", actor=world["admin-kota"], now=case.now)

    with pytest.raises(Refusal):
        acknowledge_breach(breach=breach, actor=world["admin-kota"], now=case.now)
    acknowledge_breach(breach=breach, actor=world["admin-pusat"], now=case.now)

    assert breach_of(case, Clock.VERIFY_AGENCY).acknowledged_by == world["admin-pusat"].appointment


def test_S21_the_head_of_a_unit_answers_for_the_satuan_kerja_below(case: Case, world: World) -> None:
    case.is_with_unit_officer(on="Mon 2 Mar 2026 09:00 WITA")
    case.sweep("Tue 10 Mar 2026 08:00 WITA")
    breach = breach_of(case, Clock.UNIT_ANSWERS).pk
    assert {"bidang-bina-marga", "head of dinas-pupr"} <= told_of(case, Action.BREACH)

    explain_breach(breach=breach, text="Alat berat rusak.", actor=world["petugas-bina-marga"], now=case.now)
    with pytest.raises(NotFound):
        acknowledge_breach(breach=breach, actor=world["pimpinan-kesehatan"], now=case.now)
    acknowledge_breach(breach=breach, actor=world["pimpinan-pupr"], now=case.now)

    assert breach_of(case, Clock.UNIT_ANSWERS).acknowledged_at == case.now


def test_S21_a_unit_still_answers_after_the_report_went_to_another(late: Case, world: World) -> None:
    late.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="error")

    explain_breach(breach=breach_of(late).pk, text="Bukan jalan kami.", actor=world["pp-pupr"], now=late.now)

    assert breach_of(late).explained_by == world["pp-pupr"].appointment


def test_S22_every_step_and_every_breach_can_be_exported(late: Case, world: World) -> None:
    late.act(respond.respond_first, "pp-pupr", text="Maaf terlambat.")
    late.on("Wed 25 Mar 2026 09:00 WITA")
    month = on("Sun 1 Mar 2026"), on("Tue 31 Mar 2026")

    steps = list(step_register(scope_of(world["admin-kota"]), *month))
    breaches = list(breach_rows(scope_of(world["admin-kota"]), *month))

    assert {row.action for row in steps} >= {Action.SUBMIT, Action.DISPOSE, Action.BREACH, Action.RESPOND_FIRST}
    response = next(row for row in steps if row.clock is Clock.FIRST_RESPONSE)
    assert (response.planned_on, response.in_time) == (on("Mon 16 Mar 2026"), False)
    assert {row.clock for row in breaches} >= {Clock.FIRST_RESPONSE}
    assert list(step_register(scope_of(world["admin-lembaga"]), *month)) == []


def test_S23_the_sops_are_one_workflow_in_one_table(case: Case) -> None:
    """A row of every SOP is taken on the way of a single report."""
    case.is_in_progress()
    case.is_followed_up()
    case.act(confirm.confirm_done, "reporter", rating=4)

    assert len(case.ledger) == len(set(case.ledger)) == 6
    assert {step.rule for step in STEPS} >= {"S29 S43", "S61", "S31 S62", "S66 S67"}


# --- Working together (S24, S25) -----------------------------------------------------------------


def test_S24_inside_a_unit_the_report_is_passed_on_until_it_is_done(case: Case) -> None:
    case.is_with_unit_officer()
    assert case.report.accepted_at == case.now  # to pass it on is to have accepted it

    case.act(forward.recall_report, "pp-pupr", why="Ternyata bagian lain.")

    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"bidang-bina-marga"}
    assert Clock.UNIT_ANSWERS not in case.running
    with refused(case, DeskNotReceiving):
        case.act(forward.forward_report, "pp-pupr", to="kantor-wilayah")  # below another unit


def test_S24_the_head_instructs_and_the_liaison_has_it_again(case: Case) -> None:
    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text="Perlu alat berat.")
    with refused(case, NotFound):
        case.act(brief.instruct, "pimpinan-kesehatan", text="Kerjakan.")

    case.act(brief.instruct, "pimpinan-pupr", text="Kerjakan besok, laporkan fotonya.")

    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"dinas-pupr"}
    assert case.clock(Clock.HEAD).state == "met"
    assert case.due(Clock.SUBSTANTIVE) == on("Fri 27 Mar 2026")  # never restarted by what happens inside


def test_S24_several_units_act_and_one_of_them_leads(case: Case, world: World) -> None:
    case.is_disposed()
    case.act(handlers.add_handler, "admin-kota", to="dinas-kesehatan", text="Ada genangan dan nyamuk.")

    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"dinas-kesehatan", "dinas-pupr", "reporter"}
    leg = Deadline.objects.get(report__code=case.code, leg__desk=world["pp-kesehatan"].desk)
    assert (leg.clock, leg.state) == ("unit_answers", "running")
    for to in ("dinas-kesehatan", "dinas-pupr"):  # neither twice nor beside itself
        with refused(case, DeskNotReceiving):
            case.act(handlers.add_handler, "admin-kota", to=to)
    with refused(case, NotPermitted):
        case.act(respond.respond_first, "pp-kesehatan", text="Kami jawab saja.")

    case.act(handlers.contribute, "pp-kesehatan", text="Sudah kami asapi.")

    assert case.told == {"dinas-pupr"}
    leg.refresh_from_db()
    assert leg.state == "met"
    with refused(case, NotYourDesk):
        case.act(handlers.contribute, "pp-kesehatan", text="Sekali lagi.")


@pytest.mark.parametrize("way", ["closed", "returned"])
def test_S24_a_co_handler_is_let_go_when_the_report_leaves_the_units(case: Case, way: str) -> None:
    case.is_disposed()
    case.act(handlers.add_handler, "admin-kota", to="dinas-kesehatan")
    if way == "returned":
        case.act(return_.return_report, "pp-pupr", competent_body="Dinas Perhubungan", why="Jalan provinsi.")
    else:
        case.act(respond.respond_first, "pp-pupr", text="Kami terima.")
        case.is_followed_up()
        case.act(confirm.confirm_done, "reporter", rating=5)

    assert not Deadline.objects.filter(report__code=case.code, leg__isnull=False, state="running").exists()
    case.sweep("Tue 30 Jun 2026 08:00 WITA")
    assert ("unit_answers", "dinas-kesehatan") not in {(str(clock), desk) for clock, desk, _ in breaches_of(case)}


def test_S24_a_co_handler_waits_with_the_others_while_the_reporter_is_asked(case: Case) -> None:
    case.is_disposed()
    case.act(handlers.add_handler, "admin-kota", to="dinas-kesehatan")
    case.is_pending()

    assert {row.state for row in Deadline.objects.filter(report__code=case.code, leg__isnull=False)} == {"paused"}


def test_S25_notes_are_among_officers_and_tell_those_who_may_read(case: Case, world: World) -> None:
    case.is_disposed()
    named = [world[name].account for name in ("admin-kota", "pp-kesehatan", "admin-kota")]

    case.act(note.write_note, "pp-pupr", text="Mohon cek anggaran.", mentions=[one for one in named if one])

    assert case.told == {f"account {world['admin-kota'].account}"}  # the other unit has never held it
    assert words_of(case)[-1] == ("note", "officers", "Mohon cek anggaran.")
    assert "anggaran" not in repr(track(case.reporter, case.code, case.now).moments)
    assert case.status == Status.DISPOSED


def test_S25_a_unit_that_is_consulted_reads_and_holds_nothing(case: Case, world: World) -> None:
    case.is_disposed()
    with pytest.raises(NotFound):
        case_of(world["pp-kesehatan"], case.code, case.now)

    case.act(note.consult, "pp-pupr", to="dinas-kesehatan", text="Apakah ada laporan demam berdarah?")

    assert case.told == {"dinas-kesehatan"}
    seen = case_of(world["pp-kesehatan"], case.code, case.now)
    assert any("demam berdarah" in moment.text for moment in seen.moments)
    assert seen.choices == ()
    with refused(case, NotYourDesk):
        case.act(accept.accept_disposition, "pp-kesehatan")


def test_S25_reports_of_one_cause_are_linked_and_the_link_can_be_undone(case: Case, world: World) -> None:
    case.is_disposed()
    other = Case(world).is_submitted()
    case.act(link.link_reports, "admin-kota", other=other.code, kind=LinkKind.DUPLICATE)

    assert case.told == {"reporter"}
    assert [view.number for view in case_of(world["admin-kota"], case.code, case.now).links] == [other.number]
    assert other.status == Status.UNVERIFIED  # its own receipt and clocks go on
    assert other.running >= {Clock.VERIFY_AGENCY, Clock.ESCALATION}
    for same in (other.code, case.code):
        with refused(case, InvalidInput):
            case.act(link.link_reports, "admin-kota", other=same, kind=LinkKind.CAUSE)

    case.act(link.unlink_reports, "admin-kota", other=other.code)

    assert case_of(world["admin-kota"], case.code, case.now).links == ()
    with refused(case, Refusal):
        case.act(link.unlink_reports, "admin-kota", other=other.code)


def test_S25_a_stale_page_is_told_so(case: Case) -> None:
    case.is_disposed()
    shown = case.report.version
    case.act(accept.accept_disposition, "pp-pupr")

    with refused(case, StalePage):
        case.act(respond.respond_first, "pp-pupr", text="Kami terima.", version=shown)


# --- The national system (S26) -------------------------------------------------------------------


def row(ref: str, status: Status, **fields: object) -> ImportRow:
    return ImportRow(
        source="sp4n-lapor",
        ref=ref,
        received_at=at("Mon 2 Mar 2026 08:00 WITA"),
        status=status,
        text="Lampu jalan padam di depan sekolah.",
        title="Lampu jalan padam",
        institution="kota-uji",
        **fields,  # type: ignore[arg-type]
    )


def test_S26_a_report_of_the_national_system_is_taken_over_once_with_its_own_time(case: Case) -> None:
    fresh = row("7001", Status.UNVERIFIED)

    assert import_.import_report(fresh, now=case.now)
    assert not import_.import_report(fresh, now=case.now)

    taken = Report.objects.get(source_ref="7001")
    assert taken.received_at == fresh.received_at
    assert not OutgoingMessage.objects.filter(report=taken).exists()
    case.code = taken.code
    assert case.due(Clock.VERIFY_AGENCY) == on("Thu 5 Mar 2026")
    assert case.ledger == ["S26 import by clock"]


def test_S26_a_pending_report_that_was_taken_over_has_a_clock_once_completed(case: Case) -> None:
    import_.import_report(row("7002", Status.PENDING), now=case.now)
    case.code = Report.objects.get(source_ref="7002").code
    case.act(complete.complete_report, "reporter", text="Di Jalan Pejanggik.")

    assert case.status == Status.UNVERIFIED
    assert case.running >= {Clock.DISPOSE_AGENCY, Clock.ESCALATION}
