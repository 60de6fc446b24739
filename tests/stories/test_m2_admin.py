"""M2, S35 to S59: the city's admin verifies, cares for the words, directs the traffic and watches over the answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.builders import Case, World, draft
from tests.sop.days import at, on
from tests.stories.telling import breaches_of, refused, told_of, words_of

from lapor.agencies.models import Keyword
from lapor.agencies.queries.keywords import institution_for
from lapor.reports.findings import QUESTIONS, Findings
from lapor.reports.models import Breach, ReportText, Response, TextEdit, Verification
from lapor.reports.queries import closings, inbox, public
from lapor.reports.queries.case import case as case_of
from lapor.reports.queries.inbox import Tab
from lapor.reports.queries.track import track
from lapor.reports.refusals import DeskNotReceiving, InvalidInput, NotFound, NotPermitted, NotYourDesk
from lapor.reports.usecases import (
    archive,
    ask,
    brief,
    classify,
    closing,
    complete,
    dispose,
    edit,
    evaluate,
    ombudsman,
    redispose,
    reopen,
    reply,
    respond,
    restore,
    return_,
    secrecy,
    verify,
    withdraw,
)
from lapor.reports.usecases.counts import fold_counts
from lapor.reports.usecases.submit import submit_report
from lapor.sop.vocabulary import (
    Action,
    ArchiveReason,
    Channel,
    Classification,
    Clock,
    EditReason,
    Holder,
    Status,
)

MONDAY = "Mon 2 Mar 2026 09:00 WITA"


@pytest.fixture
def new(case: Case) -> Case:
    """A report that reached the city on Monday 2 March 2026."""
    return case.is_submitted(on=MONDAY)


@pytest.fixture
def pending(new: Case) -> Case:
    """A report whose reporter was asked on Wednesday 4 March 2026, the third day of the admin's five."""
    new.on("Wed 4 Mar 2026 10:00 WITA")
    return new.is_pending()


@pytest.fixture
def finished(case: Case) -> Case:
    """A report followed up on Monday 2 March 2026, to which its reporter only said thanks: it stays in progress."""
    case.is_followed_up(on=MONDAY)
    case.act(reply.reply, "reporter", text="Terima kasih, sudah saya lihat hasilnya.")
    return case


# --- Verification (S35 to S37, S40 to S43, S45 to S47, S49) ---------------------------------------


def test_S35_the_city_verifies_within_three_working_days(new: Case) -> None:
    assert new.due(Clock.VERIFY_AGENCY) == on("Thu 5 Mar 2026")
    new.on("Thu 5 Mar 2026 16:00 WITA")
    new.act(verify.verify_report, "admin-kota", findings=Findings(relevant=True, complete=True, clear=True))

    new.sweep("Fri 6 Mar 2026 00:05 WITA")

    assert new.clock(Clock.VERIFY_AGENCY).state == "met"
    assert breaches_of(new) == []
    with refused(new, NotPermitted):  # it is verified
        new.act(verify.verify_report, "admin-kota", findings=Findings(relevant=True, complete=True, clear=True))


def test_S35_on_the_fourth_day_verification_is_a_breach_and_disposition_is_not(new: Case) -> None:
    new.sweep("Fri 6 Mar 2026 00:05 WITA")

    assert breaches_of(new) == [(Clock.VERIFY_AGENCY, "kota-uji", on("Thu 5 Mar 2026"))]
    assert new.due(Clock.DISPOSE_AGENCY) == on("Mon 9 Mar 2026")


def test_S36_the_dispatcher_s_desk_answers_asks_and_disposes(new: Case, world: World) -> None:
    choices = case_of(world["admin-kota"], new.code, new.now).choices

    offered = {choice.step.action for choice in choices if choice.is_open}

    assert offered >= {Action.VERIFY, Action.DISPOSE, Action.HANDLE_HERE, Action.RETURN, Action.ASK, Action.ARCHIVE}


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.SMS, Channel.LETTER])
def test_S37_a_report_of_any_channel_is_in_the_queue_at_once(case: Case, world: World, channel: Channel) -> None:
    case.is_submitted(channel=str(channel))

    rows = inbox.inbox(world["admin-kota"], Tab.UNVERIFIED, now=case.now).rows

    assert [row.code for row in rows] == [case.code]
    assert case.told == {"reporter", "kota-uji"}


