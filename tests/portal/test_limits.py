"""Guessing codes and passwords: after some wrong tries a range of addresses waits, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from tests.builders import Case
from tests.portal.conftest import NOW, Answer
from tests.sop.days import at

from lapor.identity.models import Account
from lapor.kernel.codes import new_code
from lapor.kernel.limits import SPAN, range_of
from lapor.portal.views.account import PASSWORDS
from lapor.portal.views.tracking import CODES

SOMEBODY, NEIGHBOUR, STRANGER, PROXY = "8.8.4.4", "8.8.4.200", "9.9.9.9", "10.0.0.7"
WAIT = "tunggu sepuluh menit"


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def look(code: str, address: str, where: str = "/lacak/") -> Answer:
    return Client(REMOTE_ADDR=address).post(where, {"code": code})


def guess(address: str) -> None:
    for _ in range(CODES.most):
        look(new_code(), address)


def test_who_guesses_codes_must_wait_and_learns_nothing_more(case: Case) -> None:
    case.is_submitted()
    guess(SOMEBODY)

    for code in (new_code(), case.code):
        for address in (SOMEBODY, NEIGHBOUR):
            answer = look(code, address)
            assert answer.status_code == 429
            assert WAIT in answer.text
    assert look(case.code, STRANGER).status_code == 302


def test_the_reporters_buttons_are_no_way_around_the_limit(case: Case) -> None:
    case.is_submitted()
    for _ in range(CODES.most):
        assert look(new_code(), SOMEBODY, "/lacak/balas/").status_code == 404

    answer = look(case.code, SOMEBODY, "/lacak/balas/")

    assert answer.status_code == 429
    assert "Jalan berlubang" not in answer.text


def test_who_has_opened_a_report_goes_on_while_a_neighbour_guesses(case: Case) -> None:
    case.is_submitted()
    browser = Client(REMOTE_ADDR=SOMEBODY)
    browser.post("/lacak/", {"code": case.code})
    guess(NEIGHBOUR)

    sent = browser.post("/lacak/balas/", {"code": case.code, "text": "Masih ada di sana."})

    assert sent.status_code == 302
    assert "Masih ada di sana." in browser.get("/lacak/").text


def test_after_ten_minutes_it_is_over(case: Case) -> None:
    case.is_submitted()
    guess(SOMEBODY)

    with time_machine.travel(at(NOW) + SPAN + timedelta(seconds=1), tick=False):
        assert look(case.code, SOMEBODY).status_code == 302


def test_an_address_that_tells_nothing_about_the_visitor_is_not_limited(case: Case) -> None:
    case.is_submitted()
    guess(PROXY)

    assert look(case.code, PROXY).status_code == 302


def test_who_guesses_passwords_must_wait_even_with_the_right_one(case: Case, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    account = Account.objects.get(login="pp-pupr")
    account.set_password("sandi-yang-benar")
    account.save()
    for n in range(PASSWORDS.most):  # many names: the lock of a single name is told in tests/portal/test_officers.py
        typed = {"login": f"orang-{n}", "password": "salah"}
        assert Client(REMOTE_ADDR=SOMEBODY).post("/masuk/", typed).status_code == 422

    right = {"login": "pp-pupr", "password": "sandi-yang-benar"}

    assert Client(REMOTE_ADDR=SOMEBODY).post("/masuk/", right).status_code == 429
    assert Client(REMOTE_ADDR=STRANGER).post("/masuk/", right).status_code == 302


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("8.8.4.4", "8.8.4.0/24"),
        ("2001:4860:4860:1234:5678::1", "2001:4860:4860:1200::/56"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("192.168.1.4", ""),
        ("8.8.4.4, 1.1.1.1", ""),
        ("", ""),
    ],
)
def test_a_range_is_what_one_household_has_and_nothing_for_a_machine_between(address: str, counted: str) -> None:
    assert range_of(address) == counted
