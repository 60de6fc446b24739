"""A hidden report is nowhere: one row for each place where the public could meet it, and the moment it is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.builders import Case, World
from tests.portal.test_voices import confirmed, do, goes_on

from lapor.messaging.followers import drain_followers
from lapor.reports.models import Comment, FollowLetter, Listing, Report, Support
from lapor.reports.queries.crawl import sitemap_pages
from lapor.reports.queries.public import recent_public
from lapor.reports.queries.score import score_card
from lapor.reports.queries.search import similar_public
from lapor.reports.usecases import archive, classify, secrecy, withdraw
from lapor.reports.usecases.comment import publish_comment
from lapor.reports.usecases.counts import fold_counts
from lapor.reports.usecases.listing import list_again

TITLE = "Jembatan gantung retak di Dasan Uji"


def secret(case: Case) -> None:
    case.is_submitted(title=TITLE, place="52.71.01", secret=True).is_disposed()


def made_secret(case: Case) -> None:
    case.is_submitted(title=TITLE, place="52.71.01").is_disposed()
    case.act(secrecy.change_secrecy, "reporter", anonymous=False, secret=True)


def unverified(case: Case) -> None:
    case.is_submitted(title=TITLE, place="52.71.01")


def withdrawn(case: Case) -> None:
    case.is_submitted(title=TITLE, place="52.71.01").is_disposed()
    case.act(withdraw.withdraw_report, "reporter", text="")


def oversight(case: Case) -> None:
    case.is_submitted(title=TITLE, place="52.71.01").is_disposed()
    case.act(classify.classify_report, "admin-kota", classification="oversight")


def blocked(case: Case) -> None:
    case.is_submitted(title=TITLE, place="52.71.01")
    case.act(archive.archive_report, "admin-kota", reason="hate", text="Hanya berisi SARA.")


def imported(case: Case) -> None:
    """Make a public one into one that another system recorded, and its row anew."""
    case.is_submitted(title=TITLE, place="52.71.01").is_disposed()
    Report.objects.filter(code=case.code).update(source="lama", source_ref="1")
    list_again()


HIDDEN = [secret, made_secret, unverified, withdrawn, oversight, blocked, imported]


def bodies(client: Client, *addresses: str) -> str:
    return "\n".join(client.get(address).content.decode() for address in addresses)


def status(client: Client, case: Case, rest: str = "") -> int:
    return client.get(f"/publik/{case.number}/{rest}").status_code


def neighbour(case: Case) -> Case:
    """Return a public report with nearly the same title, to which the hidden one would be similar."""
    return Case(case.world).is_submitted(title=TITLE.replace("Uji", "Lain")).is_disposed()


# Each row tells whether the public meets the report there.
SURFACES: dict[str, Callable[[Client, Case], bool]] = {
    "page": lambda client, case: status(client, case) == 200,
    "picture": lambda client, case: status(client, case, "gambar.png") == 200,
    "support": lambda client, case: do(client, case, "dukung") != 404 or Support.objects.exists(),
    "comment": lambda client, case: do(client, case, "komentar", text="Betul.") != 404 or Comment.objects.exists(),
    "follow": lambda client, case: do(client, case, "ikuti", contact="a@contoh.example") != 404,
    "list": lambda client, case: TITLE in bodies(client, "/publik/", "/publik/?sort=waiting&agency=kota-uji"),
    "front page": lambda client, case: TITLE in bodies(client, "/", "/i/kota-uji/"),
    "search": lambda client, case: TITLE in bodies(client, "/publik/?q=jembatan", "/publik/?q=retak&place=52.71.01"),
    "institution": lambda client, case: TITLE in bodies(client, "/i/kota-uji/laporan/"),
    "map": lambda client, case: "Ampenan" in bodies(client, "/publik/peta/", "/publik/peta/?agency=kota-uji"),
    "feed": lambda client, case: TITLE in bodies(client, "/publik/kabar.atom", "/i/kota-uji/kabar.atom"),
    "sitemap": lambda client, case: case.number in bodies(client, f"/sitemap/laporan-{sitemap_pages()[-1]}.xml"),
    "similar": lambda client, case: TITLE in bodies(client, f"/publik/{neighbour(case).number}/"),
}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_a_hidden_report_is_nowhere(citizen: Client, case: Case, hide: Callable[[Case], None], surface: str) -> None:
    cache.clear()
    hide(case)
    fold_counts()

    assert not SURFACES[surface](citizen, case)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_same_report_would_be_met_there_if_it_were_public(citizen: Client, case: Case, surface: str) -> None:
    cache.clear()
    case.is_submitted(title=TITLE, place="52.71.01").is_disposed()
    fold_counts()

    assert SURFACES[surface](citizen, case)


@pytest.mark.parametrize("what", ["", "gambar.png"])
def test_a_hidden_report_answers_like_one_that_never_was(citizen: Client, case: Case, what: str) -> None:
    secret(case)

    def answer(number: str) -> tuple[int, str]:
        got = citizen.get(f"/publik/{number}/{what}")
        return got.status_code, re.sub(r'value="\w{64}"', "", got.content.decode()).replace(number, "")

    assert answer(case.number) == answer("UJI-2026-999999")


def test_from_the_moment_it_is_secret_its_readers_hear_and_see_nothing_more(citizen: Client, case: Case) -> None:
    cache.clear()
    case.is_submitted(title=TITLE).is_disposed()
    link = confirmed(citizen, case)
    do(citizen, case, "komentar", text="Saya melihatnya juga.")
    publish_comment(comment=Comment.objects.get().pk, actor=case.world["admin-kota"], now=case.now)
    old = citizen.get(f"/publik/{case.number}/gambar.png")
    goes_on(case)  # owes a letter that has not left yet
    told = len(mail.outbox)

    case.act(secrecy.change_secrecy, "reporter", anonymous=False, secret=True)
    drain_followers(now=timezone.now())

    assert len(mail.outbox) == told
    assert FollowLetter.objects.filter(state="dropped").exists()
    assert not FollowLetter.objects.filter(action="change_secrecy").exists()
    again = citizen.get(f"/publik/{case.number}/gambar.png", headers={"if-none-match": old["ETag"]})
    assert again.status_code == 404
    assert TITLE not in citizen.get(link).content.decode()
    assert citizen.post(link, {"stop": "yes"}).status_code == 302
    assert not Listing.objects.exists()


def test_what_becomes_public_again_is_found_again_with_its_support(citizen: Client, case: Case) -> None:
    cache.clear()
    case.is_submitted(title=TITLE).is_disposed()
    do(citizen, case, "dukung")
    for hidden in (True, False):
        case.act(secrecy.change_secrecy, "reporter", anonymous=False, secret=hidden)

    assert Listing.objects.get().supports == 1
    assert [row.title for row in recent_public()] == [TITLE]


def test_the_numbers_of_an_institution_leave_secret_reports_out(case: Case, world: World) -> None:
    case.is_submitted().is_disposed()
    Case(world).is_submitted(secret=True)
    fold_counts()

    score = score_card("kota-uji")

    assert (score.received, score.open, score.unverified) == (1, 1, 0)
    assert score.oldest_unverified is None


def test_similar_reports_of_another_institution_or_a_hidden_one_are_none(case: Case) -> None:
    case.is_submitted(title=TITLE, secret=True).is_disposed()

    assert similar_public(case.number) == ()