@pytest.mark.parametrize(("sent", "late"), [("Mon 2 Mar 2026 08:50 WITA", False), ("Mon 2 Mar 2026 08:49 WITA", True)])
def test_S37_more_than_ten_minutes_from_sending_to_the_queue_is_a_breach(case: Case, sent: str, late: bool) -> None:
    receipt = submit_report(draft(channel="sms"), actor=case.reporter, now=case.now, key="satu", sent_at=at(sent))

    found = Breach.objects.filter(report__code=receipt.code, clock="intake")
    assert found.exists() is late


def test_S38_an_sms_with_the_city_s_keyword_is_a_report_to_the_city(case: Case, world: World) -> None:
    Keyword.objects.create(agency=world.agency("kota-uji"), word="UJI")
    meant = institution_for("uji")
    assert meant is not None
    assert institution_for("ujian") is None

    case.is_submitted(channel="sms", agency=meant.code, text="Lampu jalan di simpang lima padam.", title="")

    assert case.report.channel == Channel.SMS
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert case.report.title == "Lampu jalan di simpang lima padam"


def test_S39_the_channels_of_the_seed_are_all_in_the_register() -> None:
    for name in ("web", "sms", "facebook", "x", "instagram", "youtube", "android", "ios"):
        assert Channel(name).label("id")
        assert Channel(name).label("en")


def test_S40_a_verification_keeps_the_three_ticks(new: Case) -> None:
    new.act(verify.verify_report, "admin-kota", findings=Findings(relevant=True, complete=True, clear=False))

    kept = Verification.objects.get(report=new.report)
    assert (kept.is_relevant, kept.is_complete, kept.is_clear) == (True, True, False)
    assert new.ledger[-1] == "S35 S40 verify by agency_admin"
    assert new.report.verified_at == new.now


def test_S40_only_the_desk_that_has_it_verifies(new: Case) -> None:
    good = Findings(relevant=True, complete=True, clear=True)
    with refused(new, NotFound):
        new.act(verify.verify_report, "pp-pupr", findings=good)
    with refused(new, NotPermitted):
        new.act(verify.verify_report, "admin-pusat", findings=good)


def test_S41_an_incomplete_report_goes_back_to_its_reporter_with_a_question(new: Case) -> None:
    new.act(ask.ask_reporter, "admin-kota", question="Di jalan apa lubang itu?")

    assert new.status == Status.PENDING
    assert new.holder == (Holder.REPORTER, "")
    assert new.told == {"reporter"}
    assert words_of(new)[-1] == ("question", "reporter", "Di jalan apa lubang itu?")
    assert "Di jalan apa" in repr(track(new.reporter, new.code, new.now).moments)
    with refused(new, NotPermitted):  # one question at a time
        new.act(ask.ask_reporter, "admin-kota", question="Sejak kapan?")


def test_S42_only_the_needed_ones_of_the_six_questions_are_kept(new: Case) -> None:
    answers = {"what": True, "where": True, "when": None, "who": None, "why": None, "how": False}
    new.act(
        verify.verify_report,
        "admin-kota",
        findings=Findings(relevant=True, complete=False, clear=True, answers=answers),
    )

    assert set(answers) == set(QUESTIONS)
    assert Verification.objects.get(report=new.report).answers == answers


def test_S43_the_verified_report_goes_to_the_operator_of_the_unit(new: Case) -> None:
    new.act(verify.verify_report, "admin-kota", findings=Findings(relevant=True, complete=True, clear=True))
    new.is_disposed(to="dinas-pupr")

    assert new.holder == (Holder.UNIT, "dinas-pupr")
    assert new.ledger[-1] == "S29 S43 dispose by agency_admin"


