"""Reports by month, boards, the league, samples and returns: what each desk sees, takes along and decides."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from tests.builders import Case, World, officer_at
from tests.desk.conftest import NOW, SignIn, account_of
from tests.sop.days import at

from lapor.agencies.models import Agency
from lapor.insights import monthly_paper
from lapor.insights.folding import fold_everything
from lapor.insights.rubric import Criterion
from lapor.kernel.links import MONTHLY
from lapor.messaging.monthly import drain_months
from lapor.reports.models import MonthlyLetter, MonthlySubscription, QualityMark, QualitySample
from lapor.reports.refusals import NotFound
from lapor.reports.usecases import ombudsman, return_
from lapor.reports.usecases.monthly_news import owe_months
from lapor.reports.usecases.quality import drawn_by
from lapor.sop.vocabulary import Role

FEBRUARY = {"period": "2026-02"}


@pytest.fixture
def february(world: World) -> World:
    """Two open reports and a secret one of February, one of them followed up, all counted."""
    Case(world).is_followed_up(on="Mon 2 Feb 2026 09:00 WITA")
    Case(world).is_disposed(to="dinas-kesehatan", on="Tue 3 Feb 2026 09:00 WITA")
    Case(world).is_submitted(on="Wed 4 Feb 2026 09:00 WITA", secret=True).is_disposed()
    fold_everything(now=at(NOW))
    return world


def received_on(browser: Client, address: str = "/meja/bulanan/", **query: str) -> int:
    """Return the first number of the page: how many reports came in."""
    page = browser.get(address, FEBRUARY | query).text
    return int(page.split('class="figure"><b>')[1].split("<")[0])


# --- The page and its files -----------------------------------------------------------------------


def test_each_desk_reads_its_own_month(february: World, sits: SignIn) -> None:
    assert received_on(sits("admin-kota")) == 3
    assert received_on(sits("pp-pupr")) == 2
    assert received_on(sits("pimpinan-kesehatan")) == 1
    assert received_on(sits("admin-pusat")) == 3
    assert "Tidak ada laporan masuk" in sits("admin-lembaga").get("/meja/bulanan/", FEBRUARY).text


@pytest.mark.parametrize("name", ["inspektorat", "panrb"])
def test_observers_count_no_secret_report_on_the_page_nor_in_a_file(february: World, sits: SignIn, name: str) -> None:
    browser = sits(name)

    assert received_on(browser) == 2
    book = openpyxl.load_workbook(io.BytesIO(b"".join(browser.get("/meja/bulanan/unduh.xlsx", FEBRUARY))))
    cells = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows() if row[0].value}
    assert cells["Diterima"] == 2


def test_an_inspectorate_that_sits_at_a_unit_watches_the_whole_institution(february: World, sits: SignIn) -> None:
    office = Agency.objects.create(
        code="inspektorat-uji", name="Inspektorat Uji", kind="unit", parent=february.agency("kota-uji"),
        institution=february.agency("kota-uji"), calendar=february.agency("kota-uji").calendar, profile="kota-mataram",
    )  # fmt: skip
    february.actors["inspektur"] = officer_at(office, Role.INSPECTORATE, "inspektur")
    browser = sits("inspektur")

    assert received_on(browser) == 2
    assert "Dinas Pupr" in browser.get("/meja/pemantauan/?period=2026").text
    assert browser.get("/meja/bulanan/", {"agency": "lembaga-uji"}).status_code in (404, 422)


def test_what_is_handed_on_has_no_secret_report(february: World, sits: SignIn) -> None:
    assert received_on(sits("admin-kota"), open="1") == 2


def test_the_workbook_holds_numbers_charts_and_no_formula(february: World, sits: SignIn) -> None:
    unit = february.agency("dinas-pupr")
    unit.name = "=HYPERLINK(1)"
    unit.save()

    answer = sits("admin-kota").get("/meja/bulanan/unduh.xlsx", FEBRUARY)

    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    assert answer["Content-Disposition"] == 'attachment; filename="laporan-kota-uji-2026-02.xlsx"'
    charts = [chart for sheet in book.worksheets for chart in getattr(sheet, "_charts")]  # noqa: B009 - no other name
    assert len(charts) >= 5
    assert {chart.x_axis.tickLblSkip for chart in charts} == {1}  # each bar is named
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}


def test_the_paper_opens_and_names_its_institution(february: World, sits: SignIn) -> None:
    answer = sits("admin-kota").get("/meja/bulanan/unduh.pdf", FEBRUARY)
    content = b"".join(answer)

    assert content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].endswith('laporan-kota-uji-2026-02.pdf"')
    assert b"/URI" not in content  # nothing in it leads anywhere


def test_no_page_of_the_paper_holds_one_row_alone() -> None:
    monthly_paper._fonts()
    broken = 0
    for rows in range(1, 12):
        for room in range(20, 300, 7):
            table = monthly_paper._table(["Unit", "Diterima"], [(f"Dinas {n}", "1") for n in range(rows)], (0.5, 0.5))
            parts = table.split(monthly_paper.WIDTH, room)
            broken += len(parts) > 1
            assert all(len(part._cellvalues) >= 4 for part in parts[:2] if len(parts) > 1)  # the head and three rows
    assert broken


def test_two_of_three_are_67_percent_on_the_page_on_the_board_and_in_the_workbook(
    february: World, sits: SignIn
) -> None:
    Case(february).is_followed_up(on="Thu 5 Feb 2026 09:00 WITA")
    fold_everything(now=at(NOW))
    browser = sits("pp-pupr")

    assert received_on(browser) == 3
    assert "67 %" in browser.get("/meja/bulanan/", FEBRUARY).text
    assert "67 %" in sits("admin-kota").get("/meja/pemantauan/", {"period": "2026"}).text
    book = openpyxl.load_workbook(io.BytesIO(b"".join(browser.get("/meja/bulanan/unduh.xlsx", FEBRUARY))))
    told = {row[0].value: row[1] for row in book.worksheets[0].iter_rows() if row[0].value}["Tingkat tindak lanjut"]
    assert (told.value, told.number_format) == (0.67, "0%")


def test_the_national_workbook_is_for_coordinators_of_that_institution(february: World, sits: SignIn) -> None:
    own = sits("admin-kota").get("/meja/bulanan/ringkas.xlsx", FEBRUARY)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(own)))
    numbers = [row[0] for row in book.worksheets[0].iter_rows(values_only=True) if str(row[0]).startswith("UJI-")]
    assert len(numbers) == 3

    assert sits("admin-pusat").get("/meja/bulanan/ringkas.xlsx", FEBRUARY).status_code == 404  # of whom?
    named = FEBRUARY | {"agency": "kota-uji"}
    assert sits("admin-pusat").get("/meja/bulanan/ringkas.xlsx", named).status_code == 200
    assert sits("admin-lembaga").get("/meja/bulanan/ringkas.xlsx", named).status_code in (403, 404, 422)
    assert sits("panrb").get("/meja/bulanan/ringkas.xlsx", named).status_code == 403


@pytest.mark.parametrize("name", ["admin-lembaga", "pp-biro", "inspektorat"])
def test_nobody_names_another_institution(february: World, sits: SignIn, name: str) -> None:
    wanted = "lembaga-uji" if name == "inspektorat" else "kota-uji"

    for page in ("", "unduh.xlsx"):
        assert sits(name).get(f"/meja/bulanan/{page}", FEBRUARY | {"agency": wanted}).status_code in (404, 422)


# --- By e-mail ------------------------------------------------------------------------------------


@pytest.fixture
def ordered(february: World, sits: SignIn, today: time_machine.Traveller) -> Client:
    """An admin who ordered the letters in the middle of February."""
    today.move_to(at("Mon 16 Feb 2026 09:00 WITA"))
    browser = sits("admin-kota")
    browser.post("/meja/bulanan/", {"wanted": "yes"})
    return browser


def test_the_letter_comes_once_on_the_third_and_holds_no_figures(ordered: Client) -> None:
    assert owe_months(now=at("Mon 2 Mar 2026 09:00 WIB")) == 0
    assert owe_months(now=at("Tue 3 Mar 2026 09:00 WIB")) == 1
    assert owe_months(now=at("Wed 4 Mar 2026 09:00 WIB")) == 0

    drain_months(now=at("Wed 4 Mar 2026 09:00 WIB"))
    drain_months(now=at("Wed 4 Mar 2026 10:00 WIB"))

    (sent,) = mail.outbox
    assert sent.to == ["admin-kota@contoh.example"]
    assert "Februari 2026" in sent.subject
    assert "/meja/bulanan/surat/" in sent.body
    assert not [line for line in str(sent.body).splitlines() if line.strip().isdecimal()]


def test_the_link_asks_to_sign_in_leads_to_the_month_and_expires(
    ordered: Client, sits: SignIn, client: Client, today: time_machine.Traveller
) -> None:
    desk = MonthlySubscription.objects.get().desk
    address = f"/meja/bulanan/surat/{signing.TimestampSigner(salt=MONTHLY).sign_object([desk, '2026-02'])}/"

    assert client.get(address)["Location"].startswith("/masuk/")
    assert ordered.get(address)["Location"] == "/meja/bulanan/?period=2026-02"
    assert sits("admin-lembaga").get(address).status_code == 404
    assert ordered.get(address.replace("surat/", "surat/x")).status_code == 404
    today.shift(timedelta(days=61))
    assert sits("admin-kota").get(address).status_code == 404


def test_whoever_lost_the_role_gets_no_letter(ordered: Client, february: World) -> None:
    owe_months(now=at("Tue 3 Mar 2026 09:00 WIB"))
    seat = account_of(february, "admin-kota").appointments.get()
    seat.ended_on = date(2026, 3, 1)
    seat.save()

    drain_months(now=at("Tue 3 Mar 2026 10:00 WIB"))

    assert mail.outbox == []
    assert MonthlyLetter.objects.get().state == MonthlyLetter.State.DROPPED


def test_ended_letters_do_not_come(ordered: Client) -> None:
    owe_months(now=at("Tue 3 Mar 2026 09:00 WIB"))

    ordered.post("/meja/bulanan/", {"wanted": "no"})

    assert drain_months(now=at("Tue 3 Mar 2026 10:00 WIB")) == 0
    assert owe_months(now=at("Tue 3 Mar 2026 10:00 WIB")) == 0


# --- The board and what stands behind its numbers -------------------------------------------------


def test_the_board_leads_from_a_number_to_its_reports(world: World, sits: SignIn) -> None:
    silent = Case(world).is_followed_up(on="Mon 2 Feb 2026 09:00 WITA")
    silent.sweep("Mon 2 Mar 2026 08:00 WITA")
    Case(world).is_disposed(on="Mon 2 Feb 2026 09:00 WITA")
    fold_everything(now=at(NOW))
    browser = sits("admin-kota")

    page = browser.get("/meja/pemantauan/").text
    assert "/meja/pemantauan/silent/?unit=dinas-pupr&amp;period=2026" in page
    listed = browser.get("/meja/pemantauan/silent/?unit=dinas-pupr&period=2026").text
    assert silent.number in listed
    assert listed.count("UJI-2026-") == 2  # its number, in its link and beside it
    assert silent.number not in sits("admin-lembaga").get("/meja/pemantauan/silent/?unit=dinas-pupr&period=2026").text


def test_the_inspectorate_sees_no_secret_report_on_the_board_nor_behind_it(world: World, sits: SignIn) -> None:
    case = Case(world).is_submitted(on="Mon 2 Feb 2026 09:00 WITA", secret=True)
    case.is_in_progress().is_followed_up()
    case.sweep("Mon 2 Mar 2026 08:00 WITA")
    fold_everything(now=at(NOW))

    assert case.number in sits("admin-kota").get("/meja/pemantauan/silent/?unit=dinas-pupr&period=2026").text
    assert case.number not in sits("inspektorat").get("/meja/pemantauan/silent/?unit=dinas-pupr&period=2026").text
    assert "Dinas Pupr" not in sits("inspektorat").get("/meja/pemantauan/").text


# --- Samples --------------------------------------------------------------------------------------

DRAW = {"month": "2026-02", "size": "5", "seed": "uji"}
GOOD = {str(one): "2" for one in Criterion} | {"note": ""}


def test_a_sample_holds_only_answered_reports_and_can_be_drawn_again_by_anybody(february: World, sits: SignIn) -> None:
    sits("admin-kota").post("/meja/mutu/", DRAW)

    (mark,) = QualityMark.objects.select_related("report")
    assert mark.report.followed_up_at is not None
    numbers: list[tuple[str, int, int | None]] = [(f"UJI-2026-{n:06}", n, None) for n in range(40)]
    assert drawn_by("uji", numbers) == drawn_by("uji", numbers[::-1])
    assert drawn_by("uji", numbers) != drawn_by("lain", numbers)


def test_the_marks_stand_on_the_units_board(february: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    sample = browser.post("/meja/mutu/", DRAW)["Location"]
    assert browser.get(f"{sample}1/").status_code == 200

    browser.post(f"{sample}1/", GOOD | {str(Criterion.CLEAR): "0"})

    assert "80 %" in browser.get(sample).text
    assert "80 %" in browser.get("/meja/pemantauan/").text


def test_a_question_left_out_is_asked_again_and_nothing_is_kept(february: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    sample = browser.post("/meja/mutu/", DRAW)["Location"]

    answer = browser.post(f"{sample}1/", {key: n for key, n in GOOD.items() if key != Criterion.CLEAR})

    assert answer.status_code == 422
    assert QualityMark.objects.get().at is None


def test_a_second_judge_sees_the_first_ones_marks_before_replacing_them(february: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    sample = browser.post("/meja/mutu/", DRAW)["Location"]
    browser.post(f"{sample}1/", GOOD)

    blind = browser.post(f"{sample}1/", GOOD | {str(Criterion.CLEAR): "0"})
    page = browser.get(f"{sample}1/").text
    seen = re.search(r'name="seen" value="([^"]+)"', page)

    assert blind.status_code == 409
    assert "Rekan Anda menilai jawaban ini" in blind.text
    assert "Dinilai oleh" in page
    assert seen is not None
    browser.post(f"{sample}1/", GOOD | {str(Criterion.CLEAR): "0", "seen": seen[1]})
    assert QualityMark.objects.get().marks[str(Criterion.CLEAR)] == 0


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"month": "2026-01"}, 409), ({"month": "kemarin"}, 422), ({"month": "2026-04"}, 422), ({"size": "0"}, 422)],
)
def test_what_cannot_be_drawn_is_said(february: World, sits: SignIn, changed: dict[str, str], status: int) -> None:
    assert sits("admin-kota").post("/meja/mutu/", DRAW | changed).status_code == status
    assert not QualitySample.objects.exists()


def test_the_same_seed_is_drawn_once(february: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    browser.post("/meja/mutu/", DRAW)

    assert browser.post("/meja/mutu/", DRAW).status_code == 409


def test_another_institution_finds_no_sample(february: World, sits: SignIn) -> None:
    sample = sits("admin-kota").post("/meja/mutu/", DRAW)["Location"]

    for address in (sample, f"{sample}1/"):
        assert sits("admin-lembaga").get(address).status_code == 404
        assert sits("pp-pupr").get(address).status_code == 403
    assert sits("admin-lembaga").post(f"{sample}1/", GOOD).status_code == 404


# --- Returns, the league and the Ombudsman --------------------------------------------------------


def test_the_second_return_waits_for_the_coordinators_word(case: Case, sits: SignIn) -> None:
    for unit, officer in (("dinas-pupr", "pp-pupr"), ("dinas-kesehatan", "pp-kesehatan")):
        case.is_disposed(to=unit)
        case.act(return_.return_report, officer, competent_body=f"Bukan {unit}", why="Bukan urusan kami.")

    page = sits("admin-kota").get("/meja/pengembalian/").text

    assert case.number in page
    assert "Bukan dinas-pupr" in page
    assert "Bukan dinas-kesehatan" in page
    assert f"/meja/laporan/{case.number}/disposisi/" in page
    assert case.number not in sits("admin-lembaga").get("/meja/pengembalian/").text
    assert case.number not in sits("admin-pusat").get("/meja/pengembalian/").text  # it lies with the institution


def test_the_national_desk_routes_what_nobody_has_and_what_came_back(case: Case, world: World, sits: SignIn) -> None:
    case.is_submitted(agency="")
    back = Case(world, NOW).is_submitted()
    back.act(return_.return_report, "admin-kota", competent_body="Lembaga Uji", why="Bukan urusan kota.")
    browser = sits("admin-pusat")

    unclaimed = browser.get("/meja/pengembalian/?tab=unclaimed").text
    returned = browser.get("/meja/pengembalian/?tab=returned").text

    assert case.number in unclaimed
    assert case.number not in returned
    assert back.number in returned
    assert "Lembaga Uji" in returned


def test_institutions_stand_side_by_side_with_their_context(february: World, sits: SignIn) -> None:
    page = sits("panrb").get("/meja/instansi/", FEBRUARY).text

    assert "Kota Uji" in page
    assert "laporan sedikit" in page
    assert sits("admin-kota").get("/meja/instansi/").status_code == 403


def test_C8_the_ombudsman_asks_and_the_institution_gives(case: Case, sits: SignIn) -> None:
    case.is_disposed(on="Mon 1 Sep 2025 09:00 WITA")
    case.sweep("Mon 2 Mar 2026 08:00 WITA")
    browser, address = sits("ombudsman"), f"/meja/laporan/{case.number}"
    browser.post(f"{address}/minta-data/", {"text": "Mohon kirim surat tugas tim."})
    listed = browser.get("/meja/ombudsman/").text
    assert "diminta" in listed
    assert re.search(
        r'data-label="Diteruskan"[^>]*><span>2 Mar 2026<', listed
    )  # the day on which the clock escalated it
    assert "Mohon kirim surat tugas tim." in sits("admin-kota").get(f"{address}/").text

    sits("pp-pupr").post(f"{address}/beri-data/", {"text": "Surat tugas nomor 12 terlampir."})

    assert "diberikan" in browser.get("/meja/ombudsman/").text
    assert "Surat tugas nomor 12 terlampir." in browser.get(f"{address}/").text
    assert sits("pp-kesehatan").post(f"{address}/beri-data/", {"text": "Bukan kami."}).status_code in (403, 404)


def test_C8_nobody_asks_before_the_case_is_the_ombudsmans(case: Case) -> None:
    case.is_disposed()

    with pytest.raises(NotFound):
        case.act(ombudsman.ask_data, "ombudsman", text="Mohon data.")
