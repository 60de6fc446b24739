"""Support, comments, news and the picture of a public report: by anybody, once, calmly, and of no consequence to it."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from PIL import Image
from tests.builders import Case, World

from lapor.identity.models import Account
from lapor.ledger.models import Entry
from lapor.messaging.followers import drain_followers
from lapor.portal.person import COOKIE
from lapor.reports.comment_doubts import Doubt, doubts
from lapor.reports.models import Comment, Deadline, Follow, FollowLetter, Listing, Support
from lapor.reports.usecases import accept, respond
from lapor.reports.usecases.comment import publish_comment
from lapor.reports.usecases.follow import forget_unconfirmed
from lapor.sop.vocabulary import Status


@pytest.fixture
def shown(case: Case) -> Case:
    """A public report."""
    cache.clear()
    return case.is_disposed()


def goes_on(case: Case) -> None:
    """Let the unit take the report on and give the first response."""
    case.act(accept.accept_disposition, "pp-pupr")
    case.act(respond.respond_first, "pp-pupr", text="Sedang kami periksa.")


def do(client: Client, case: Case, what: str, **sent: str) -> int:
    """Press one of the buttons on the report's page and return the status."""
    return client.post(f"/publik/{case.number}/{what}/", sent).status_code


# --- Support -------------------------------------------------------------------------------------


def supported(case: Case) -> int:
    assert Support.objects.filter(report=case.report).count() == Listing.objects.get(report=case.report).supports
    return Listing.objects.get(report=case.report).supports


def test_a_browser_supports_once_however_often_it_presses(citizen: Client, shown: Case) -> None:
    for _ in range(3):
        assert do(citizen, shown, "dukung") == 302

    assert supported(shown) == 1
    assert "Anda mendukung laporan ini" in citizen.get(f"/publik/{shown.number}/").content.decode()


def test_another_browser_counts_too_and_support_can_be_taken_back(citizen: Client, shown: Case) -> None:
    other = Client()
    do(citizen, shown, "dukung")
    do(other, shown, "dukung")
    assert supported(shown) == 2

    do(other, shown, "dukung", undo="yes")
    do(other, shown, "dukung", undo="yes")

    assert supported(shown) == 1


def test_an_account_supports_once_from_all_its_browsers(shown: Case) -> None:
    account = Account.objects.create(login="wati", name="Wati Contoh")
    for browser in (Client(), Client()):
        browser.force_login(account)
        do(browser, shown, "dukung")

    assert supported(shown) == 1


def test_what_is_kept_of_a_supporter_names_nobody_and_joins_no_two_reports(
    citizen: Client, shown: Case, world: World
) -> None:
    other = Case(world).is_submitted(title="Laporan lain").is_disposed()
    do(citizen, shown, "dukung")
    do(citizen, other, "dukung")

    first, second = (bytes(row.supporter) for row in Support.objects.all())
    assert first != second
    assert len(first) == 32


def test_looking_gives_no_cookie_and_a_forged_one_is_nobody(citizen: Client, shown: Case) -> None:
    citizen.get(f"/publik/{shown.number}/")
    assert COOKIE not in citizen.cookies

    citizen.cookies[COOKIE] = "account 1"
    do(citizen, shown, "dukung")

    assert citizen.cookies[COOKIE].value != "account 1"
    assert citizen.cookies[COOKIE]["httponly"]


def test_one_network_cannot_support_without_end(citizen: Client, shown: Case) -> None:
    for _ in range(201):
        Client(REMOTE_ADDR="203.0.114.9").post(f"/publik/{shown.number}/dukung/")

    assert supported(shown) == 200


# --- Comments ------------------------------------------------------------------------------------


def test_a_comment_appears_only_after_an_officer_let_it_through(citizen: Client, shown: Case) -> None:
    assert do(citizen, shown, "komentar", text="Saya juga lewat di sini setiap hari.", name="Warga") == 302
    assert "setiap hari" not in citizen.get(f"/publik/{shown.number}/").content.decode()

    publish_comment(comment=Comment.objects.get().pk, actor=shown.world["admin-kota"], now=shown.now)

    page = citizen.get(f"/publik/{shown.number}/").content.decode()
    assert "setiap hari" in page
    assert "Warga" in page