def test_S44_smartcase_changes_the_published_wording_and_keeps_the_original(case: Case) -> None:
    case.is_submitted(title="JALAN RUSAK", text="JALAN DI DEPAN PASAR RUSAK PARAH.")
    case.act(
        edit.edit_wording,
        "admin-kota",
        title="Jalan rusak",
        text="Jalan di depan pasar rusak parah.",
        reason=EditReason.SMARTCASE,
    )

    words = ReportText.objects.get(report=case.report)
    assert (words.original_title, words.original) == ("JALAN RUSAK", "JALAN DI DEPAN PASAR RUSAK PARAH.")
    assert (case.report.title, words.published) == ("Jalan rusak", "Jalan di depan pasar rusak parah.")


def test_S45_the_competence_of_the_institution_is_part_of_the_check(new: Case) -> None:
    new.act(
        verify.verify_report,
        "admin-kota",
        findings=Findings(relevant=True, complete=True, clear=True, competence_ok=False),
    )

    assert Verification.objects.get(report=new.report).competence_ok is False
    new.act(return_.return_report, "admin-kota", competent_body="Balai jalan nasional", why="Jalan nasional.")
    assert new.holder == (Holder.NATIONAL, "nasional")


def test_S46_the_language_is_the_admin_s_to_correct_and_never_a_reason_to_refuse(case: Case) -> None:
    case.is_submitted(text="jln brlubang dkt psr, tlg dprbaiki sgra ya pak wali trims")
    case.act(
        verify.verify_report,
        "admin-kota",
        findings=Findings(relevant=True, complete=True, clear=True, language_ok=False),
    )

    case.is_disposed()

    assert case.status == Status.DISPOSED
    assert "ejaan" not in " ".join(ArchiveReason(reason).label("id").lower() for reason in ArchiveReason)


def test_S47_offensive_words_are_masked_in_public_and_only_pure_hate_is_archived(new: Case) -> None:
    new.act(
        edit.edit_wording,
        "admin-kota",
        title="Jalan berlubang di depan pasar",
        text="Jalan berlubang. Petugasnya [kata disamarkan].",
        reason=EditReason.TONE,
    )
    new.act(archive.archive_report, "admin-kota", reason=ArchiveReason.HATE, text="Isinya hanya penghinaan.")

    assert new.status == Status.ARCHIVED
    assert public.recent_public() == ()


def test_S47_an_oversight_complaint_is_secret_and_only_its_reporter_lifts_that(case: Case, world: World) -> None:
    case.is_disposed()
    assert [row.number for row in public.recent_public()] == [case.report.number]
    case.act(classify.classify_report, "admin-kota", classification=Classification.OVERSIGHT)

    assert case.report.is_secret
    assert public.recent_public() == ()
    with refused(case, InvalidInput):
        case.act(secrecy.change_secrecy, "admin-kota", anonymous=False, secret=False)
    case.act(secrecy.change_secrecy, "admin-kota", anonymous=True, secret=True)
    assert case.told == {"reporter"}
    with pytest.raises(NotFound):
        case_of(world["panrb"], case.code, case.now)
    case.act(secrecy.change_secrecy, "reporter", anonymous=False, secret=False)
    assert not case.report.is_secret


def test_S47_what_is_answered_on_a_secret_report_only_its_reporter_reads(case: Case) -> None:
    case.is_submitted(secret=True)
    case.is_disposed()
    case.act(respond.respond_first, "pp-pupr", text="Kami periksa diam-diam.")

    assert words_of(case)[-1][:2] == ("first_response", "reporter")
    with pytest.raises(NotFound):
        public.public_report(case.report.number, case.now)


@pytest.mark.parametrize("reason", [EditReason.REGIONAL, EditReason.ABBREVIATIONS, EditReason.STRUCTURE])
def test_S48_the_wording_is_edited_for_three_reasons_and_both_versions_remain(
    case: Case, world: World, reason: EditReason
) -> None:
    case.is_submitted(text="Marga bolong di arep peken, ndekman tetambal.", title="Marga bolong")
    running = case.running
    case.act(
        edit.edit_wording,
        "admin-kota",
        title="Jalan berlubang",
        text="Jalan berlubang di depan pasar, belum ditambal.",
        reason=reason,
    )

    seen = case_of(world["admin-kota"], case.code, case.now)
    assert [(view.reason, view.before, view.after) for view in seen.edits] == [
        (reason, "Marga bolong di arep peken, ndekman tetambal.", "Jalan berlubang di depan pasar, belum ditambal.")
    ]
    assert seen.original == "Marga bolong di arep peken, ndekman tetambal."
    assert case.running == running
    assert case.status == Status.UNVERIFIED
    assert TextEdit.objects.get().reason == reason


