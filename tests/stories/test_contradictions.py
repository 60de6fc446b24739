"""C1 to C24: where the documents disagree with each other, the resolution holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.builders import Case, World, draft
from tests.sop.days import at, on
from tests.stories.telling import breaches_of, refused, told_of, words_of

from lapor.agencies.models import Appointment
from lapor.agencies.queries import profiles
from lapor.agencies.queries.roles import officers_of
from lapor.identity.models import Consent
from lapor.insights.figures import delivery
from lapor.insights.scope import scope_of
from lapor.kernel.actor import Actor, officer, reporter_known
from lapor.ledger.models import Entry
from lapor.messaging import drain
from lapor.reports.findings import Findings
from lapor.reports.models import Breach, Deadline, Report
from lapor.reports.queries.lateness import Lateness, of_ordinal
from lapor.reports.usecases import (
    accept,
    archive,
    closing,
    confirm,
    consent,
    edit,
    holidays,
    ombudsman,
    reply,
    restore,
    return_,
    verify,
)
from lapor.reports.usecases.record_manual import record_manual
from lapor.reports.usecases.submit import submit_report
from lapor.sop import profile
from lapor.sop.profile import load_profiles, shipped_profiles
from lapor.sop.table import CLOCK_ACTS, STEPS
from lapor.sop.vocabulary import Action, ArchiveReason, Channel, Clock, CloseReason, EditReason, Holder, Role, Status

MONDAY = "Mon 2 Mar 2026 09:00 WITA"
SHIPPED = Path(profile.__file__).parent / "profiles"


@pytest.fixture
def every_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the profiles in force count every day."""
    _in_force(tmp_path, monkeypatch, 'counting = "working"', 'counting = "calendar"')


