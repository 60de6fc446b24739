"""A manual entry made by mistake (S68): taken back today by who made it, never deleted."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import Case, World, draft
from tests.stories.telling import refused

from lapor.identity.contacts import ContactInput
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.queries import public
from lapor.reports.refusals import NotPermitted, Refusal
from lapor.reports.usecases import accept, restore
from lapor.reports.usecases.record_manual import Settled, record_manual
from lapor.reports.usecases.take_back import take_back_entry
from lapor.sop.vocabulary import Holder, Status


def entered(case: Case, who: str = "pp-pupr", settled: bool = False) -> Case:
    """Let an officer record a complaint."""
    told = draft(channel="letter", contact=ContactInput("phone", "081200001234"))
    how = Settled(case.now, "Sudah ditambal.", case_day(case), "Tim Bina Marga") if settled else None
    receipt = record_manual(told, actor=case.world[who], now=case.now, key=f"k-{who}", started_at=case.now, settled=how)
    case.code = receipt.code
    return case


def case_day(case: Case) -> date:
    """Return the local day of the virtual clock."""
    return case.now.date()


@pytest.mark.parametrize("who", ["pp-pupr", "admin-kota"])
@pytest.mark.parametrize("settled", [False, True])
def test_S68_who_entered_it_takes_it_back_the_same_day(case: Case, who: str, settled: bool) -> None:
    entered(case, who, settled)

    case.act(take_back_entry, who)

    assert (case.status, case.holder) == (Status.ARCHIVED, (Holder.NOBODY, ""))
    report = case.report
    assert (report.archive_reason, report.close_reason) == ("mistaken", "")
    assert case.ledger[-1].startswith("S68 take_back by")
    assert "reporter" in case.told
    assert not case.running
    assert not public.public().filter(pk=report.pk).exists()
    assert OutgoingMessage.objects.filter(report=report, action="take_back", told="reporter").count() == 1


def test_S68_the_next_day_it_stays(case: Case) -> None:
    entered(case).on("Tue 3 Mar 2026 09:00 WITA")

    with refused(case, NotPermitted):
        case.act(take_back_entry, "pp-pupr")


def test_S68_what_has_moved_on_stays(case: Case) -> None:
    entered(case).act(accept.accept_disposition, "pp-pupr")

    with refused(case, NotPermitted):
        case.act(take_back_entry, "pp-pupr")


@pytest.mark.parametrize("who", ["admin-kota", "pp-kesehatan", "admin-pusat", "pimpinan-pupr"])
def test_S68_nobody_else_takes_it_back(case: Case, who: str) -> None:
    entered(case)

    with refused(case, Refusal):
        case.act(take_back_entry, who)


def test_S68_a_citizen_s_own_report_is_nobody_s_entry(case: Case) -> None:
    case.is_submitted()

    with refused(case, NotPermitted):
        case.act(take_back_entry, "admin-kota")


def test_C10_its_reporter_can_bring_it_back(world: World, case: Case) -> None:
    entered(case).act(take_back_entry, "pp-pupr")

    case.act(restore.restore_report, "reporter", text="Ini memang laporan saya.")

    assert case.status == Status.UNVERIFIED
    assert Report.objects.count() == 1