def test_S48_the_database_itself_refuses_to_change_the_citizen_s_words(new: Case) -> None:
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic():
        ReportText.objects.filter(report=new.report).update(original="Semua baik-baik saja.")
    with pytest.raises(DatabaseError, match="is refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_reporttext")

    assert ReportText.objects.get(report=new.report).original.startswith("Jalan di depan pasar")


def test_S48_neither_units_nor_reporters_edit(case: Case) -> None:
    case.is_disposed()
    for who in ("pp-pupr", "reporter"):
        with refused(case, NotPermitted):
            case.act(
                edit.edit_wording, who, title="Jalan mulus", text="Jalan di depan pasar mulus.", reason=EditReason.TONE
            )


def test_S49_the_admin_has_reacted_within_five_working_days_of_entry(new: Case) -> None:
    assert new.due(Clock.DISPOSE_AGENCY) == on("Mon 9 Mar 2026")

    new.sweep("Tue 10 Mar 2026 00:05 WITA")

    assert (Clock.DISPOSE_AGENCY, "kota-uji", on("Mon 9 Mar 2026")) in breaches_of(new)
    assert told_of(new, Action.BREACH) == {"kota-uji"}


@pytest.mark.parametrize("classification", [*Classification, "", "gosip"])
def test_S49_classification_sets_the_substantive_limit_without_restarting_it(case: Case, classification: str) -> None:
    case.is_disposed(on=MONDAY)
    case.on("Fri 6 Mar 2026 09:00 WITA")
    if classification == "gosip":
        with refused(case, InvalidInput):
            case.act(classify.classify_report, "admin-kota", classification=classification)
        return
    case.act(classify.classify_report, "admin-kota", classification=classification)

    due = {"information": "Mon 9 Mar 2026", "aspiration": "Mon 9 Mar 2026", "oversight": "Wed 10 Jun 2026"}
    assert case.due(Clock.SUBSTANTIVE) == on(due.get(classification, "Fri 27 Mar 2026"))
    assert case.clock(Clock.SUBSTANTIVE).epoch == 1


# --- Pending (S50 to S52) ------------------------------------------------------------------------


def test_S50_while_pending_every_clock_stands_still(pending: Case) -> None:
    assert pending.running == {Clock.PENDING_REMINDER, Clock.PENDING_REMINDER_2, Clock.PENDING}
    for clock in (Clock.VERIFY_AGENCY, Clock.DISPOSE_AGENCY, Clock.ESCALATION, Clock.CONSENT):
        assert pending.clock(clock).state == "paused"
    pending.sweep("Wed 11 Mar 2026 09:00 WITA")
    assert breaches_of(pending) == []


def test_S50_a_unit_may_ask_too_and_its_admin_hears_of_it(case: Case) -> None:
    case.is_disposed()
    case.is_pending(by="pp-pupr")

    assert case.told == {"reporter", "kota-uji"}
    assert case.clock(Clock.FIRST_RESPONSE).state == "paused"
    case.act(complete.complete_report, "reporter", text="Di Jalan Pejanggik.")
    assert case.status == Status.DISPOSED
    assert case.holder == (Holder.UNIT, "dinas-pupr")


def test_S51_the_completed_report_goes_back_to_its_desk_and_the_clocks_go_on(pending: Case) -> None:
    pending.on("Mon 9 Mar 2026 10:00 WITA")
    pending.act(complete.complete_report, "reporter", text="Di Jalan Pejanggik, depan toko buku.")

    assert pending.status == Status.UNVERIFIED
    assert pending.holder == (Holder.AGENCY, "kota-uji")
    assert pending.told == {"kota-uji"}
    assert pending.due(Clock.VERIFY_AGENCY) == on("Tue 10 Mar 2026")  # one of three days was left
    assert pending.due(Clock.DISPOSE_AGENCY) == on("Thu 12 Mar 2026")
    assert Clock.PENDING not in pending.running


