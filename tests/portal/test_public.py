"""What everybody may read, and what nobody outside may ever see (product.md, "Privacy by default")."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.builders import Case, World

from lapor.agencies.models import Category
from lapor.portal import cards
from lapor.reports.models import Count
from lapor.reports.queries.score import score, score_card
from lapor.reports.usecases import archive, ask, dispose, secrecy, withdraw
from lapor.reports.usecases.counts import fold_counts, recount
from lapor.reports.usecases.reply import object_

PAGES = ("/", "/publik/", "/publik/?status=disposed", "/publik/?agency=kota-uji")


def seen(client: Client, case: Case) -> bool:
    """Tell whether the report shows anywhere in public: on its own page, in a list, on the front page."""
    own = client.get(f"/publik/{case.report.number}/")
    lists = [client.get(address).content.decode() for address in PAGES]
    return own.status_code == 200 or any(case.report.title in page for page in lists)


def answer(client: Client, number: str) -> tuple[int, str]:
    """Return status and page without what differs on each request: the address asked for and the form tokens."""
    found = client.get(f"/publik/{number}/")
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", found.content.decode())
    return found.status_code, page.replace(number, "")


def test_a_report_is_public_once_an_officer_has_disposed_it(citizen: Client, case: Case) -> None:
    case.is_submitted(title="Lampu padam di Jalan Uji")
    assert not seen(citizen, case)

    case.is_disposed()

    assert seen(citizen, case)


def test_the_public_page_shows_the_text_and_never_the_code_contact_or_address(citizen: Client, case: Case) -> None:
    case.is_submitted(place_note="Rumah nomor 7, pagar hijau", name="Wati Contoh")
    case.is_in_progress()

    page = citizen.get(f"/publik/{case.report.number}/").content.decode()

    assert "Jalan di depan pasar berlubang" in page
    assert "Terima kasih, laporan Anda sedang kami periksa" in page
    for hidden in (case.code, case.code[:5], "pagar hijau", "Wati Contoh"):
        assert hidden not in page


def test_a_secret_report_is_nowhere_and_in_no_number(citizen: Client, case: Case) -> None:
    case.is_disposed()
    fold_counts()
    open_before = score().open
    case.act(secrecy.change_secrecy, "reporter", anonymous=False, secret=True)
    fold_counts()

    assert not seen(citizen, case)
    assert score().open == open_before - 1


def test_a_secret_report_answers_like_one_that_never_was(citizen: Client, case: Case) -> None:
    case.is_submitted(secret=True)
    case.is_disposed()

    secret = answer(citizen, case.report.number)
    absent = answer(citizen, "UJI-2026-999999")

    assert secret == absent
    assert secret[0] == 404


def test_recounting_gives_the_same_public_numbers(case: Case, world: World) -> None:
    case.is_disposed()
    Case(world).is_submitted(secret=True)
    fold_counts()
    folded = sorted(Count.objects.values_list("desk", "key", "n").filter(n__gt=0).order_by("key", "n"), key=str)

    recount()

    assert sorted(Count.objects.values_list("desk", "key", "n"), key=str) == folded


@pytest.mark.parametrize("before_any_check", ["withdrawn", "archived", "asked"])
def test_what_no_officer_checked_stays_hidden_whatever_became_of_it(
    citizen: Client, case: Case, before_any_check: str
) -> None:
    case.is_submitted()
    match before_any_check:
        case "withdrawn":
            case.act(withdraw.withdraw_report, "reporter", text="Tidak jadi.")
        case "archived":
            case.act(archive.archive_report, "admin-kota", reason="unclear", text="Kurang jelas.")
        case "asked":
            case.act(ask.ask_reporter, "admin-kota", question="Di jalan apa?")

    assert not seen(citizen, case)


def test_what_its_reporter_withdrew_leaves_the_public_pages(citizen: Client, case: Case) -> None:
    case.is_disposed()
    assert seen(citizen, case)

    case.act(withdraw.withdraw_report, "reporter", text="")

    assert not seen(citizen, case)


def test_an_officers_question_and_the_answer_are_between_them(citizen: Client, case: Case) -> None:
    case.is_disposed()
    case.act(ask.ask_reporter, "pp-pupr", question="Boleh minta nomor rumah Anda?")

    page = citizen.get(f"/publik/{case.report.number}/").content.decode()

    assert "Pertanyaan kepada pelapor" in page
    assert "nomor rumah Anda" not in page


def test_the_list_goes_on_by_keyset_and_shows_each_report_once(citizen: Client, world: World) -> None:
    titles = {f"Laporan nomor {n}" for n in range(25)}
    for title in sorted(titles):
        made = Case(world)
        made.is_submitted(title=title).act(dispose.dispose_report, "admin-kota", to="dinas-pupr")

    first = citizen.get("/publik/")
    rest = citizen.get("/publik/", {"after": first.context["older"]})

    shown = [card.title for page in (first, rest) for card in page.context["cards"]]
    assert sorted(shown) == sorted(titles)
    assert rest.context["older"] == ""


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("Jalan rusak", "Sudah lama.", "Sudah lama."),
        ("Jalan rusak", "Jalan rusak. Sudah lama.", "Sudah lama."),
        ("Jalan rusak di depan …", "Jalan rusak di depan pasar.", "… pasar."),
        ("Jalan rusak", "Jalan rusak!", ""),
    ],
)
def test_a_card_does_not_say_its_title_twice(title: str, text: str, shown: str) -> None:
    assert cards._rest(title, text) == shown


def test_a_card_tells_the_day_of_the_institutions_own_zone(citizen: Client, case: Case) -> None:
    case.is_disposed(on="Mon 2 Mar 2026 00:30 WITA")

    page = citizen.get("/publik/").content.decode()

    assert "2 Mar 2026" in page
    assert "1 Mar 2026" not in page


@pytest.mark.parametrize(("language", "name"), [("id", "Lampu jalan"), ("en", "Street lights")])
def test_the_category_is_named_in_the_readers_language(citizen: Client, case: Case, language: str, name: str) -> None:
    subject = Category.objects.create(code="lampu-uji", name_id="Lampu jalan", name_en="Street lights")
    case.is_submitted(category=subject.code)
    case.is_disposed()
    citizen.cookies["django_language"] = language

    for address in ("/", "/publik/", f"/publik/{case.report.number}/"):
        assert name in citizen.get(address).content.decode()


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "1;drop", "٣", ""])
def test_a_broken_cursor_shows_the_beginning(citizen: Client, case: Case, after: str) -> None:
    case.is_disposed()

    assert citizen.get("/publik/", {"after": after, "status": "apa", "agency": "\x00"}).status_code == 200


def test_C19_late_and_objected_reports_are_counted_once_each_and_secret_ones_never(case: Case) -> None:
    case.is_in_progress(on="Mon 1 Dec 2025 09:00 WITA")
    hidden = Case(case.world, "Mon 1 Dec 2025 09:00 WITA").is_submitted(secret=True)
    case.sweep("Mon 2 Mar 2026 08:00 WITA")
    case.is_followed_up()
    case.act(object_, "reporter", text="Belum ditambal sama sekali.")
    fold_counts()

    found = score()

    assert hidden.report.breaches_noticed > 0
    assert (found.received, found.in_time, found.objected) == (1, 0, 1)
    assert score_card("kota-uji").objected == 1
    case.is_followed_up()
    case.act(object_, "reporter", text="Masih belum.")
    fold_counts()
    assert score().objected == 1
    kept = set(Count.objects.exclude(n=0).values_list("desk", "key", "n"))
    recount()
    assert set(Count.objects.values_list("desk", "key", "n")) == kept


@pytest.mark.parametrize("address", ["/", "/i/kota-uji/", "/i/kota-uji/laporan/"])
def test_the_oldest_report_that_nobody_checked_is_told_everywhere(citizen: Client, case: Case, address: str) -> None:
    case.is_submitted(on="Mon 2 Feb 2026 09:00 WITA")
    fold_counts()

    assert "belum diperiksa masuk pada Senin, 2 Februari 2026" in citizen.get(address).text
