"""The panel is the table: every step of an officer has a form, and nothing is offered that the table does not give."""

from __future__ import annotations

from django.utils import translation
from tests.builders import Case
from tests.desk.conftest import SignIn

from lapor.desk.actions import ACTS, BY_SLUG, ELSEWHERE
from lapor.desk.acts import panel
from lapor.reports.queries.case import case as read_case
from lapor.sop.table import STEPS
from lapor.sop.vocabulary import Action, Role

NOT_OFFICERS = (Role.REPORTER, Role.CLOCK)


def test_every_step_of_an_officer_has_a_form_or_a_page() -> None:
    of_officers = {step.action for step in STEPS if step.role not in NOT_OFFICERS}

    assert of_officers == set(ACTS) | set(ELSEWHERE)
    assert not set(ACTS) & set(ELSEWHERE)


def test_each_step_has_an_address_of_its_own() -> None:
    assert len(BY_SLUG) == len(ACTS)


def test_the_panel_greys_what_is_not_open_and_says_what_it_needs(case: Case) -> None:
    case.is_in_progress()

    with translation.override("id"):
        shown = panel(read_case(case.world["admin-kota"], case.code, case.now))

    later = {button.action: button.why_not for button in shown.later}
    assert "tindak lanjut sudah diberikan" in later[Action.REQUEST_CLOSING]
    assert not shown.offers(Action.REQUEST_CLOSING)
    assert shown.offers(Action.FOLLOW_UP)


def test_who_may_only_read_is_told_so(case: Case, sits: SignIn) -> None:
    case.is_in_progress()

    page = sits("panrb").get(f"/meja/laporan/{case.number}/")

    assert "Dengan peran ini Anda dapat membaca laporan ini." in page.text


def test_the_panel_offers_exactly_the_open_steps_of_the_table(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    browser = sits("petugas-bina-marga")

    page = browser.get(f"/meja/laporan/{case.number}/").text

    offered = {slug for slug in BY_SLUG if f"/meja/laporan/{case.number}/{slug}/" in page}
    assert offered == {"terima-penerusan", "jawab", "catatan", "konsultasi"}


def test_who_is_asked_reaches_the_page_of_one_question_from_the_case(case: Case, sits: SignIn) -> None:
    case.is_with_unit_officer()
    asked, liaison = sits("petugas-bina-marga"), sits("pp-pupr")
    address, link = f"/meja/laporan/{case.number}/", f'href="/meja/tugas/{case.number}/"'

    assert link in asked.get(address).text
    assert link not in liaison.get(address).text
    asked.post(f"/meja/tugas/{case.number}/", {"do": "jawab", "text": "Ada empat lubang, kami tambal besok."})
    assert link not in asked.get(address).text


def later_of(case: Case, name: str) -> dict[Action, str]:
    with translation.override("id"):
        return {one.action: one.why_not for one in panel(read_case(case.world[name], case.code, case.now)).later}


def test_what_waits_for_another_desk_says_who_has_it(case: Case) -> None:
    case.is_with_unit_officer()

    later = later_of(case, "pp-pupr")

    assert later[Action.FORWARD] == "sekarang di: Satuan Kerja, Bidang Bina Marga"
    assert later[Action.RELEASE].startswith("sekarang di: Satuan Kerja, Bidang Bina Marga; syarat:")
    assert not {Action.RECALL, Action.RESPOND_FIRST} & set(later)  # open: a first response needs no satuan kerja
    assert Action.CONTRIBUTE not in later  # nobody asked this unit for a part


def test_a_report_with_the_reporter_names_no_desk(case: Case) -> None:
    case.is_submitted().is_pending()

    later = later_of(case, "admin-kota")

    assert set(later.values()) <= {"sekarang di: Pelapor"}


def test_nothing_is_greyed_for_who_only_reads_and_every_greyed_step_has_a_reason(case: Case) -> None:
    case.is_in_progress()

    assert later_of(case, "panrb") == {}
    for name in ("admin-pusat", "admin-kota", "pp-pupr", "pimpinan-pupr"):
        assert all(later_of(case, name).values())
    assert "Pejabat Penghubung" in later_of(case, "pimpinan-pupr")[Action.INSTRUCT]
