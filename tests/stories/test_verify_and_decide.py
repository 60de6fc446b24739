"""One reading, one sending (S40 to S55): every step in the ledger by itself, all of them or none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import Case, World
from tests.stories.telling import refused

from lapor.reports.findings import Findings
from lapor.reports.models import Link, OutgoingMessage, Report, ReportText, Response, TextEdit, Verification
from lapor.reports.refusals import DeskNotReceiving, InvalidInput, NotPermitted, NotYourDesk, Refusal, StalePage
from lapor.reports.usecases.classify import Subject
from lapor.reports.usecases.edit import Wording
from lapor.reports.usecases.verify import verify_report
from lapor.reports.usecases.verify_and_decide import Outcome, Protection, Reading, verify_and_decide
from lapor.sop.vocabulary import Action, ArchiveReason, EditReason, Holder, Status

SOUND = Findings(relevant=True, complete=True, clear=True)
LOUD = "JALAN DI DEPAN PASAR BERLUBANG SJK BULAN LALU"
CALM = "Jalan di depan pasar berlubang sjk bulan lalu"
GOOD = "Jalan di depan pasar berlubang sejak bulan lalu"
FULL = Reading(
    findings=SOUND,
    wordings=(
        Wording("Jalan berlubang", CALM, EditReason.SMARTCASE),
        Wording("Jalan berlubang", GOOD, EditReason.ABBREVIATIONS),
    ),
    protection=Protection(anonymous=True, secret=False),
    subject=Subject("complaint", "jalan-rusak", ("aspal",)),
)
TO_ROADS = Outcome(Action.DISPOSE, {"to": "dinas-pupr", "note": "Mohon segera."})


@pytest.fixture
def loud(case: Case) -> Case:
    """A report typed in capitals."""
    return case.is_submitted(text=LOUD)


def test_S40_to_S48_every_part_is_a_step_of_its_own(loud: Case) -> None:
    loud.act(verify_and_decide, "admin-kota", reading=FULL, outcome=TO_ROADS)

    assert loud.holder == (Holder.UNIT, "dinas-pupr")
    assert [line.split(" by ")[0].split()[-1] for line in loud.ledger] == [
        "submit", "verify", "edit_text", "edit_text", "change_secrecy", "classify", "dispose",
    ]  # fmt: skip
    report = loud.report
    assert (report.title, report.is_anonymous, report.tags) == ("Jalan berlubang", True, ["aspal"])
    words = ReportText.objects.get(report=report)
    assert (words.original, words.published) == (LOUD, GOOD)
    edits = [(edit.reason, edit.before, edit.after) for edit in TextEdit.objects.order_by("id")]
    assert edits == [("smartcase", LOUD, CALM), ("abbreviations", CALM, GOOD)]
    assert Verification.objects.get(report=report).is_complete
    assert loud.told == {"reporter", "dinas-pupr"}


@pytest.mark.parametrize(
    ("outcome", "status", "holder"),
    [
        (TO_ROADS, Status.DISPOSED, Holder.UNIT),
        (Outcome(Action.HANDLE_HERE, {"text": "Kami tangani sendiri."}), Status.IN_PROGRESS, Holder.AGENCY),
        (Outcome(Action.ASK, {"question": "Di jalan apa?"}), Status.PENDING, Holder.REPORTER),
        (
            Outcome(Action.RETURN, {"competent_body": "Kementerian Contoh", "why": "Jalan nasional."}),
            Status.UNVERIFIED,
            Holder.NATIONAL,
        ),
        (
            Outcome(Action.ARCHIVE, {"reason": ArchiveReason.SUGGESTION, "text": "Terima kasih."}),
            Status.ARCHIVED,
            Holder.NOBODY,
        ),
    ],
)
def test_each_outcome_is_the_step_of_the_table(loud: Case, outcome: Outcome, status: Status, holder: Holder) -> None:
    loud.act(verify_and_decide, "admin-kota", reading=FULL, outcome=outcome)

    assert (loud.status, loud.holder[0]) == (status, holder)
    assert loud.ledger[-1].split(" by ")[0].endswith(outcome.action)


@pytest.mark.parametrize(
    ("outcome", "reading", "refusal"),
    [
        (Outcome(Action.DISPOSE, {"to": "biro-layanan"}), FULL, DeskNotReceiving),
        (Outcome(Action.DISPOSE, {"to": ""}), FULL, DeskNotReceiving),
        (Outcome(Action.ASK, {"question": " "}), FULL, InvalidInput),
        (Outcome(Action.ARCHIVE, {"reason": ArchiveReason.WITHDRAWN, "text": "x"}), FULL, InvalidInput),
        (TO_ROADS, Reading(SOUND, subject=Subject("complaint", "tiada")), InvalidInput),
        (TO_ROADS, Reading(SOUND, wordings=(Wording("x", "", EditReason.TONE),)), InvalidInput),
        (TO_ROADS, Reading(SOUND, duplicate_of="UJI-2026-999999"), Refusal),
    ],
)
def test_what_is_refused_at_the_end_leaves_nothing_of_the_beginning(
    loud: Case, outcome: Outcome, reading: Reading, refusal: type[Refusal]
) -> None:
    messages = OutgoingMessage.objects.count()

    with refused(loud, refusal):
        loud.act(verify_and_decide, "admin-kota", reading=reading, outcome=outcome)

    assert not Verification.objects.exists()
    assert not TextEdit.objects.exists()
    assert not Response.objects.exists()
    assert OutgoingMessage.objects.count() == messages
    assert ReportText.objects.get().published == LOUD


def test_a_protection_is_given_up_by_the_reporter_only(case: Case) -> None:
    case.is_submitted(anonymous=True)

    with refused(case, InvalidInput):
        case.act(
            verify_and_decide,
            "admin-kota",
            reading=Reading(SOUND, protection=Protection(anonymous=False, secret=False)),
            outcome=TO_ROADS,
        )


def test_who_comes_second_changes_nothing(loud: Case) -> None:
    seen = loud.report.version
    loud.act(verify_and_decide, "admin-kota", reading=FULL, outcome=TO_ROADS, version=seen)

    with refused(loud, StalePage):
        loud.act(verify_and_decide, "admin-kota", reading=FULL, outcome=TO_ROADS, version=seen)


@pytest.mark.parametrize(("who", "refusal"), [("pp-pupr", Refusal), ("admin-lembaga", Refusal), ("panrb", NotYourDesk)])
def test_only_the_admin_who_holds_it_decides(loud: Case, who: str, refusal: type[Refusal]) -> None:
    with refused(loud, refusal):
        loud.act(verify_and_decide, who, reading=FULL, outcome=TO_ROADS)


def test_what_was_verified_before_is_passed_on_without_a_second_verification(loud: Case) -> None:
    loud.act(verify_report, "admin-kota", findings=SOUND)

    with refused(loud, NotPermitted):
        loud.act(verify_and_decide, "admin-kota", reading=FULL, outcome=TO_ROADS)
    loud.act(verify_and_decide, "admin-kota", reading=Reading(), outcome=TO_ROADS)

    assert loud.status == Status.DISPOSED
    assert Verification.objects.count() == 1


def test_S27_the_national_desk_disposes_to_an_institution(case: Case) -> None:
    case.is_submitted(agency="")

    case.act(
        verify_and_decide, "admin-pusat", reading=Reading(SOUND), outcome=Outcome(Action.DISPOSE, {"to": "kota-uji"})
    )

    assert case.holder == (Holder.AGENCY, "kota-uji")
    assert "verify" in case.ledger[1]


def test_a_duplicate_is_linked_with_the_same_sending(world: World, loud: Case) -> None:
    first: Any = Case(world).is_submitted()

    loud.act(verify_and_decide, "admin-kota", reading=Reading(SOUND, duplicate_of=first.number), outcome=TO_ROADS)

    assert Link.objects.get(report=loud.report, other=Report.objects.get(code=first.code)).kind == "duplicate"
