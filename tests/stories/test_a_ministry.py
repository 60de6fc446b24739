"""Seed A, S1 to S15: a state institution with satuan kerja and instansi vertikal, about a day for each step."""

from __future__ import annotations

import pytest
from tests.builders import Case, World, draft
from tests.sop.days import at, on
from tests.stories.telling import breaches_of, refused, told_of, words_of

from lapor.identity.models import Account
from lapor.identity.usecases.reporters import find_or_make_reporter
from lapor.insights import punctuality
from lapor.insights.figures import delivery
from lapor.insights.scope import scope_of
from lapor.kernel.actor import reporter_known
from lapor.messaging import drain
from lapor.reports import access
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.queries.case import case as case_of
from lapor.reports.queries.mine import own_reports
from lapor.reports.queries.track import track
from lapor.reports.refusals import InvalidInput, NotFound, NotYourDesk
from lapor.reports.usecases import accept, dispose, forward, handle_here, respond
from lapor.reports.usecases.submit import submit_report
from lapor.sop.profile import shipped_profiles
from lapor.sop.table import STEPS, To
from lapor.sop.vocabulary import Action, Channel, Classification, Clock, Holder, Role, Status, Told

MONDAY = "Mon 2 Mar 2026 09:00 WIB"


@pytest.fixture
def ministry(world: World) -> Case:
    """A report to the state institution, filed on Monday 2 March 2026."""
    return Case(world, MONDAY).is_submitted(agency="lembaga-uji")


def test_S1_the_whole_way_of_an_online_complaint_from_entry_to_end(ministry: Case) -> None:
    ministry.is_disposed(to="biro-layanan", by="admin-lembaga")
    ministry.act(respond.respond_first, "pp-biro", text="Kami periksa hari ini.")
    ministry.is_followed_up(by="pp-biro", on="Tue 3 Mar 2026 10:00 WIB")
    ministry.sweep("Wed 25 Mar 2026 00:05 WIB")  # ten working days end on Tuesday 17; then Nyepi and Idul Fitri

    assert ministry.status == Status.CLOSED
    assert ministry.ledger[0] == "A1 S6 S37 submit by reporter"
    assert ministry.ledger[-1] == "S33 S70 lapse by clock"


@pytest.mark.parametrize("kind", [*Classification, ""])
def test_S2_no_subject_is_turned_away_at_the_door(case: Case, kind: str) -> None:
    case.is_submitted(classification=kind, text="Usul: taman baca di setiap kelurahan, dibuka sampai malam.")

    assert case.status == Status.UNVERIFIED


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.SMS, Channel.X, Channel.ANDROID, Channel.IOS])
def test_S3_a_report_keeps_the_channel_by_which_it_came(case: Case, channel: Channel) -> None:
    case.is_submitted(channel=str(channel))

    assert case.report.channel == channel


def test_S3_a_channel_nobody_knows_is_refused(case: Case) -> None:
    with pytest.raises(InvalidInput) as refusal:
        case.is_submitted(channel="telegraf")

    assert refusal.value.field == "channel"
    assert not Report.objects.exists()


def test_S4_oversight_reads_and_never_acts(case: Case, world: World) -> None:
    case.is_disposed()

    assert access.find_report(world["panrb"], case.code) == case.report
    assert access.find_report(world["inspektorat"], case.code) == case.report
    with pytest.raises(NotFound):
        access.find_report(world["ombudsman"], case.code)  # its cases are those that escalated
    for name in ("panrb", "inspektorat"):
        with refused(case, NotYourDesk):
            case.act(accept.accept_disposition, name)
        assert case_of(world[name], case.code, case.now).choices == ()


def test_S5_the_on_time_rate_counts_each_step_of_each_desk(ministry: Case, world: World) -> None:
    ministry.on("Wed 4 Mar 2026 09:00 WIB").is_disposed(to="biro-layanan", by="admin-lembaga")  # a day too late
    ministry.act(accept.accept_disposition, "pp-biro")

    sunday = at("Sun 8 Mar 2026 08:00 WIB")
    lines = punctuality.on_time(
        scope_of(world["admin-lembaga"]), on("Sun 1 Mar 2026"), on("Sat 7 Mar 2026"), now=sunday
    )

    rates = {line.clock: line.rate for line in lines}
    assert rates[Clock.ACCEPT] == 1.0
    assert rates[Clock.DISPOSE_AGENCY] == 0.0
    assert punctuality.together(lines).rate is not None


