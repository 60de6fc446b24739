"""M2, S50 to S54: what waits for its reporter, and what lies in the archive."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import Case, World
from tests.sop.days import on
from tests.stories.telling import breaches_of, refused, told_of, words_of

from lapor.reports.queries import inbox
from lapor.reports.queries.inbox import Tab
from lapor.reports.refusals import InvalidInput, NotFound, NotPermitted
from lapor.reports.usecases import (
    archive,
    complete,
)
from lapor.reports.usecases.counts import fold_counts
from lapor.sop.vocabulary import (
    Action,
    ArchiveReason,
    Clock,
    Holder,
    Status,
)


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

    assert (Tab.PENDING.label("en"), Tab.PENDING.label("id")) == ("Pending", "Tertunda")
    assert [row.number for row in rows] == [pending.number]


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


# A withdrawal is the reporter's, an entry by mistake is taken back by who made it.
OF_ADMINS = [one for one in ArchiveReason if one not in (ArchiveReason.WITHDRAWN, ArchiveReason.MISTAKEN)]


@pytest.mark.parametrize("reason", OF_ADMINS)
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
    assert [row.number for row in rows] == [new.number]
    assert inbox.number_of(world["admin-kota"], f" {new.number.lower()} ") == new.number
    assert inbox.number_of(world["admin-lembaga"], new.number) is None