def test_S51_only_an_answer_completes_a_report(pending: Case) -> None:
    with refused(pending, InvalidInput):
        pending.act(complete.complete_report, "reporter", text=" ")
    with refused(pending, NotPermitted):
        pending.is_disposed()
    with refused(pending, NotFound):
        pending.act(complete.complete_report, "pp-pupr", text="Saya kira Jalan Pejanggik.")


def test_S51_an_admin_writes_down_what_the_reporter_said_by_telephone(pending: Case) -> None:
    pending.act(complete.complete_report, "admin-kota", text="Pelapor menelepon: Jalan Pejanggik.")

    assert pending.told == {"reporter"}
    pending.is_disposed()
    assert pending.status == Status.DISPOSED


def test_S52_the_inbox_has_a_tab_named_pending(pending: Case, world: World) -> None:
    rows = inbox.inbox(world["admin-kota"], Tab.PENDING, now=pending.now).rows

    assert Tab.PENDING.label("id") == "Pending"
    assert [row.code for row in rows] == [pending.code]


def test_S52_reminders_after_three_and_seven_days_and_the_archive_after_ten(pending: Case) -> None:
    pending.sweep("Mon 9 Mar 2026 23:00 WITA")
    assert told_of(pending, Action.REMIND_PENDING) == set()
    pending.sweep("Tue 10 Mar 2026 00:05 WITA")
    pending.sweep("Mon 16 Mar 2026 00:05 WITA")
    assert pending.ledger.count("C10 remind_pending by clock") == 2
    pending.sweep("Wed 25 Mar 2026 23:00 WITA")
    assert pending.status == Status.PENDING

    pending.sweep("Thu 26 Mar 2026 00:05 WITA")

    assert pending.status == Status.ARCHIVED
    assert pending.report.archive_reason == "unclear"
    assert pending.told == {"reporter"}


# --- Archive (S53, S54) --------------------------------------------------------------------------


@pytest.mark.parametrize("reason", [reason for reason in ArchiveReason if reason is not ArchiveReason.WITHDRAWN])
def test_S53_an_unclear_report_or_a_general_suggestion_is_archived_with_a_reason(
    new: Case, reason: ArchiveReason
) -> None:
    new.act(archive.archive_report, "admin-kota", reason=reason, text="Terima kasih atas masukan Anda.")

    assert (new.status, new.report.archive_reason) == (Status.ARCHIVED, reason)
    assert new.told == {"reporter"}
    assert new.running == set()
    assert words_of(new)[-1] == ("decision", "reporter", "Terima kasih atas masukan Anda.")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"reason": ArchiveReason.UNCLEAR, "text": ""}, InvalidInput),
        ({"reason": ArchiveReason.WITHDRAWN, "text": "Ditarik saja."}, InvalidInput),
        ({"reason": "bosan", "text": "Bosan."}, InvalidInput),
    ],
)
def test_S53_never_without_a_reason_the_reporter_reads(new: Case, fields: dict[str, Any], why: type) -> None:
    with refused(new, why):
        new.act(archive.archive_report, "admin-kota", **fields)


def test_S53_what_a_unit_has_is_not_archived(case: Case) -> None:
    case.is_disposed()
    for who in ("admin-kota", "pp-pupr", "admin-pusat"):
        with refused(case, NotPermitted):
            case.act(archive.archive_report, who, reason=ArchiveReason.UNCLEAR, text="Tidak jelas.")


def test_S54_the_inbox_has_a_tab_for_the_archive_that_can_be_searched_by_number(new: Case, world: World) -> None:
    new.act(archive.archive_report, "admin-kota", reason=ArchiveReason.SUGGESTION, text="Terima kasih.")
    fold_counts()

    tabs = {view.tab: view.count for view in inbox.tabs(world["admin-kota"])}

    assert tabs[Tab.ARCHIVED] == 1
    rows = inbox.inbox(world["admin-kota"], Tab.ARCHIVED, now=new.now).rows
    assert [row.code for row in rows] == [new.code]
    assert inbox.find_by_number(world["admin-kota"], f" {new.report.number.lower()} ") == new.code
    assert inbox.find_by_number(world["admin-lembaga"], new.report.number) is None


