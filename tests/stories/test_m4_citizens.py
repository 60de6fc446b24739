"""M4, S71 to S83: how citizens reach the system, follow their report, and know by which rules it is handled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.builders import Case, World, draft
from tests.sop.days import at, on
from tests.stories.telling import refused

from lapor.agencies.models import Agency, Keyword
from lapor.agencies.queries.keywords import institution_for
from lapor.identity.contacts import ContactInput
from lapor.kernel.codes import new_code, read_code, show_code
from lapor.reports import access, profiles
from lapor.reports.models import Breach, Report
from lapor.reports.queries import inbox
from lapor.reports.queries.case import case as case_of
from lapor.reports.queries.deadlines import explain_deadline
from lapor.reports.queries.inbox import Tab
from lapor.reports.queries.timeline import LANES
from lapor.reports.queries.track import track
from lapor.reports.refusals import DeskNotReceiving, NotFound, SameKeyOtherBody
from lapor.reports.usecases import accept, brief, note, respond
from lapor.reports.usecases.record_manual import record_manual
from lapor.reports.usecases.submit import submit_report
from lapor.sop.profile import shipped_profiles
from lapor.sop.vocabulary import SOCIAL, Channel, Classification, Clock, Holder, Status

NOON = "Mon 2 Mar 2026 12:00 WITA"


@pytest.fixture
def file(case: Case) -> Any:
    """Return how a citizen files at noon of Monday 2 March 2026, with a key of their own."""

    def filing(key: str = "satu", **fields: Any) -> Any:
        return submit_report(draft(**fields), actor=case.reporter, now=at(NOON), key=key)

    return filing


def test_S71_one_field_is_enough_to_file(file: Any) -> None:
    receipt = file(title="", classification="", agency="", text="Air di rumah kami mati sejak kemarin.")

    report = Report.objects.get(code=receipt.code)
    assert report.title == "Air di rumah kami mati sejak kemarin"
    assert report.holder == Holder.NATIONAL


def test_S71_the_receipt_carries_code_number_institution_and_promised_days(file: Any) -> None:
    receipt = file()

    assert read_code(show_code(receipt.code)) == receipt.code
    assert (receipt.number, receipt.agency) == ("UJI-2026-000001", "Kota Uji")
    promised = {promise.clock: promise.day for promise in receipt.promises}
    assert promised[Clock.VERIFY_AGENCY] == on("Thu 5 Mar 2026")


def test_S71_a_wrong_character_in_a_code_is_noticed_before_anybody_searches() -> None:
    code = new_code()
    wrong = code[:3] + ("A" if code[3] != "A" else "B") + code[4:]

    assert read_code(f" {show_code(code).lower()} ") == code
    assert read_code(wrong) is None


def test_S71_an_unknown_code_gets_the_same_answer_as_a_wrong_one(case: Case) -> None:
    case.is_submitted()
    for typed in (new_code(), "salah", "", "A" * 500, case.code[:-1]):
        with pytest.raises(NotFound):
            access.find_report(case.reporter, typed)


def test_S72_the_city_s_own_website_files_with_the_city(file: Any) -> None:
    receipt = file(channel="agency_web", agency="kota-uji")

    assert Report.objects.get(code=receipt.code).agency == Agency.objects.get(code="kota-uji")


def test_S73_an_sms_from_one_number_has_one_reporter_behind_it(file: Any) -> None:
    first = file(key="sms-1", channel="sms", contact=ContactInput("phone", "0812-0000-1111"))
    second = file(key="sms-2", channel="sms", contact=ContactInput("phone", "+62 812 0000 1111"), text="Lampu padam.")

    refs = {Report.objects.get(code=receipt.code).reporter_ref for receipt in (first, second)}
    assert len(refs) == 1


def test_S73_a_second_keyword_leads_to_the_same_city(world: World) -> None:
    for word in ("UJI", "LAPORUJI"):
        Keyword.objects.create(agency=world.agency("kota-uji"), word=word)

    found = {agency.code for typed in ("uji", "Lapor Uji", "LAPORUJI") if (agency := institution_for(typed))}

    assert found == {"kota-uji"}


def test_S74_what_comes_by_facebook_is_held_to_the_ten_and_sixty_days(world: World, case: Case) -> None:
    case.is_submitted(channel="facebook", on="Mon 2 Mar 2026 09:00 WITA")

    assert case.due(Clock.ESCALATION) == on("Wed 10 Jun 2026")
    case.is_disposed()
    case.act(respond.respond_first, "pp-pupr", text="Kami periksa.")
    case.is_followed_up()
    assert case.due(Clock.SILENCE) == on("Mon 16 Mar 2026")


@pytest.mark.parametrize(("seen", "late"), [("Mon 2 Mar 2026 11:00 WITA", False), ("Mon 2 Mar 2026 10:59 WITA", True)])
def test_S75_a_social_media_message_is_a_report_within_an_hour_of_being_seen(
    world: World, seen: str, late: bool
) -> None:
    receipt = record_manual(
        draft(channel="x"), actor=world["admin-kota"], now=at(NOON), key="x-1", started_at=at(NOON), seen_at=at(seen)
    )

    assert Breach.objects.filter(report__code=receipt.code, clock="social_entry").exists() is late
    assert Channel.X in SOCIAL


def test_S76_reports_of_people_from_elsewhere_are_accepted_too(file: Any) -> None:
    receipt = file(contact=ContactInput("phone", "+60123456789"), text="Saya wisatawan; trotoar di pantai rusak.")

    assert Report.objects.get(code=receipt.code).status == Status.UNVERIFIED


def test_S77_complaints_and_aspirations_are_filed_in_the_same_way(file: Any) -> None:
    complaint, aspiration = file(key="1"), file(key="2", classification="aspiration", text="Mohon taman bermain.")

    kinds = set(Report.objects.values_list("classification", flat=True))
    assert kinds == {Classification.COMPLAINT, Classification.ASPIRATION}
    assert [receipt.number for receipt in (complaint, aspiration)] == ["UJI-2026-000001", "UJI-2026-000002"]


def test_S79_the_reporter_sees_where_the_report_stands_up_to_the_head(case: Case) -> None:
    case.is_in_progress(on="Mon 2 Mar 2026 09:00 WITA")
    case.act(brief.brief_head, "pp-pupr", text="Rahasia dapur: anggaran habis.")
    case.on("Thu 5 Mar 2026 09:00 WITA")

    seen = track(case.reporter, case.code, case.now)

    assert seen.holder == Holder.HEAD
    assert [(leg.holder, leg.desk) for leg in seen.legs] == [
        (Holder.AGENCY, "Kota Uji"),
        (Holder.UNIT, "Dinas Pupr"),
        (Holder.HEAD, "Dinas Pupr"),
    ]
    assert [leg.net_days for leg in seen.legs] == [0, 0, 3]  # who holds it now, so far
    assert seen.moments[0].lane == Holder.REPORTER
    assert set(LANES.values()) >= {Holder.REPORTER, Holder.AGENCY, Holder.UNIT, Holder.HEAD}
    assert "anggaran" not in repr(seen.moments)


def test_S79_every_date_shown_can_say_why_it_is_that_date(case: Case) -> None:
    case.is_disposed(on="Thu 12 Mar 2026 15:00 WITA")
    seen = track(case.reporter, case.code, case.now)
    shown = next(view for view in seen.clocks if view.clock is Clock.FIRST_RESPONSE)

    explained = explain_deadline(case.reporter, case.code, shown.id, case.now)

    assert shown.due_on == explained.due_on == on("Thu 2 Apr 2026")
    hidden = case.clock(Clock.ACCEPT).pk  # a step among the desks
    with pytest.raises(NotFound):
        explain_deadline(case.reporter, case.code, hidden, case.now)


def test_S82_a_unit_sees_only_reports_disposed_to_it(case: Case, world: World) -> None:
    case.is_submitted()
    for name in ("pp-pupr", "pimpinan-pupr", "petugas-bina-marga", "pp-kesehatan"):
        with refused(case, NotFound):
            case.act(accept.accept_disposition, name)
    case.is_disposed(to="dinas-pupr")

    assert [row.number for row in inbox.inbox(world["pp-pupr"], Tab.DISPOSED, now=case.now).rows] == [case.number]
    assert inbox.inbox(world["pp-kesehatan"], Tab.DISPOSED, now=case.now).rows == ()
    assert case_of(world["pimpinan-pupr"], case.code, case.now).report == case.report
    with pytest.raises(NotFound):
        access.find_report(world["pp-kesehatan"], case.code)
    with pytest.raises(NotFound):
        access.find_report(world["petugas-bina-marga"], case.code)  # not forwarded yet


def test_S83_a_report_keeps_the_profile_version_it_began_with(case: Case) -> None:
    case.is_submitted()

    profile = profiles.of(case.report)

    assert (profile.code, profile.version) == ("kota-mataram", "2023")
    assert case.report.profile_version == "2023"
    Agency.objects.filter(code="kota-uji").update(profile="nasional")
    assert profiles.of(case.report).code == "kota-mataram"
    case.is_disposed()
    assert case.clock(Clock.FIRST_RESPONSE).limit == 10  # three in the profile of the day


def test_S83_the_profile_says_number_dates_and_who_approved() -> None:
    document = shipped_profiles().in_force("kota-mataram", on("Mon 2 Mar 2026")).document

    assert document.number == "000.8.3.3/215/Diskominfo/II/2021"
    assert (document.created, document.effective) == (on("Mon 1 Feb 2021"), on("Fri 3 Feb 2023"))
    assert document.approver


# --- One report, however often it is sent --------------------------------------------------------


def test_the_same_key_with_the_same_words_returns_the_first_receipt(file: Any) -> None:
    first, again = file(), file()

    assert (again.code, again.number, again.repeated) == (first.code, first.number, True)
    assert Report.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(file: Any) -> None:
    file()
    with pytest.raises(SameKeyOtherBody) as refusal:
        file(text="Sesuatu yang sama sekali berbeda.")

    assert refusal.value.status == 422
    assert Report.objects.count() == 1


def test_human_numbers_run_per_institution_and_year(case: Case, world: World) -> None:
    def number(key: str, now: str, agency: str) -> str:
        return submit_report(draft(agency=agency), actor=case.reporter, now=at(now), key=key).number

    assert number("1", "Wed 31 Dec 2025 23:30 WITA", "kota-uji") == "UJI-2025-000001"
    assert number("2", "Thu 1 Jan 2026 00:30 WITA", "kota-uji") == "UJI-2026-000001"
    assert number("3", "Wed 31 Dec 2025 23:30 WIB", "lembaga-uji") == "LBG-2025-000001"
    assert number("4", "Thu 1 Jan 2026 00:30 WITA", "lembaga-uji") == "LBG-2025-000002"  # still 23:30 in its zone
    assert number("5", "Thu 1 Jan 2026 08:00 WIB", "") == "NAS-2026-000001"


def test_a_refused_report_takes_no_number(case: Case, file: Any) -> None:
    with pytest.raises(DeskNotReceiving):
        file(key="buruk", agency="tidak-ada")

    assert file(key="baik").number == "UJI-2026-000001"


def test_an_anonymous_report_is_handled_like_any_other(case: Case, world: World) -> None:
    case.is_submitted(anonymous=True, name="Budi Contoh", contact=ContactInput("phone", "081200002222"))
    case.is_disposed()
    case.act(note.write_note, "pp-pupr", text="Siapa pelapornya?")

    shown = case_of(world["pp-pupr"], case.code, case.now)
    assert "Budi" not in repr(shown)
    assert "0812" not in repr(shown)


# --- What the pages say of the rules themselves --------------------------------------------------


def test_S80_guides_for_citizens_and_officers_ship_in_indonesian() -> None:
    guides = Path(__file__).parents[2] / "docs" / "panduan"

    for name in ("masyarakat.md", "admin-instansi.md", "pejabat-penghubung.md"):
        text = (guides / name).read_text(encoding="utf-8")
        assert len(text) > 2000
        assert "laporan" in text


def test_S81_the_legal_page_says_by_which_regulation_this_is_a_node_of_the_national_system(
    world: World, client: Client
) -> None:
    page = client.get("/dasar-hukum/").content.decode()

    assert "SP4N" in page
    assert "Nomor 76 Tahun 2013" in page
