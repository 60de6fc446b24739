"""A whole import, from the file to the reports: once each, with their own times, whatever lies between them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.utils import translation
from tests.ops.exports import stream, workbook

from lapor.agencies.models import Agency
from lapor.agencies.queries import roles
from lapor.agencies.usecases.extras import man_every_desk
from lapor.insights.ringkas_words import STANDINGS
from lapor.kernel.actor import Actor, reporter_with_code
from lapor.ledger.book import problems_of
from lapor.ledger.models import Entry
from lapor.ops.importing import command
from lapor.ops.importing.account_file import place_beside
from lapor.ops.importing.files import open_source
from lapor.ops.importing.run import Account, import_file, survey
from lapor.reports.imports import ImportRow
from lapor.reports.models import Count, Deadline, Disposition, OutgoingMessage, Report
from lapor.reports.queries.case import case
from lapor.reports.queries.public import public
from lapor.reports.queries.track import track
from lapor.reports.usecases.counts import fold_counts
from lapor.reports.usecases.import_ import import_report
from lapor.sop.vocabulary import Action, ArchiveReason, CloseReason, Holder, Role, Status

NOW = datetime(2026, 6, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def imported(path: Path) -> Account:
    source = open_source(path)
    _, directory = survey(source)
    return import_file(source, directory, now=NOW)


def imported_rows(tmp_path: Path, *changes: dict[str, Any]) -> list[Report]:
    account = imported(stream(tmp_path / "a.jsonl", *changes))
    assert not account.refused, account.problems
    return list(Report.objects.filter(source="uji").order_by("pk"))


def agency(report: Report) -> Agency:
    assert report.agency
    return report.agency


def unit(report: Report) -> Agency:
    assert report.unit
    return report.unit


def place(report: Report) -> str:
    assert report.place
    return report.place.name


def category(report: Report) -> str:
    assert report.category
    return report.category.code


def test_S26_a_second_run_adds_none(tmp_path: Path) -> None:
    path = stream(tmp_path / "a.jsonl", {}, {"status": "Selesai"}, {"status": "Konten Terblokir"})
    first, second = imported(path), imported(path)
    assert (first.added, first.already) == (3, 0)
    assert (second.added, second.already, second.repaired) == (0, 3, 0)
    assert Report.objects.filter(source="uji").count() == 3


def test_the_same_reference_twice_in_a_file_comes_in_once(tmp_path: Path) -> None:
    path = stream(tmp_path / "a.jsonl", {"ref": "sama"}, {"ref": "sama", "body": "Lain sama sekali dari yang pertama."})
    account = imported(path)
    assert (account.added, account.already, account.still_open) == (1, 1, 1)
    assert Report.objects.get(source="uji").text.original.startswith("Lampu jalan")


def test_S26_what_has_ended_keeps_its_own_times(tmp_path: Path) -> None:
    (report,) = imported_rows(tmp_path, {"responded_at": "2022-03-04T05:06:07"})
    assert (report.status, report.close_reason) == (Status.CLOSED, CloseReason.SETTLED)
    assert report.received_at == datetime(2022, 3, 1, 2, tzinfo=UTC)
    assert report.ended_at == report.followed_up_at == datetime(2022, 3, 4, 5, 6, 7, tzinfo=UTC)
    leg = Disposition.objects.get(report=report)
    assert (leg.holder, leg.desk, leg.started_at, leg.ended_at) == (
        Holder.UNIT,
        report.unit,
        report.received_at,
        report.ended_at,
    )
    assert leg.net_days == 2  # Tue 1 Mar to Fri 4 Mar 2022; Thu 3 Mar was Nyepi
    assert not Deadline.objects.filter(report=report).exists()


def test_an_end_that_the_file_does_not_tell_stays_unknown(tmp_path: Path) -> None:
    (report,) = imported_rows(tmp_path, {"status": "Ditutup oleh Sistem"})
    assert (report.close_reason, report.ended_at) == (CloseReason.SILENCE, None)


def test_S26_an_open_report_enters_with_the_clocks_of_its_row_from_its_own_day(tmp_path: Path) -> None:
    (report,) = imported_rows(tmp_path, {"status": "Terverifikasi"})
    clocks = Deadline.objects.filter(report=report)
    assert (report.status, report.holder, report.desk) == (Status.DISPOSED, Holder.UNIT, report.unit)
    assert {clock.clock for clock in clocks} >= {"accept", "first_response", "substantive", "escalation"}
    assert {clock.started_at for clock in clocks} == {report.received_at}
    assert Disposition.objects.get(report=report, ended_at=None).desk == report.unit


@pytest.mark.parametrize(
    ("status", "entered"),
    [
        ("Belum Terverifikasi", Status.UNVERIFIED),
        ("Terverifikasi", Status.DISPOSED),
        ("Proses", Status.IN_PROGRESS),
        ("Menunggu Kelengkapan Informasi", Status.PENDING),
        ("Diteruskan ke Ombudsman RI", Status.ESCALATED),
        ("Ditutup oleh Pelapor", Status.CLOSED),
        ("Diarsipkan oleh Pelapor", Status.ARCHIVED),
    ],
)
def test_a_report_may_enter_in_every_status(tmp_path: Path, status: str, entered: Status) -> None:
    (report,) = imported_rows(tmp_path, {"status": status})
    assert report.status == entered
    assert problems_of(report.pk) == []


def test_without_a_unit_a_disposed_report_waits_at_the_agencys_desk(tmp_path: Path) -> None:
    (report,) = imported_rows(tmp_path, {"agency": None})
    assert (report.status, report.holder, report.desk) == (Status.UNVERIFIED, Holder.AGENCY, report.agency)


def test_without_any_agency_it_waits_at_the_national_desk(tmp_path: Path) -> None:
    (report,) = imported_rows(tmp_path, {"agency": None, "parent_agency": None, "status": "Proses"})
    assert (report.status, report.holder) == (Status.UNVERIFIED, Holder.NATIONAL)


def test_nobody_is_told_of_history_and_no_reporter_is_made(tmp_path: Path) -> None:
    reports = imported_rows(tmp_path, {}, {"status": "Selesai"})
    assert not OutgoingMessage.objects.filter(report__in=reports).exists()
    assert {report.reporter_ref for report in reports} == {None}


def test_S26_the_ledger_says_whence_a_report_came(tmp_path: Path) -> None:
    (report,) = imported_rows(tmp_path, {"status": "Diarsipkan oleh Sistem"})
    entry = Entry.objects.get(subject=report.pk)
    assert (entry.seq, entry.rule, entry.action) == (1, "S26", "import")
    assert entry.facts["ref"] == "UJI-1"
    assert entry.facts["ended_by"] == "lapse_pending"
    assert problems_of(report.pk) == []


def test_the_counts_move_with_an_import(tmp_path: Path) -> None:
    fold_counts()
    before = dict(Count.objects.filter(desk=None).values_list("key", "n"))
    imported_rows(tmp_path, {"status": "Selesai"}, {"status": "Selesai"}, {})
    fold_counts()
    after = dict(Count.objects.filter(desk=None).values_list("key", "n"))
    assert after["closed"] - before.get("closed", 0) == 2
    assert after["disposed"] - before.get("disposed", 0) == 1


def test_numbers_count_on_within_institution_and_year(tmp_path: Path) -> None:
    reports = imported_rows(tmp_path, {"status": "Selesai"}, {}, {"received_at": "2021-12-31T18:00:00Z"})
    numbers = sorted(report.number for report in reports)
    # 18.00 UTC on New Year's Eve is already 2022 in Surabaya.
    assert numbers == ["SURABAYA-2022-000001", "SURABAYA-2022-000002", "SURABAYA-2022-000003"]


def test_one_bad_row_does_not_keep_its_neighbours_out(tmp_path: Path) -> None:
    # 2013 is before the first day of the calendar: an open report of that age cannot have clocks.
    path = stream(tmp_path / "a.jsonl", {}, {"received_at": "2009-01-01T00:00:00Z"}, {"status": "Selesai"})
    account = imported(path)
    assert (account.added, account.refused) == (2, 1)
    assert account.problems[0].line == 2
    assert "outside the calendar" in account.problems[0].reason


def test_old_history_needs_no_calendar(tmp_path: Path) -> None:
    (report,) = imported_rows(tmp_path, {"received_at": "2009-01-01T00:00:00Z", "responded_at": "2009-01-02T00:00:00Z"})
    assert Disposition.objects.get(report=report).net_days is None


def test_S26_agencies_are_found_by_name_or_founded_by_rule(tmp_path: Path) -> None:
    imported_rows(
        tmp_path,
        {"parent_agency": "Pemerintah Kota Mataram", "agency": "DINAS KESEHATAN KOTA MATARAM"},
        {"parent_agency": "Pemerintah Kabupaten Sumbawa", "agency": "Dinas Sosial Kab. Sumbawa"},
        {"parent_agency": "Dinas Sosial Kab. Sumbawa", "agency": "Dinas Sosial Kabupaten Sumbawa"},
        {"parent_agency": "Kecamatan Melati", "agency": "Kecamatan Melati"},
        {"parent_agency": "Pemerintah Kabupaten Sumbawa", "agency": "Kecamatan Melati"},
        {"parent_agency": None, "agency": "Kementerian Contoh"},
    )
    health, social, social_again, district, district_again, ministry = Report.objects.filter(source="uji").order_by(
        "pk"
    )
    assert (agency(health).code, unit(health).kind) == ("kota-mataram", Agency.Kind.UNIT)
    assert unit(health).name == "Dinas Kesehatan"
    assert social.unit == social_again.unit
    assert agency(social).name == "Pemerintah Kabupaten Sumbawa"
    assert agency(social).calendar.code == "wita"
    assert (agency(social).profile, unit(social).kind) == ("nasional", Agency.Kind.UNIT)
    assert district.unit == district_again.unit
    assert district.agency == social.agency
    assert (agency(ministry).name, ministry.unit) == ("Kementerian Contoh", None)


def test_what_the_institution_handled_itself_has_no_unit(tmp_path: Path) -> None:
    (report,) = imported_rows(tmp_path, {"agency": "Pemerintah Kota Surabaya", "status": "Ditutup oleh Sistem"})
    assert (agency(report).name, report.unit) == ("Pemerintah Kota Surabaya", None)


def test_places_are_matched_as_far_as_they_are_known(tmp_path: Path) -> None:
    known, unknown = imported_rows(
        tmp_path,
        {"province": "Nusa Tenggara Barat", "city": "Kota Mataram", "address": "Jl. Contoh 1"},
        {"district": "Kecamatan Khayal", "village": "Kelurahan Angan", "address": "Jl. Contoh 1"},
    )
    assert (place(known), known.place_note) == ("Kota Mataram", "Jl. Contoh 1")
    assert place(unknown) == "Kota Surabaya"
    assert unknown.place_note == "Kelurahan Angan, Kecamatan Khayal, Jl. Contoh 1"


def test_categories_are_matched_by_name_or_words_and_else_become_a_tag(tmp_path: Path) -> None:
    same, alike, other = imported_rows(
        tmp_path, {"category": "Jalan rusak"}, {"category": "PJU Mati"}, {"category": "Serba-serbi"}
    )
    assert (category(same), same.tags) == ("jalan-rusak", [])
    assert category(alike) == "penerangan-jalan"
    assert (other.category, other.tags) == (None, ["Serba-serbi"])


def test_the_text_after_editing_is_published_and_the_original_stays(tmp_path: Path) -> None:
    imported(workbook(tmp_path / "a.xlsx", {}))
    text = Report.objects.get(source="sp4n-lapor").text
    assert text.original == "Jalan berlubang di depan pasar."
    assert text.published == "Jalan berlubang di depan pasar, mohon ditambal."


def test_an_import_that_was_killed_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(rows: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lapor.ops.importing.run.BATCH", 2)
    path = stream(tmp_path / "a.jsonl", {}, {}, {}, {}, {})
    source = open_source(path)
    _, directory = survey(source)
    with pytest.raises(KeyboardInterrupt):
        import_file(source, directory, now=NOW, advanced=killed)
    account = imported(path)
    assert (account.already, account.added) == (2, 3)


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_add_every_row_once(tmp_path: Path) -> None:
    imported(stream(tmp_path / "founds-the-agencies.jsonl", {"ref": "pertama"}))
    path = stream(tmp_path / "a.jsonl", *({"status": "Selesai"} for _ in range(30)), *({} for _ in range(10)))
    together = Barrier(2)

    def run() -> Account:
        together.wait()
        try:
            return imported(path)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        accounts = [future.result() for future in [pool.submit(run), pool.submit(run)]]
    assert sum(account.added for account in accounts) == 40
    assert sum(account.already for account in accounts) == 40
    assert not [account.problems for account in accounts if account.problems]


def test_a_code_that_exists_nowhere_is_refused_and_nothing_is_written() -> None:
    row = ImportRow(
        source="uji",
        ref="1",
        received_at=datetime(2022, 3, 1, tzinfo=UTC),
        status=Status.ARCHIVED,
        archive_reason=ArchiveReason.SPAM,
        text="Teks laporan",
        title="Judul",
        institution="tidak-ada",
    )
    with pytest.raises(ObjectDoesNotExist, match="tidak-ada"):
        import_report(row, now=NOW)
    assert not Report.objects.filter(source="uji").exists()


def test_one_row_alone_tells_whether_it_was_new() -> None:
    row = ImportRow("uji", "1", datetime(2022, 3, 1, tzinfo=UTC), Status.UNVERIFIED, "Teks laporan", "Judul")
    assert import_report(row, now=NOW)
    assert not import_report(row, now=NOW)


def test_the_command_says_what_came_in_and_writes_what_did_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = stream(tmp_path / "a.jsonl", {}, {"body": ""}, {"ref": "=SUM(A1)", "received_at": "kemarin"})
    command.run(path, origin="", report=None)
    said = capsys.readouterr().out
    assert "1 added, 0 already here, 2 refused" in said
    assert "Still open: 1." in said
    with place_beside(path).open(encoding="utf-8") as stream_:
        found = list(csv.reader(stream_))
    assert found[1] == ["2", "UJI-2", "body", "refused", "the text is empty"]
    assert found[2][:3] == ["3", "'=SUM(A1)", "received_at"]


def test_a_refusal_is_told_in_the_readers_language(tmp_path: Path) -> None:
    path = stream(tmp_path / "a.jsonl", {"body": ""})
    with translation.override("id"):
        (problem,) = imported(path).problems
    assert problem.reason == "teksnya kosong"


def test_the_report_goes_to_the_working_folder_where_the_files_folder_is_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    assert place_beside(closed / "a.jsonl") == Path("a.jsonl.report.csv")
    assert place_beside(tmp_path / "a.jsonl") == tmp_path / "a.jsonl.report.csv"


def test_a_missing_file_is_told_before_anything_starts(tmp_path: Path) -> None:
    from lapor.ops.commands.import_ import command as lapor_import

    result = CliRunner().invoke(lapor_import, [str(tmp_path / "tidak-ada.jsonl")])
    assert result.exit_code == 2
    assert "does not exist" in result.output


@pytest.mark.parametrize("status", [text for text, standing in STANDINGS.items() if standing.ended_by is not None])
def test_what_has_ended_elsewhere_can_be_read_here(tmp_path: Path, status: str) -> None:
    (report,) = imported_rows(tmp_path, {"status": status})
    man_every_desk(date(2022, 1, 1), date(2027, 1, 1))
    desk = agency(report).pk
    admin = Actor(Role.AGENCY_ADMIN, desk=desk, appointment=roles.responsible_officer(desk, Role.AGENCY_ADMIN, NOW))
    assert [moment.action for moment in case(admin, report.code, NOW).moments] == [Action.IMPORT]
    assert track(reporter_with_code(), report.code, NOW).status == report.status


def test_nothing_imported_is_public(tmp_path: Path) -> None:
    imported_rows(tmp_path, {"status": "Selesai"}, {"status": "Proses"}, {})
    assert not public().exists()