@pytest.fixture
def automatic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the profiles in force transfer to the Ombudsman without asking."""
    _in_force(tmp_path, monkeypatch, "automatic_transfer = false", "automatic_transfer = true")


def _in_force(folder: Path, monkeypatch: pytest.MonkeyPatch, was: str, becomes: str) -> None:
    for shipped in SHIPPED.glob("*.toml"):
        text = shipped.read_text(encoding="utf-8")
        assert was in text
        (folder / shipped.name).write_text(text.replace(was, becomes), encoding="utf-8")
    changed = load_profiles(folder)
    monkeypatch.setattr(profiles, "shipped_profiles", lambda: changed)


def test_C1_verification_is_three_days_and_any_reaction_five(case: Case) -> None:
    case.is_submitted(on=MONDAY)

    case.sweep("Mon 9 Mar 2026 09:00 WITA")

    assert breaches_of(case) == [(Clock.VERIFY_AGENCY, "kota-uji", on("Thu 5 Mar 2026"))]
    assert case.due(Clock.DISPOSE_AGENCY) == on("Mon 9 Mar 2026")


def test_C2_days_are_working_days_unless_the_profile_counts_every_day(case: Case, every_day: None) -> None:
    case.is_submitted(on="Thu 12 Mar 2026 15:00 WITA")

    assert case.clock(Clock.VERIFY_AGENCY).calendar.counts_all_days
    assert case.due(Clock.VERIFY_AGENCY) == on("Sun 15 Mar 2026")


def test_C4_fifteen_minutes_at_the_form_and_an_hour_from_seeing_are_two_limits(world: World) -> None:
    receipt = record_manual(
        draft(channel="instagram"),
        actor=world["admin-kota"],
        now=at("Mon 2 Mar 2026 12:00 WITA"),
        key="ig-1",
        started_at=at("Mon 2 Mar 2026 11:50 WITA"),
        seen_at=at("Mon 2 Mar 2026 10:30 WITA"),
    )

    assert [breach.clock for breach in Breach.objects.filter(report__code=receipt.code)] == ["social_entry"]


def test_C5_a_minute_is_how_fast_a_release_is_delivered_and_no_officer_s_limit(case: Case, world: World) -> None:
    case.is_disposed(on=MONDAY)
    day = on("Mon 2 Mar 2026")

    drain(now=at("Mon 2 Mar 2026 09:05 WITA"), worker="lambat")

    found = delivery(scope_of(world["admin-kota"]), day, day)
    assert found.sent > found.within_limit
    assert not Deadline.objects.filter(clock=str(Clock.DELIVERY)).exists()
    assert not Breach.objects.exists()


def test_C6_to_acknowledge_is_a_matter_of_minutes_and_to_answer_of_days(case: Case) -> None:
    case.is_disposed(on=MONDAY)

    accept, answer, follow_up = (case.clock(c) for c in (Clock.ACCEPT, Clock.FIRST_RESPONSE, Clock.SUBSTANTIVE))

    assert (accept.target, accept.limit, accept.due_at) == (10, None, None)
    assert (answer.target, answer.limit) == (5, 10)
    assert follow_up.limit == 14


def test_C7_three_profiles_are_shipped() -> None:
    assert set(shipped_profiles().codes) == {"kota-mataram", "kementerian-vertikal", "nasional"}


@pytest.fixture
def escalated(case: Case) -> Case:
    """A report that nobody followed up until the sixtieth working day, Wednesday 10 June 2026."""
    return case.is_disposed(on=MONDAY)


def test_C8_consent_is_asked_from_the_forty_fifth_day(escalated: Case) -> None:
    assert escalated.due(Clock.CONSENT) == on("Wed 13 May 2026")
    with refused(escalated):
        escalated.act(consent.answer_consent, "reporter", given=True)

    escalated.sweep("Mon 18 May 2026 00:05 WITA")

    assert told_of(escalated, Action.ASK_CONSENT) == {"reporter"}
    assert escalated.status == Status.DISPOSED
    escalated.act(consent.answer_consent, "reporter", given=True)
    assert Consent.objects.get(report_code=escalated.code, purpose="ombudsman").given


@pytest.mark.parametrize(("answer", "shared"), [(True, True), (False, False), (None, False)])
def test_C8_identity_goes_along_only_with_consent(escalated: Case, answer: bool | None, shared: bool) -> None:
    escalated.sweep("Mon 18 May 2026 00:05 WITA")
    if answer is not None:
        escalated.act(consent.answer_consent, "reporter", given=answer)

    escalated.sweep("Thu 11 Jun 2026 00:05 WITA")

    entry = Entry.objects.get(subject=escalated.report.pk, action="escalate")
    assert entry.facts["identity_shared"] is shared


def test_C8_where_the_profile_transfers_automatically_nobody_is_asked(case: Case, automatic: None) -> None:
    case.is_disposed(on=MONDAY)
    assert Clock.CONSENT not in case.running

    case.sweep("Thu 11 Jun 2026 00:05 WITA")

    assert Entry.objects.get(subject=case.report.pk, action="escalate").facts["identity_shared"] is True
    assert told_of(case, Action.ASK_CONSENT) == set()


def test_C8_the_ombudsman_records_how_far_it_is_and_what_came_out(escalated: Case) -> None:
    escalated.sweep("Thu 11 Jun 2026 00:05 WITA")
    escalated.act(ombudsman.record_progress, "ombudsman", text="Klarifikasi diminta.")
    assert escalated.told == {"reporter", "kota-uji"}
    for who in ("admin-kota", "admin-pusat", "pp-pupr"):
        with refused(escalated):
            escalated.act(ombudsman.record_outcome, who, text="Kami anggap selesai.")
    escalated.is_followed_up(on="Fri 12 Jun 2026 09:00 WITA")  # the unit may still do its work
    assert escalated.status == Status.ESCALATED
    assert escalated.told == {"ombudsman", "reporter", "kota-uji"}

    escalated.act(ombudsman.record_outcome, "ombudsman", text="Ditindaklanjuti setelah klarifikasi.")

    assert (escalated.status, escalated.report.close_reason) == (Status.CLOSED, "ombudsman")
    assert escalated.told == {"reporter", "kota-uji", "dinas-pupr"}


def test_C9_an_acknowledgement_does_not_stop_the_sixty_days(case: Case) -> None:
    case.is_in_progress(on=MONDAY)

    case.sweep("Thu 11 Jun 2026 00:05 WITA")

    assert case.status == Status.ESCALATED


def test_C10_an_archived_report_comes_back_once_by_right_and_then_by_the_national_desk(case: Case) -> None:
    case.is_submitted(on=MONDAY)
    case.act(archive.archive_report, "admin-kota", reason=ArchiveReason.UNCLEAR, text="Kami tidak mengerti.")
    case.on("Mon 16 Mar 2026 10:00 WITA")
    case.act(restore.restore_report, "reporter", text="Maksud saya jalan di depan pasar.")
    assert case.status == Status.UNVERIFIED
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert case.told == {"kota-uji"}
    case.act(archive.archive_report, "admin-kota", reason=ArchiveReason.UNCLEAR, text="Tetap tidak jelas.")

    for who in ("reporter", "admin-kota"):
        with refused(case):
            case.act(restore.restore_report, who, text="Tolong dibaca lagi.")
    case.act(restore.restore_report, "admin-pusat", text="Laporan ini jelas.")

    assert case.status == Status.UNVERIFIED
    assert case.told == {"kota-uji", "reporter"}


def test_C10_after_the_appeal_window_the_reporter_s_right_has_ended(case: Case) -> None:
    case.is_submitted(on=MONDAY)
    case.act(archive.archive_report, "admin-kota", reason=ArchiveReason.SUGGESTION, text="Terima kasih.")

    case.on("Tue 17 Mar 2026 09:00 WITA")
    with refused(case):
        case.act(restore.restore_report, "reporter", text="Saya tidak setuju.")
    case.act(restore.restore_report, "admin-kota", text="Kami baca lagi.")


def test_C12_spelling_is_corrected_by_the_admin_with_the_reason_named(case: Case) -> None:
    case.is_submitted()
    case.act(
        edit.edit_wording,
        "admin-kota",
        title="Jalan berlubang",
        text="Jalan di depan pasar berlubang.",
        reason=EditReason.SPELLING,
    )

    assert Entry.objects.get(subject=case.report.pk, action="edit_text").facts["reason"] == "spelling"


def test_C13_the_liaison_is_one_role_under_any_name(case: Case, world: World) -> None:
    case.is_disposed()
    Appointment.objects.filter(pk=officer(world["pp-pupr"])).update(title="Operator LAPOR")

    seat = officers_of(world.agency("dinas-pupr").pk, on=case.now)[0]

    assert (seat.title, seat.role) == ("Operator LAPOR", Role.LIAISON)
    case.act(accept.accept_disposition, "pp-pupr")


def test_C14_evaluation_is_a_step_of_its_own() -> None:
    assert {step.rule for step in STEPS if step.action in (Action.EVALUATE, Action.SEND_BACK)} == {"S56"}


def test_C15_the_newest_revision_is_in_force() -> None:
    found = shipped_profiles().in_force("kota-mataram", on("Mon 2 Mar 2026"))

    assert found.document.revision == "000.8.3.3/281/Diskominfo/II/2023"


def test_C16_M4_s_copied_cells_leave_citizens_no_officer_s_duty() -> None:
    reporters = {step.action for step in STEPS if step.role is Role.REPORTER}

    assert not reporters & {Action.RECORD_OPEN, Action.RECORD_SETTLED, Action.ACCEPT, Action.DISPOSE}


def test_C17_the_channels_are_the_union_of_both_lists() -> None:
    both = {"facebook", "x", "instagram", "youtube", "android", "ios", "web", "sms"}

    assert both <= {str(channel) for channel in Channel}


def test_C18_lateness_stands_beside_the_status_and_never_changes_it(case: Case) -> None:
    case.is_disposed(on=MONDAY)
    due = case.clock(Clock.FIRST_RESPONSE).due_ordinal or 0

    case.sweep("Wed 25 Mar 2026 09:00 WITA")

    assert [of_ordinal(due, today) for today in (due - 5, due - 1, due, due + 1)] == [
        Lateness.ON_TIME,
        Lateness.SOON,
        Lateness.SOON,
        Lateness.LATE,
    ]
    assert case.status == Status.DISPOSED


def test_C19_three_ways_to_close_with_three_reasons_and_none_of_them_a_liaison_s(world: World) -> None:
    silent, asked, confirmed = (Case(world).is_followed_up(on=MONDAY) for _ in range(3))
    confirmed.act(confirm.confirm_done, "reporter", rating=3)
    asked.act(reply.reply, "reporter", text="Terima kasih.")
    asked.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Selesai.")
    asked.act(closing.approve_closing, "admin-pusat")
    silent.sweep("Tue 17 Mar 2026 09:00 WITA")

    reasons = {CloseReason(one.report.close_reason) for one in (silent, asked, confirmed)}
    assert reasons == {CloseReason.SILENCE, CloseReason.REQUEST, CloseReason.CONFIRMED}
    closers = {step.role for step in STEPS if step.becomes is Status.CLOSED and not step.is_entry}
    assert Role.LIAISON not in closers
    assert Role.AGENCY_ADMIN not in closers


def test_C20_the_supervising_desk_always_exists(case: Case) -> None:
    case.is_submitted(agency="")

    assert case.holder == (Holder.NATIONAL, "nasional")


def test_C21_a_return_in_a_single_city_tells_the_reporter_where_it_went(case: Case) -> None:
    case.is_submitted()
    case.act(return_.return_report, "admin-kota", competent_body="Balai jalan nasional", why="Jalan nasional.")

    assert case.legs[-1].named_body == "Balai jalan nasional"
    assert words_of(case)[-1] == ("decision", "public", "Jalan nasional.")
    assert "reporter" in case.told


def test_C22_silence_counts_only_after_a_substantive_follow_up(case: Case) -> None:
    case.is_in_progress(on=MONDAY)
    assert Clock.SILENCE not in case.running

    case.is_followed_up(on="Wed 4 Mar 2026 09:00 WITA")

    assert Clock.SILENCE in case.running


def test_C23_no_evidence_is_needed_to_report_or_to_verify(case: Case) -> None:
    case.is_submitted(files=())
    case.act(verify.verify_report, "admin-kota", findings=Findings(relevant=True, complete=True, clear=True))
    case.is_disposed()

    assert case.status == Status.DISPOSED


def test_C24_who_came_by_another_channel_signs_in_later_and_finds_the_same_report(world: World) -> None:
    receipt = submit_report(draft(channel="sms"), actor=Case(world).reporter, now=at(MONDAY), key="sms")
    ref = Report.objects.get(code=receipt.code).reporter_ref
    assert ref is not None

    case = Case(world)
    case.code, case.reporter = receipt.code, reporter_known(ref)

    case.act(reply.reply, "reporter", text="Ini saya, lewat akun saya.")
    assert case.told == {"kota-uji"}


# --- Holidays and outages ------------------------------------------------------------------------


def test_C2_a_holiday_declared_later_moves_deadlines_outward_and_says_so(case: Case) -> None:
    case.is_disposed(on=MONDAY)
    promised = case.due(Clock.FIRST_RESPONSE)
    holidays.declare_holiday(
        calendar="wita",
        day=on("Tue 10 Mar 2026"),
        why="Cuti bersama",
        decree="SKB 1/2026",
        actor=Actor(Role.CLOCK),
        now=case.now,
    )

    assert promised == on("Mon 16 Mar 2026")
    assert case.due(Clock.FIRST_RESPONSE) == on("Tue 17 Mar 2026")
    assert case.clock(Clock.FIRST_RESPONSE).promised_on == promised


def test_after_an_outage_the_clock_catches_up_in_order_and_does_nothing_twice(case: Case) -> None:
    case.is_followed_up(on=MONDAY)
    case.sweep("Thu 31 Dec 2026 09:00 WITA")

    ends = [line for line in case.ledger if line.endswith("by clock")]
    assert ends == ["S33 S70 remind_silence by clock", "S33 S70 lapse by clock"]
    assert case.sweep().acted == 0
    assert set(CLOCK_ACTS) >= {Clock.SILENCE, Clock.PENDING, Clock.ESCALATION}