def test_S6_anybody_files_by_website_or_application_without_an_account(world: World, case: Case) -> None:
    receipt = submit_report(draft(channel="android"), actor=case.reporter, now=case.now, key="satu")

    assert receipt.number == "UJI-2026-000001"
    assert Report.objects.get(code=receipt.code).holder == Holder.AGENCY


def test_S7_a_report_is_bound_to_the_login_of_its_reporter_at_once(case: Case) -> None:
    account = Account.objects.create(login="warga", name="Warga Contoh", email="warga@contoh.example")
    known = find_or_make_reporter(contact=None, name="", channel="web", account=account, now=case.now)
    case.reporter = reporter_known(known.ref)
    case.is_submitted()

    assert [report.code for report in own_reports(case.reporter.reporter).rows] == [case.code]
    assert case.report.received_at == case.now
    assert case.told == {"reporter", "kota-uji"}  # the notification goes out with the recording


def test_S8_the_national_desk_has_a_day_to_send_it_to_the_institution(ministry: Case) -> None:
    assert ministry.due(Clock.VERIFY_AGENCY) == on("Tue 3 Mar 2026")

    elsewhere = Case(ministry.world, MONDAY).is_submitted(agency="")
    elsewhere.act(dispose.dispose_report, "admin-pusat", to="lembaga-uji")

    assert elsewhere.holder == (Holder.AGENCY, "lembaga-uji")
    assert elsewhere.told == {"lembaga-uji", "reporter"}
    assert elsewhere.ledger[-1] == "S27 S8 dispose by national_admin"


def test_S9_the_liaison_forwards_and_the_unit_hears_of_it_within_a_minute(ministry: Case, world: World) -> None:
    ministry.is_disposed(to="biro-layanan", by="admin-lembaga")
    drain(now=ministry.now, worker="uji")
    ministry.act(forward.forward_report, "pp-biro", to="kantor-wilayah", text="Mohon diperiksa.")

    assert ministry.holder == (Holder.UNIT_OFFICER, "kantor-wilayah")
    assert ministry.told == {"kantor-wilayah"}
    assert ministry.running >= {Clock.UNIT_RECEIVES, Clock.UNIT_ANSWERS}
    waiting = OutgoingMessage.objects.get(report__code=ministry.code, action="forward")
    assert waiting.next_try_at == ministry.now  # due at once: the worker is woken with the commit
    drain(now=ministry.now, worker="uji")
    day = on("Mon 2 Mar 2026")
    found = delivery(scope_of(world["admin-lembaga"]), day, day)
    assert found.sent == found.within_limit


def test_S10_the_unit_receives_within_a_day(ministry: Case) -> None:
    ministry.is_disposed(to="biro-layanan", by="admin-lembaga")
    ministry.act(forward.forward_report, "pp-biro", to="kantor-wilayah")
    assert ministry.due(Clock.UNIT_RECEIVES) == on("Tue 3 Mar 2026")
    with refused(ministry, NotFound):
        ministry.act(forward.receive_report, "petugas-bina-marga")  # another unit's officer
    with refused(ministry):
        ministry.act(forward.receive_report, "pp-biro")

    ministry.act(forward.receive_report, "petugas-wilayah")

    assert ministry.clock(Clock.UNIT_RECEIVES).state == "met"
    assert ministry.told == {"biro-layanan"}
    assert ministry.ledger[-1] == "S10 receive by unit_officer"


def test_S10_a_day_too_late_stands_in_the_breach_register(ministry: Case) -> None:
    ministry.is_disposed(to="biro-layanan", by="admin-lembaga")
    ministry.act(forward.forward_report, "pp-biro", to="kantor-wilayah")

    ministry.sweep("Tue 3 Mar 2026 23:59 WIB")
    assert breaches_of(ministry) == []
    ministry.sweep("Wed 4 Mar 2026 00:01 WIB")

    assert (Clock.UNIT_RECEIVES, "kantor-wilayah", on("Tue 3 Mar 2026")) in breaches_of(ministry)
    assert "kantor-wilayah" in told_of(ministry, Action.BREACH)


