"""The pages that say what went wrong."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.views.defaults import server_error

from lapor.kernel.errors import Refusal
from lapor.kernel.web import refusal_page


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = AnonymousUser()
    return request


def test_a_broken_server_is_told_without_database_session_or_file_list(rf: RequestFactory) -> None:
    """pytest refuses any query here; the hashed names of static files are not asked for either."""
    with translation.override("id"):
        answer: HttpResponse = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Terjadi gangguan di sistem kami" in answer.content.decode()
    assert f'href="{settings.STATIC_URL}build/portal.css"' in answer.content.decode()


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404"])
def test_each_problem_says_what_to_do_next(request_of_nobody: HttpRequest, code: str) -> None:
    with translation.override("id"):
        page = render_to_string(f"{code}.html", request=request_of_nobody)
    assert "Ke beranda" in page
    assert page.count("<h1>") == 1


def test_a_refusal_shows_its_own_sentence_and_status(request_of_nobody: HttpRequest) -> None:
    answer = refusal_page(request_of_nobody, Refusal("Laporan ini baru saja diterima petugas lain."), "409.html")
    assert answer.status_code == 409
    assert "Laporan ini baru saja diterima petugas lain." in answer.content.decode()