def test_a_comment_changes_no_status_no_clock_and_no_ledger(citizen: Client, shown: Case) -> None:
    def state() -> tuple[object, ...]:
        clocks = list(Deadline.objects.order_by("pk").values_list("pk", "state", "due_ordinal", "epoch"))
        report = shown.report
        return clocks, report.status, report.version, report.due_ordinal, Entry.objects.count()

    before = state()
    do(citizen, shown, "komentar", text="Masih rusak, tolong dipercepat.")
    publish_comment(comment=Comment.objects.get().pk, actor=shown.world["admin-kota"], now=shown.now)
    do(citizen, shown, "dukung")
    do(citizen, shown, "ikuti", contact="warga@contoh.example")

    assert state() == before
    assert shown.status == Status.DISPOSED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lihat https://contoh.example/x", [Doubt.LINK]),
        ("lihat di bit.ly/abc", [Doubt.LINK]),
        ("Hubungi 0812-3456-7890", [Doubt.PHONE]),
        ("hubungi +62 812 3456 7890", [Doubt.PHONE]),
        ("surat ke saya@contoh", []),
        ("NIK 5271010101900001", [Doubt.IDENTITY]),
        ("Dasar goblok semua", [Doubt.ROUGH]),
        ("INI SUDAH LAMA SEKALI TIDAK DIPERBAIKI", [Doubt.SHOUTING]),
        ("Sudah tiga bulan, RT 05 masih gelap.", []),
    ],
)
def test_links_numbers_and_rough_words_are_pointed_out(text: str, found: list[Doubt]) -> None:
    assert doubts(text) == found


def test_doubts_are_found_in_linear_time() -> None:
    for hostile in ("0" * 100_000, "a@" * 50_000, "w." * 50_000, "+62 " * 25_000):
        doubts(hostile)


@pytest.mark.parametrize("text", ["", " ", "x" * 1_001, "\u202e", "a"])
def test_a_comment_that_says_nothing_or_too_much_stays_in_its_form(citizen: Client, shown: Case, text: str) -> None:
    answer = citizen.post(f"/publik/{shown.number}/komentar/", {"text": text, "name": "Warga"})

    assert answer.status_code == 422
    assert 'value="Warga"' in answer.content.decode()
    assert not Comment.objects.exists()


def test_hostile_words_are_shown_as_words(citizen: Client, shown: Case) -> None:
    do(citizen, shown, "komentar", text='<script>alert(1)</script>"><img src=x>', name="<b>x</b>")
    publish_comment(comment=Comment.objects.get().pk, actor=shown.world["admin-kota"], now=shown.now)

    page = citizen.get(f"/publik/{shown.number}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_person_writes_three_comments_and_then_waits(citizen: Client, shown: Case) -> None:
    for n in range(3):
        assert do(citizen, shown, "komentar", text=f"Komentar nomor {n}") == 302

    assert do(citizen, shown, "komentar", text="Komentar keempat") == 429
    assert do(citizen, shown, "komentar", text="Komentar nomor 1") == 429
    assert Comment.objects.count() == 3


def test_the_same_comment_pressed_twice_is_one(citizen: Client, shown: Case) -> None:
    do(citizen, shown, "komentar", text="Masih gelap.")
    do(citizen, shown, "komentar", text="Masih gelap.")

    assert Comment.objects.count() == 1


# --- News ----------------------------------------------------------------------------------------


def links(text: object) -> list[str]:
    return [found.removeprefix("http://localhost:8000") for found in re.findall(r"http://\S+/kabar/\S+/", str(text))]


def confirmed(citizen: Client, case: Case, address: str = "warga@contoh.example") -> str:
    """Follow the report up to the button in the letter and return the letter's link."""
    do(citizen, case, "ikuti", contact=address)
    drain_followers(now=timezone.now())
    (link,) = set(links(mail.outbox[-1].body))
    assert citizen.post(link).status_code == 302
    return link


def test_news_come_only_after_the_button_in_the_letter(citizen: Client, shown: Case) -> None:
    do(citizen, shown, "ikuti", contact="Warga@contoh.example")
    drain_followers(now=timezone.now())
    (question,) = mail.outbox
    (link,) = set(links(question.body))
    citizen.get(link)  # a mail scanner follows links
    assert Follow.objects.get().confirmed_at is None
    citizen.post(link)

    goes_on(shown)
    drain_followers(now=timezone.now())

    assert question.to == ["warga@contoh.example"]
    assert all(shown.code not in str(letter.body) for letter in mail.outbox)
    assert len(mail.outbox) > 1
    assert "Sedang ditangani" in mail.outbox[-1].body


def test_who_did_not_confirm_is_told_nothing(citizen: Client, shown: Case) -> None:
    do(citizen, shown, "ikuti", contact="warga@contoh.example")
    goes_on(shown)
    drain_followers(now=timezone.now())

    assert len(mail.outbox) == 1


def test_one_button_stops_the_letters_and_erases_the_address(citizen: Client, shown: Case) -> None:
    link = confirmed(citizen, shown)
    citizen.post(link, {"stop": "yes"})

    assert not Follow.objects.exists()
    assert citizen.post(link).status_code == 404
    assert citizen.post(link, {"stop": "yes"}).status_code == 302


def test_an_address_that_never_confirmed_is_forgotten_after_a_week(citizen: Client, shown: Case) -> None:
    do(citizen, shown, "ikuti", contact="warga@contoh.example")
    now = timezone.now()

    assert forget_unconfirmed(now=now + timedelta(days=6)) == 0
    assert forget_unconfirmed(now=now + timedelta(days=8))
    assert not Follow.objects.exists()


def test_asking_again_and_again_sends_one_letter(citizen: Client, shown: Case) -> None:
    for _ in range(4):
        do(citizen, shown, "ikuti", contact="warga@contoh.example")
        drain_followers(now=timezone.now())

    assert len(mail.outbox) == 1


def test_an_address_that_follows_gets_the_same_answer_as_a_new_one(citizen: Client, shown: Case) -> None:
    confirmed(citizen, shown)

    def answer(address: str) -> tuple[int, list[str]]:
        got = citizen.post(f"/publik/{shown.number}/ikuti/", {"contact": address}, follow=True)
        return got.status_code, [str(said) for said in got.context["messages"]][-1:]

    assert answer("warga@contoh.example") == answer("baru@contoh.example")


def test_an_account_is_not_asked_for_its_own_address(shown: Case) -> None:
    account = Account.objects.create(login="wati", email="wati@contoh.example")
    browser = Client()
    browser.force_login(account)
    do(browser, shown, "ikuti", contact="wati@contoh.example")

    assert Follow.objects.get().confirmed_at is not None
    assert not FollowLetter.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "bukan surel", "a@b", "x" * 300 + "@contoh.example", "a@contoh.example\r\nBcc: b@c.d"]
)
def test_what_is_no_address_stays_in_its_form(citizen: Client, shown: Case, address: str) -> None:
    assert do(citizen, shown, "ikuti", contact=address) == 422
    assert not Follow.objects.exists()


