"""M2, S35 to S49: the city's admin verifies, and cares for the words of a report."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.builders import Case, World, draft
from tests.sop.days import at, on
from tests.stories.telling import breaches_of, refused, told_of, words_of

from lapor.agencies.models import Keyword
from lapor.agencies.queries.keywords import institution_for
from lapor.reports.findings import QUESTIONS, Findings
from lapor.reports.models import Breach, ReportText, TextEdit, Verification
from lapor.reports.queries import inbox, public
from lapor.reports.queries.case import case as case_of
from lapor.reports.queries.inbox import Tab
from lapor.reports.queries.track import track
from lapor.reports.refusals import InvalidInput, NotFound, NotPermitted
from lapor.reports.usecases import (
    archive,
    ask,
    classify,
    edit,
    respond,
    return_,
    secrecy,
    verify,
)
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

    assert [row.number for row in rows] == [case.number]
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
    assert [(view.reasons, view.before, view.after) for view in seen.edits] == [
        ((reason,), "Marga bolong di arep peken, ndekman tetambal.", "Jalan berlubang di depan pasar, belum ditambal.")
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


def test_an_edit_that_changes_nothing_is_refused_and_the_original_can_be_published_again(case: Case) -> None:
    case.is_submitted()
    first = {"title": case.report.title, "text": ReportText.objects.get(report=case.report).published}
    better = {"title": "Jalan berlubang di pasar", "text": "Jalan di depan pasar berlubang sejak bulan lalu."}
    with refused(case, InvalidInput):
        case.act(edit.edit_wording, "admin-kota", **first, reason=EditReason.STRUCTURE)
    assert not TextEdit.objects.exists()

    for words in (better, first):
        case.act(edit.edit_wording, "admin-kota", **words, reason=EditReason.STRUCTURE)

    kept = ReportText.objects.get(report=case.report)
    assert (case.report.title, kept.published, kept.original) == (first["title"], first["text"], first["text"])
    assert TextEdit.objects.count() == 2
