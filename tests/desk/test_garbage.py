"""Garbage in every address and every query parameter of the desk: answered calmly, never by an accident."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.builders import Case, World
from tests.desk.conftest import SignIn
from tests.desk.test_access import ONE_OF_EACH, addresses, everybody, page_of

from lapor.desk.pages import MAY_OPEN
from lapor.desk.urls import urlpatterns

__all__ = ["everybody"]  # a fixture

GARBAGE = (
    "a\x00b",
    "9" * 5_000,
    "٣",
    "0001-01-01",
    "9999-12-31",
    "AAAA====",
    "\"'><script>alert(1)</script>",
)
PARAMETERS = (
    "q", "tab", "order", "after", "show", "first", "last", "instansi", "calendar", "year", "aside", "dead",
)  # fmt: skip
SEATS = ("admin-pusat", "admin-kota", "pp-pupr", *ONE_OF_EACH.values())  # the first who may open a page tries it


@pytest.fixture
def escalated(case: Case) -> Case:
    """A report that is late at every desk."""
    case.is_with_unit_officer(on="Mon 1 Sep 2025 09:00 WITA")
    case.sweep("Mon 2 Mar 2026 08:00 WITA")
    return case


def is_calm(answer: Any) -> bool:
    """Tell whether an answer is no accident and lets no script through."""
    content = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code < 500 and b"<script>alert" not in content


@pytest.fixture
def opens(everybody: World, sits: SignIn) -> Callable[[str], Client]:
    """Return the browser of somebody who may open a page: who may not is refused before anything is read."""
    browsers = {name: sits(name) for name in dict.fromkeys(SEATS)}
    roles = {name: role for role, name in ONE_OF_EACH.items()}

    def of(page: str) -> Client:
        return next(browsers[name] for name in browsers if page not in MAY_OPEN or roles[name] in MAY_OPEN[page])

    return of


def test_garbage_in_query_parameters_is_answered_calmly(escalated: Case, opens: Callable[[str], Client]) -> None:
    for page, address in addresses(escalated):
        for typed in GARBAGE:
            answer = opens(page).get(address, dict.fromkeys(PARAMETERS, typed))
            assert is_calm(answer), f"{address} {typed[:30]!r}"


def broken_addresses(case: Case, typed: str) -> Iterator[tuple[str, str]]:
    """Yield (page, address) with garbage in the place of an address's parts, with the report's number and without."""
    for pattern in urlpatterns:
        told = str(pattern.pattern)
        for address in sorted({told, told.replace("<str:number>", case.number)}):
            if "<" in address:
                yield page_of(pattern), "/meja/" + re.sub(r"<\w+:\w+>", lambda _: typed, address)


def test_garbage_in_addresses_is_answered_calmly(escalated: Case, opens: Callable[[str], Client]) -> None:
    for typed in GARBAGE:
        for page, address in broken_addresses(escalated, typed):
            assert is_calm(opens(page).get(address)), address[:120]
