"""The other pages: identity, messages, closings, letter, officers, calendar, head, upkeep, search."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.builders import Case, World, draft
from tests.desk.conftest import SignIn, account_of

from lapor.agencies.models import Absence, Appointment, CalendarDay, Decree
from lapor.identity.contacts import ContactInput
from lapor.identity.models import Account, Unmasking
from lapor.kernel.codes import show_code
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.usecases import brief, closing, note, return_
from lapor.reports.usecases.submit import submit_report

# --- Who reported -------------------------------------------------------------------------------


@pytest.fixture
def known(case: Case) -> Case:
    """A report of somebody with a name and a telephone."""
    told = draft(name="Warga Contoh", contact=ContactInput("phone", "081200001234"))
    case.code = submit_report(told, actor=case.reporter, now=case.now, key="kunci-uji").code
    return case


def test_who_reported_is_shown_for_a_reason_and_written_down(known: Case, sits: SignIn) -> None:
    browser, address = sits("admin-kota"), f"/meja/laporan/{known.number}/identitas/"
    page = browser.get(f"/meja/laporan/{known.number}/").text
    assert "+6281200001234" not in page
    assert "Warga Contoh" not in page

    answer = browser.post(address, {"reason": "Perlu janji temu di lapangan."})

    assert "+6281200001234" in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    look = Unmasking.objects.get()
    assert (look.reason, look.desk_name) == ("Perlu janji temu di lapangan.", "Kota Uji")


def test_the_handling_unit_may_look_too_and_no_other(known: Case, sits: SignIn) -> None:
    known.is_disposed()
    reason = {"reason": "Perlu janji temu di lapangan."}

    assert "Warga Contoh" in sits("pp-pupr").post(f"/meja/laporan/{known.number}/identitas/", reason).text
    assert sits("pp-kesehatan").post(f"/meja/laporan/{known.number}/identitas/", reason).status_code == 404
    assert Unmasking.objects.count() == 1


def test_without_a_reason_nothing_is_shown(known: Case, sits: SignIn) -> None:
    answer = sits("admin-kota").post(f"/meja/laporan/{known.number}/identitas/", {"reason": "tes"})

    assert answer.status_code == 422
    assert "+6281200001234" not in answer.text
    assert not Unmasking.objects.exists()


def test_an_anonymous_reporter_stays_unknown_to_the_agency(known: Case, sits: SignIn) -> None:
    Report.objects.update(is_anonymous=True)
    address = f"/meja/laporan/{known.number}/identitas/"

    assert sits("admin-kota").post(address, {"reason": "Perlu janji temu di lapangan."}).status_code == 404
    assert "Warga Contoh" not in sits("admin-kota").get(f"/meja/laporan/{known.number}/").text
    assert "Warga Contoh" in sits("admin-pusat").post(address, {"reason": "Permintaan kepolisian."}).text


# --- Messages -----------------------------------------------------------------------------------


def test_the_desk_reads_its_messages_and_marks_them(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    browser = sits("pp-pupr")

    page = browser.get("/meja/pesan/")
    assert "Laporan didisposisikan ke meja Anda" in page.text
    newest = OutgoingMessage.objects.filter(desk__code="dinas-pupr").latest("id").pk
    browser.post("/meja/pesan/", {"up_to": newest})

    assert not OutgoingMessage.objects.filter(desk__code="dinas-pupr", read_at=None).exists()
    assert OutgoingMessage.objects.filter(desk__code="kota-uji", read_at=None).exists()


def test_the_head_hears_only_what_is_meant_for_heads(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    assert "Jalan berlubang" not in sits("pimpinan-pupr").get("/meja/pesan/").text

    case.act(brief.brief_head, "pp-pupr", text="Mohon arahan.")

    assert "Jalan berlubang" in sits("pimpinan-pupr").get("/meja/pesan/").text


def test_somebody_named_in_a_note_gets_a_message(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    account = account_of(case.world, "admin-kota").pk

    answer = sits("pp-pupr").post(
        f"/meja/laporan/{case.number}/catatan/", {"text": "Mohon dibaca.", "mentions": account}
    )

    assert answer.status_code == 302
    assert OutgoingMessage.objects.filter(account=account, action="note").count() == 1
    assert "Jalan berlubang" in sits("admin-kota").get("/meja/pesan/").text


def test_nobody_outside_the_case_can_be_named(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    stranger = account_of(case.world, "pp-biro").pk

    answer = sits("pp-pupr").post(f"/meja/laporan/{case.number}/catatan/", {"text": "Halo.", "mentions": stranger})

    assert answer.status_code == 422
    assert not OutgoingMessage.objects.filter(account=stranger).exists()


# --- Closings, letter, head, upkeep -------------------------------------------------------------


def test_S59_requests_stand_in_one_list_and_decisions_in_the_other(case: Case, sits: SignIn) -> None:
    case.is_followed_up(on="Mon 1 Dec 2025 09:00 WITA")
    case.on("Mon 2 Mar 2026 08:00 WITA").act(closing.request_closing, "admin-kota", why="Sudah selesai.")
    browser = sits("admin-kota")
    assert case.number in browser.get("/meja/penutupan/").text

    case.act(closing.refuse_closing, "admin-pusat", why="Bukti belum ada.")

    assert case.number not in browser.get("/meja/penutupan/").text
    decided = browser.get("/meja/penutupan/?tab=decided").text
    assert case.number in decided
    assert "Menolak penutupan" in decided
    assert case.number not in sits("admin-lembaga").get("/meja/penutupan/?tab=decided").text


def test_C21_a_returned_report_has_a_cover_letter_without_its_reporter(known: Case, sits: SignIn) -> None:
    address = f"/meja/laporan/{known.number}/surat-pengantar/"
    assert sits("admin-kota").get(address).status_code == 404

    known.act(return_.return_report, "admin-kota", competent_body="Kementerian Contoh", why="Jalan nasional.")

    letter = sits("admin-pusat").get(address).text
    assert "Kementerian Contoh" in letter
    assert "Warga Contoh" not in letter


def test_S64_the_head_sees_what_waits_and_what_is_red(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    case.act(brief.brief_head, "pp-pupr", text="Mohon arahan.")
    red = Case(case.world, "Mon 5 Jan 2026 09:00 WITA").is_submitted(title="Jembatan retak").is_disposed()

    page = sits("pimpinan-pupr").get("/meja/pimpinan/").text

    assert page.index("Jalan berlubang") < page.index("Merah") < page.index("Jembatan retak")
    assert red.number in page


def test_a_report_set_aside_and_a_dead_message_wait_for_the_national_desk(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    Report.objects.update(set_aside_why="Kalender habis")
    OutgoingMessage.objects.update(state="dead", attempts=8, problem="Kotak surat penuh")

    page = sits("admin-pusat").get("/meja/pemeliharaan/").text

    assert "Kalender habis" in page
    assert "Kotak surat penuh" in page
    assert "8 kali dicoba" in page


# --- Finding ------------------------------------------------------------------------------------


def test_a_code_or_a_number_opens_its_report(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    browser, address = sits("admin-kota"), f"/meja/laporan/{case.number}/"

    assert browser.get("/meja/", {"q": show_code(case.code).lower()})["Location"] == address
    assert browser.get("/meja/", {"q": case.number.lower()})["Location"] == address
    assert browser.get("/meja/", {"q": case.number.replace("-", " ").replace("0000", "")})["Location"] == address
    assert "Tidak ada yang ditemukan" in browser.get("/meja/", {"q": "entah"}).text


def test_what_is_late_stands_first_and_says_so(case: Case, sits: SignIn) -> None:
    due_today = Case(case.world, "Mon 2 Feb 2026 09:00 WITA").is_in_progress()
    case.is_in_progress(on="Mon 1 Dec 2025 09:00 WITA")
    case.sweep("Mon 2 Mar 2026 08:00 WITA")

    page = sits("pp-pupr").get("/meja/?tab=in_progress").text

    assert page.index(case.number) < page.index(due_today.number)
    assert page.count("lateness-late") >= 1
    assert "Terlambat" in page


@pytest.mark.parametrize(
    "query",
    ["tab=entah", "after=%00", "after=bukan-kursor", "order=%27", "tab=closed&after=x", "q=%00", "q=a%00b"],
)
def test_a_broken_address_of_the_inbox_shows_the_inbox(case: Case, sits: SignIn, query: str) -> None:
    case.is_submitted()

    assert sits("admin-kota").get(f"/meja/?{query}").status_code == 200


def test_a_broken_address_of_a_file_is_no_file(case: Case, sits: SignIn) -> None:
    case.is_submitted()

    for token in ("%00", "a%00b", "..%2f..%2fetc"):
        assert sits("admin-kota").get(f"/meja/laporan/{case.number}/bukti/{token}/").status_code == 404


def test_the_next_page_begins_where_this_one_ends(world: World, sits: SignIn) -> None:
    numbers = [Case(world).is_submitted().number for _ in range(30)]
    browser = sits("admin-kota")

    first = browser.get("/meja/?tab=unverified").text
    cursor = first.split("after=")[1].split('"')[0]
    second = browser.get(f"/meja/?tab=unverified&after={cursor}").text

    shown = [[number for number in numbers if f"/meja/laporan/{number}/" in page] for page in (first, second)]
    assert (len(shown[0]), len(shown[1])) == (25, 5)
    assert set(shown[0]) | set(shown[1]) == set(numbers)


# --- Officers -----------------------------------------------------------------------------------


def test_S18_a_decree_that_runs_out_warns(world: World, sits: SignIn) -> None:
    Decree.objects.filter(institution__code="kota-uji").update(valid_to=date(2026, 3, 12))

    assert "10 hari lagi" in sits("admin-kota").get("/meja/petugas/").text


def test_an_absence_gives_the_deputy_the_seat(world: World, sits: SignIn) -> None:
    away = world["pp-pupr"].appointment
    deputy = account_of(world, "pimpinan-pupr").pk
    days = {"first_day": "2026-03-02", "last_day": "2026-03-04", "why": "Cuti"}

    answer = sits("admin-kota").post(f"/meja/petugas/{away}/ketidakhadiran/", {"deputy": deputy, **days})

    assert answer.status_code == 302
    assert Absence.objects.get().deputy_id == deputy
    assert f'value="{away}"' in sits("pimpinan-pupr").get("/meja/").text


def test_an_absence_that_ends_before_it_begins_is_refused(world: World, sits: SignIn) -> None:
    deputy = account_of(world, "pimpinan-pupr").pk
    typed = {"deputy": deputy, "first_day": "2026-03-04", "last_day": "2026-03-02"}

    answer = sits("admin-kota").post(f"/meja/petugas/{world['pp-pupr'].appointment}/ketidakhadiran/", typed)

    assert answer.status_code in (409, 422)
    assert not Absence.objects.exists()


def test_a_hand_over_seats_the_successor(world: World, sits: SignIn) -> None:
    successor = account_of(world, "pp-kesehatan")
    leaving = world["pp-pupr"].appointment

    answer = sits("admin-kota").post(
        f"/meja/petugas/{leaving}/serah-terima/",
        {
            "successor": successor.pk,
            "ended_on": "2026-03-02",
            "decree": Decree.objects.get(institution__code="kota-uji").pk,
        },
    )

    assert answer.status_code == 302
    assert Appointment.objects.filter(account=successor, agency__code="dinas-pupr", role="liaison").exists()
    assert sits("pp-pupr").get("/meja/").status_code == 403


def test_a_new_officer_is_taken_on_or_nothing_is_kept(world: World, sits: SignIn) -> None:
    browser = sits("admin-kota")
    decree = Decree.objects.get(institution__code="kota-uji").pk
    person = {"name": "Sari Teladan", "login": "sari.teladan", "email": "sari@contoh.example"}

    refused = browser.post(
        "/meja/petugas/angkat/", {**person, "agency": "dinas-pupr", "role": "agency_admin", "decree": decree}
    )
    assert refused.status_code == 422
    assert not Account.objects.filter(login="sari.teladan").exists()

    done = browser.post(
        "/meja/petugas/angkat/", {**person, "agency": "dinas-pupr", "role": "liaison", "decree": decree}
    )
    assert done.status_code == 302
    assert Appointment.objects.get(account__login="sari.teladan").agency.code == "dinas-pupr"


def test_an_invitation_lets_an_officer_choose_a_password_once(world: World, sits: SignIn, client: Client) -> None:
    page = sits("admin-kota").post(f"/meja/petugas/{world['pp-pupr'].appointment}/undangan/").text
    address = "/" + page.split('data-copy="http://testserver/')[1].split('"')[0]
    weak, different, good = ("sandi", "sandi"), ("kuda baterai stapler", "lain"), ("kuda baterai stapler",) * 2

    for password, again in (weak, different):
        assert client.post(address, {"password": password, "again": again}).status_code == 422
    assert client.post(address, {"password": good[0], "again": good[1]})["Location"] == "/masuk/"
    assert (
        client.post(address, {"password": "sandi lain yang panjang", "again": "sandi lain yang panjang"}).status_code
        == 409
    )

    assert client.login(username="pp-pupr", password=good[0])


def test_an_admin_invites_nobody_who_serves_elsewhere_too(world: World, sits: SignIn) -> None:
    seat = Appointment.objects.get(account=account_of(world, "pp-pupr"))
    seat.account = account_of(world, "admin-pusat")
    seat.save()

    assert sits("admin-kota").post(f"/meja/petugas/{seat.pk}/undangan/").status_code == 403
    assert sits("admin-pusat").post(f"/meja/petugas/{seat.pk}/undangan/").status_code == 200


@pytest.mark.parametrize("step", ["ketidakhadiran", "serah-terima", "undangan"])
def test_an_admin_keeps_only_the_own_institutions_officers(world: World, sits: SignIn, step: str) -> None:
    stranger = world["pp-biro"].appointment

    assert sits("admin-kota").get(f"/meja/petugas/{stranger}/{step}/").status_code == 404
    assert sits("admin-pusat").get(f"/meja/petugas/{stranger}/{step}/").status_code == 200


# --- Calendar -----------------------------------------------------------------------------------


def test_the_national_desk_declares_a_free_day(case: Case, sits: SignIn) -> None:
    case.is_submitted()
    day = {"calendar": "wita", "day": "2026-02-27", "why": "Hari uji", "decree": "SKB Uji 1/2026"}

    answer = sits("admin-pusat").post("/meja/kalender/libur/", day)

    assert answer["Location"] == "/meja/kalender/?calendar=wita&year=2026"
    assert not CalendarDay.objects.get(calendar__code="wita", day=date(2026, 2, 27)).working
    assert "Hari uji" in sits("pp-pupr").get("/meja/kalender/?calendar=wita&year=2026").text


def test_a_day_beyond_the_calendar_is_refused(world: World, sits: SignIn) -> None:
    typed = {"calendar": "wita", "day": "1999-01-01", "why": "Dahulu kala"}

    answer = sits("admin-pusat").post("/meja/kalender/libur/", typed)

    assert answer.status_code == 422
    assert "Dahulu kala" in answer.text


@pytest.mark.parametrize("query", ["year=abad", "year=999999", "calendar=mars", "year=1066"])
def test_a_broken_address_of_the_calendar_shows_this_year(world: World, sits: SignIn, query: str) -> None:
    assert ">2026<" in sits("pp-pupr").get(f"/meja/kalender/?{query}").text


def test_a_note_to_oneself_is_not_public(case: Case, sits: SignIn) -> None:
    case.is_in_progress()
    case.act(note.write_note, "pp-pupr", text="Tim berangkat Senin.")

    page = sits("pp-pupr").get(f"/meja/laporan/{case.number}/").text

    assert "Tim berangkat Senin." in page
    assert "Tidak publik" in page