# --- Traffic and evaluation (S55 to S59) ---------------------------------------------------------


def test_S55_what_does_not_concern_the_city_goes_back_and_stays_in_a_list(new: Case, world: World) -> None:
    new.act(return_.return_report, "admin-kota", competent_body="Balai jalan nasional", why="Jalan nasional.")

    rows = inbox.inbox(world["admin-kota"], Tab.RETURNED, now=new.now).rows
    assert [row.code for row in rows] == [new.code]
    assert [row.code for row in inbox.inbox(world["admin-pusat"], Tab.RETURNED, now=new.now).rows] == [new.code]
    assert new.due(Clock.VERIFY_NATIONAL) == on("Thu 5 Mar 2026")


def test_S56_the_admin_grades_an_answer_as_adequate(case: Case) -> None:
    case.is_in_progress()
    with refused(case, NotPermitted):  # nothing to grade yet
        case.act(evaluate.evaluate_answer, "admin-kota")
    case.is_followed_up()
    assert "kota-uji" in case.told
    case.act(evaluate.evaluate_answer, "admin-kota", text="Jelas dan berbukti.")

    assert Response.objects.get(report=case.report, kind="follow_up").grade == "adequate"
    assert case.holder == (Holder.REPORTER, "")
    assert Clock.SILENCE in case.running


def test_S56_an_inadequate_answer_goes_back_to_the_unit_and_the_silence_stops(case: Case) -> None:
    case.is_followed_up(on=MONDAY)
    with refused(case, NotPermitted):
        case.act(evaluate.send_back, "pp-pupr", why="Saya nilai sendiri.")
    with refused(case, InvalidInput):
        case.act(evaluate.send_back, "admin-kota", why="")
    case.on("Wed 4 Mar 2026 09:00 WITA")
    case.act(evaluate.send_back, "admin-kota", why="Belum menjawab kapan selesai.")

    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"dinas-pupr"}
    assert Clock.SILENCE not in case.running
    assert case.due(Clock.SUBSTANTIVE) == on("Tue 31 Mar 2026")
    assert Response.objects.get(report=case.report, kind="follow_up").grade == "sent_back"


def test_S57_an_error_or_a_change_is_disposed_again_and_the_time_goes_on(case: Case) -> None:
    case.is_disposed(on=MONDAY)
    substantive = case.due(Clock.SUBSTANTIVE)
    case.on("Thu 5 Mar 2026 09:00 WITA")
    case.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="error", note="Salah kirim.")

    assert case.status == Status.DISPOSED
    assert case.holder == (Holder.UNIT, "dinas-kesehatan")
    assert case.told == {"dinas-kesehatan", "dinas-pupr", "reporter"}
    assert case.due(Clock.SUBSTANTIVE) == substantive  # does not restart
    assert case.due(Clock.FIRST_RESPONSE) == on("Thu 26 Mar 2026")  # the new unit has its own ten days
    assert case.legs[-1].reason == "error"
    assert case.report.accepted_at is None
    with refused(case, NotYourDesk):
        case.act(respond.respond_first, "pp-pupr", text="Kami saja.")


@pytest.mark.parametrize("to", ["dinas-pupr", "biro-layanan", "tidak-ada"])
def test_S57_to_another_unit_of_the_same_institution_only(case: Case, to: str) -> None:
    case.is_disposed(to="dinas-pupr")

    with refused(case, DeskNotReceiving):
        case.act(redispose.redispose_report, "admin-kota", to=to, reason="change")


