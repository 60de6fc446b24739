"""Comments wait for the admin who coordinates the report, and for nobody else."""

from __future__ import annotations

import pytest
from tests.builders import Case
from tests.desk.conftest import SignIn

from lapor.reports.models import Comment
from lapor.reports.usecases import secrecy
from lapor.reports.usecases.comment import write_comment


@pytest.fixture
def waiting(case: Case) -> Comment:
    """A comment with a phone number in it."""
    case.is_disposed()
    write_comment(number=case.number, text="Hubungi saya 0812 3456 7890", name="", person="a", now=case.now)
    return Comment.objects.get()


def test_the_coordinating_admin_sees_it_with_what_is_doubtful(sits: SignIn, waiting: Comment) -> None:
    page = sits("admin-kota").get("/meja/komentar/").content.decode()

    assert "0812 3456 7890" in page
    assert "nomor telepon" in page


@pytest.mark.parametrize("login", ["admin-lembaga", "admin-pusat"])
def test_another_admin_neither_sees_nor_decides(sits: SignIn, waiting: Comment, login: str) -> None:
    browser = sits(login)

    assert "0812" not in browser.get("/meja/komentar/").content.decode()
    answer = browser.post("/meja/komentar/", {"comment": waiting.pk, "decision": "publish"})

    assert answer.status_code == 404
    assert Comment.objects.get().state == "held"


@pytest.mark.parametrize("login", ["pp-pupr", "pimpinan-pupr", "petugas-bina-marga", "ombudsman"])
def test_other_roles_have_no_such_page(sits: SignIn, waiting: Comment, login: str) -> None:
    assert sits(login).get("/meja/komentar/").status_code == 403


def test_it_is_published_once_by_whoever_was_first(sits: SignIn, waiting: Comment) -> None:
    browser = sits("admin-kota")

    assert browser.post("/meja/komentar/", {"comment": waiting.pk, "decision": "publish"}).status_code == 302
    assert (
        browser.post("/meja/komentar/", {"comment": waiting.pk, "decision": "reject", "reason": "x"}).status_code == 409
    )
    assert Comment.objects.get().state == "published"
    assert Comment.objects.get().appointment


def test_a_rejection_needs_a_reason(sits: SignIn, waiting: Comment) -> None:
    browser = sits("admin-kota")

    refused = browser.post("/meja/komentar/", {"comment": waiting.pk, "decision": "reject", "reason": " "})
    assert refused.status_code == 422
    browser.post("/meja/komentar/", {"comment": waiting.pk, "decision": "reject", "reason": "Ada nomor telepon."})

    assert (Comment.objects.get().state, Comment.objects.get().reason) == ("rejected", "Ada nomor telepon.")


@pytest.mark.parametrize("comment", ["", "x", "-1", "9" * 30, "\x00"])
def test_a_broken_form_is_answered_calmly(sits: SignIn, waiting: Comment, comment: str) -> None:
    assert sits("admin-kota").post("/meja/komentar/", {"comment": comment, "decision": "publish"}).status_code == 404


def test_comments_on_a_report_that_became_secret_are_nobodys(sits: SignIn, case: Case, waiting: Comment) -> None:
    case.act(secrecy.change_secrecy, "reporter", anonymous=False, secret=True)

    assert "0812" not in sits("admin-kota").get("/meja/komentar/").content.decode()