@pytest.mark.parametrize("link", ["x", "a:b:c", "." * 50])
def test_a_forged_link_is_nothing(citizen: Client, shown: Case, link: str) -> None:
    assert citizen.get(f"/kabar/{link}/").status_code == 404
    assert citizen.post(f"/kabar/{link}/").status_code == 404


# --- The picture ---------------------------------------------------------------------------------


def test_the_picture_is_a_png_of_the_size_that_messengers_ask_for(citizen: Client, shown: Case) -> None:
    answer = citizen.get(f"/publik/{shown.number}/gambar.png")

    image = Image.open(io.BytesIO(answer.content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert (
        citizen.get(f"/publik/{shown.number}/gambar.png", headers={"if-none-match": answer["ETag"]}).status_code == 304
    )


@pytest.mark.parametrize("title", ["x" * 150, "kata " * 30, "👍🏽 🇮🇩", "\u202eterbalik", "Ñandú é", "ا ب ت"])
def test_the_picture_of_any_title_can_be_drawn(citizen: Client, world: World, title: str) -> None:
    case = Case(world).is_submitted(title=title).is_disposed()

    assert citizen.get(f"/publik/{case.number}/gambar.png").status_code == 200


def test_the_picture_changes_with_the_status(citizen: Client, shown: Case) -> None:
    before = citizen.get(f"/publik/{shown.number}/gambar.png").content
    goes_on(shown)

    assert citizen.get(f"/publik/{shown.number}/gambar.png").content != before


def test_a_mail_programs_own_button_stops_the_letters_at_once(citizen: Client, shown: Case) -> None:
    confirmed(citizen, shown)
    question = mail.outbox[-1].message()
    assert question["List-Unsubscribe-Post"] is None  # nothing has begun yet
    goes_on(shown)
    drain_followers(now=timezone.now())
    news = mail.outbox[-1].message()
    link = str(news["List-Unsubscribe"]).strip("<> \r\n").removeprefix("http://localhost:8000")

    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client(enforce_csrf_checks=True)  # without a session, a cookie or a page of ours
    assert program.get(link).status_code == 405
    assert Follow.objects.exists()
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert not Follow.objects.exists()