@pytest.mark.parametrize("at_", ["unit_officer", "head", "reporter"])
def test_S57_wherever_the_unit_has_it(case: Case, at_: str) -> None:
    if at_ == "unit_officer":
        case.is_with_unit_officer()
    elif at_ == "head":
        case.is_in_progress()
        case.act(brief.brief_head, "pp-pupr", text="Mohon arahan.")
    else:
        case.is_followed_up()
    assert case.holder[0] == at_

    case.act(redispose.redispose_report, "admin-kota", to="dinas-kesehatan", reason="change")

    assert case.holder == (Holder.UNIT, "dinas-kesehatan")
    assert case.running >= {Clock.FIRST_RESPONSE, Clock.SUBSTANTIVE}
    assert not case.running & {Clock.SILENCE, Clock.HEAD, Clock.UNIT_ANSWERS}


def test_S58_closing_is_asked_for_only_past_the_limit_of_automatic_closing(finished: Case) -> None:
    assert finished.status == Status.IN_PROGRESS
    with refused(finished, NotPermitted) as refusal:
        finished.on("Mon 16 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    assert "batas penutupan otomatis" in str(refusal.value)

    finished.on("Tue 17 Mar 2026 09:00 WITA")
    finished.act(closing.request_closing, "admin-kota", why="Sudah selesai, pelapor puas.")

    assert finished.holder == (Holder.NATIONAL, "nasional")
    assert finished.told == {"nasional"}
    assert finished.due(Clock.DECIDE_CLOSING) == on("Tue 31 Mar 2026")
    with refused(finished, NotPermitted):
        finished.act(closing.request_closing, "admin-kota", why="Sekali lagi.")


def test_S58_the_national_desk_approves_and_the_reporter_is_told(finished: Case) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    finished.act(closing.approve_closing, "admin-pusat", text="Disetujui.")

    assert (finished.status, finished.report.close_reason) == (Status.CLOSED, "request")
    assert finished.told == {"kota-uji", "reporter"}
    assert finished.ledger[-1] == "S58 approve_closing by national_admin"


def test_S58_or_refuses_with_a_reason_and_the_unit_has_it_again(finished: Case) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    with refused(finished, InvalidInput):
        finished.act(closing.refuse_closing, "admin-pusat", why="")
    finished.act(closing.refuse_closing, "admin-pusat", why="Foto hasilnya belum ada.")

    assert finished.status == Status.IN_PROGRESS
    assert finished.holder == (Holder.UNIT, "dinas-pupr")
    assert Clock.SUBSTANTIVE in finished.running
    assert finished.report.closing_requested_at is None


def test_S58_never_decided_by_who_asked_even_in_another_role(finished: Case, world: World) -> None:

    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    world.actors["rangkap"] = replace(world["admin-pusat"], account=world["admin-kota"].account)

    with refused(finished, NotPermitted) as refusal:
        finished.act(closing.approve_closing, "rangkap")
    assert "Anda sendiri yang meminta" in str(refusal.value)
    with refused(finished, NotPermitted):
        finished.act(closing.refuse_closing, "rangkap", why="Saya tolak sendiri.")
    for who in ("admin-kota", "pp-pupr"):
        with refused(finished, NotPermitted):
            finished.act(closing.approve_closing, who)
    finished.act(closing.approve_closing, "admin-pusat-2")


@pytest.mark.parametrize("undone", ["objected", "sent back", "reopened"])
def test_S58_what_is_not_finished_is_not_closed_on_request(case: Case, undone: str) -> None:
    case.is_followed_up(on=MONDAY)
    if undone == "objected":
        case.act(reply.object_, "reporter", text="Belum, masih berlubang.")
    elif undone == "sent back":
        case.act(evaluate.send_back, "admin-kota", why="Belum menjawab.")
    else:
        case.sweep("Tue 17 Mar 2026 08:00 WITA")
        case.act(reopen.reopen_report, "reporter", why="Berlubang lagi.")

    case.on("Tue 31 Mar 2026 09:00 WITA")
    with refused(case, NotPermitted):
        case.act(closing.request_closing, "admin-kota", why="Sudah lama.")


def test_S58_a_liaison_never_closes(finished: Case) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA")
    with refused(finished, NotPermitted):
        finished.act(closing.request_closing, "pp-pupr", why="Sudah selesai.")


def test_S59_two_lists_what_was_asked_and_what_was_decided(finished: Case, world: World) -> None:
    finished.on("Tue 17 Mar 2026 09:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    assert [row.code for row in closings.asked(world["admin-pusat"]).rows] == [finished.code]
    assert closings.decided(world["admin-pusat"]).rows == []
    assert [row.code for row in inbox.inbox(world["admin-kota"], Tab.CLOSING, now=finished.now).rows] == [finished.code]

    finished.act(closing.approve_closing, "admin-pusat")

    assert closings.asked(world["admin-pusat"]).rows == []
    decided = closings.decided(world["admin-kota"]).rows
    assert [(row.code, row.decision) for row in decided] == [(finished.code, Action.APPROVE_CLOSING)]
    assert closings.decided(world["admin-lembaga"]).rows == []


# --- What ends may come back ---------------------------------------------------------------------


def test_a_closed_report_is_reopened_within_the_window_by_its_reporter(case: Case) -> None:
    case.is_followed_up(on=MONDAY)
    case.sweep("Tue 17 Mar 2026 08:00 WITA")
    case.on("Wed 8 Apr 2026 10:00 WITA")  # the tenth working day
    case.act(reopen.reopen_report, "reporter", why="Tambalannya sudah lepas.")

    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.told == {"dinas-pupr", "kota-uji"}
    assert Clock.SUBSTANTIVE in case.running
    assert case.report.close_reason == ""


def test_after_the_window_only_the_national_desk_reopens(case: Case) -> None:
    case.is_followed_up(on=MONDAY)
    case.sweep("Tue 17 Mar 2026 08:00 WITA")
    case.on("Thu 9 Apr 2026 10:00 WITA")
    with refused(case, NotPermitted):
        case.act(reopen.reopen_report, "reporter", why="Tambalannya sudah lepas.")
    with refused(case, NotPermitted):
        case.act(reopen.reopen_report, "admin-kota", why="Kami buka lagi.")

    case.act(reopen.reopen_report, "admin-pusat", why="Pelapor menelepon.")

    assert case.status == Status.IN_PROGRESS
    assert "reporter" in case.told


def test_a_withdrawn_report_lies_in_the_archive_and_its_reporter_may_bring_it_back_once(case: Case) -> None:
    case.is_disposed(on=MONDAY)
    case.act(withdraw.withdraw_report, "reporter")
    assert (case.status, case.report.archive_reason) == (Status.ARCHIVED, "withdrawn")
    assert case.told == {"dinas-pupr", "kota-uji"}
    case.on("Fri 6 Mar 2026 09:00 WITA")
    case.act(restore.restore_report, "reporter", text="Ternyata belum selesai.")

    assert case.status == Status.UNVERIFIED
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert case.due(Clock.ESCALATION) == on("Wed 17 Jun 2026")  # goes on with the days it had left
    case.act(withdraw.withdraw_report, "reporter")
    with refused(case, NotPermitted):
        case.act(restore.restore_report, "reporter", text="Sekali lagi.")


def test_nobody_but_the_reporter_speaks_for_the_reporter(case: Case) -> None:
    case.is_disposed()
    for who in ("admin-kota", "pp-pupr", "admin-pusat"):
        with refused(case, NotPermitted):
            case.act(withdraw.withdraw_report, who)
        with refused(case, NotPermitted):
            case.act(reply.reply, who, text="Saya wakili pelapor.")


def test_a_report_that_comes_back_where_nobody_is_responsible_yet_is_sent_on_by_the_national_desk(case: Case) -> None:
    case.is_submitted(agency="", on=MONDAY)
    case.sweep("Thu 11 Jun 2026 09:00 WITA")
    case.act(ombudsman.record_outcome, "ombudsman", text="Diselesaikan lewat klarifikasi.")
    case.act(reopen.reopen_report, "reporter", why="Masih sama saja.")
    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.NATIONAL, "nasional")

    case.act(dispose.dispose_report, "admin-pusat", to="kota-uji")

    assert case.status == Status.UNVERIFIED
    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert case.running >= {Clock.VERIFY_AGENCY, Clock.ESCALATION}
    assert case.clock(Clock.SUBSTANTIVE).state == "paused"