def test_S11_the_unit_answers_the_liaison_and_nobody_else(ministry: Case, world: World) -> None:
    ministry.is_disposed(to="biro-layanan", by="admin-lembaga")
    ministry.act(forward.forward_report, "pp-biro", to="kantor-wilayah")
    ministry.act(forward.answer_liaison, "petugas-wilayah", text="Loket sudah dibuka kembali.")

    assert ministry.holder == (Holder.UNIT, "biro-layanan")
    assert ministry.told == {"biro-layanan"}
    assert words_of(ministry)[-1] == ("unit_answer", "officers", "Loket sudah dibuka kembali.")
    assert "Loket" not in repr(track(ministry.reporter, ministry.code, ministry.now).moments)


def test_S12_the_liaison_releases_the_answer_or_sends_it_back_with_a_reason(ministry: Case) -> None:
    ministry.is_disposed(to="biro-layanan", by="admin-lembaga")
    ministry.act(forward.forward_report, "pp-biro", to="kantor-wilayah")
    ministry.act(forward.answer_liaison, "petugas-wilayah", text="Sudah.")
    assert ministry.due(Clock.RELEASE) == on("Tue 3 Mar 2026")

    ministry.act(forward.send_back_answer, "pp-biro", why="Mohon sebutkan tanggal dan hasilnya.")
    assert ministry.holder == (Holder.UNIT_OFFICER, "kantor-wilayah")
    with refused(ministry):
        ministry.act(forward.release_answer, "pp-biro", text="Sudah.", as_follow_up=False)

    ministry.act(forward.answer_liaison, "petugas-wilayah", text="Loket dibuka sejak 2 Maret.")
    ministry.act(forward.release_answer, "pp-biro", text="Loket kami buka sejak 2 Maret.", as_follow_up=False)

    assert ministry.status == Status.IN_PROGRESS
    assert ministry.ledger[-1] == "S12 S13 release by liaison"


def test_S13_the_reporter_is_told_and_reads_what_was_released_in_the_words_of_the_release(ministry: Case) -> None:
    ministry.is_disposed(to="biro-layanan", by="admin-lembaga")
    ministry.act(forward.forward_report, "pp-biro", to="kantor-wilayah")
    ministry.act(forward.answer_liaison, "petugas-wilayah", text="Loket dibuka sejak 2 Maret.")
    ministry.act(forward.release_answer, "pp-biro", text="Loket kami buka sejak 2 Maret.", as_follow_up=False)

    assert ministry.told == {"reporter"}
    read = track(ministry.reporter, ministry.code, ministry.now).moments
    assert [moment.text for moment in read if moment.text] == ["Loket kami buka sejak 2 Maret."]


def test_S14_whoever_receives_a_report_from_another_lane_is_told_of_it() -> None:
    own = {Role.LIAISON: Holder.UNIT, Role.AGENCY_ADMIN: Holder.AGENCY, Role.NATIONAL_ADMIN: Holder.NATIONAL}
    nobody = (To.SAME, Holder.NOBODY, Holder.REPORTER)
    untold = [
        step
        for step in STEPS
        if step.goes_to not in (*nobody, *step.held_by, own.get(step.role))
        and step.action is not Action.IMPORT
        and not {Told.HOLDER, Told.HEAD, Told.OMBUDSMAN} & set(step.tells)
    ]

    assert untold == []


def test_S14_a_unit_officer_has_no_hand_in_another_lane(ministry: Case) -> None:
    ministry.is_disposed(to="biro-layanan", by="admin-lembaga")
    with refused(ministry, NotFound):
        ministry.act(handle_here.handle_report_here, "petugas-wilayah", text="Saya jawab saja.")


def test_S15_the_legal_basis_of_the_seed_stands_beside_the_rules_of_today() -> None:
    basis = " ".join(shipped_profiles().in_force("kementerian-vertikal", on("Mon 2 Mar 2026")).document.legal_basis)

    for law in ("25 Tahun 2009", "76 Tahun 2013", "24 Tahun 2014", "3 Tahun 2015", "62 Tahun 2018"):
        assert law in basis
