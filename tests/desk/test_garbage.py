"""Garbage in every address and every query parameter of the desk: answered calmly, never by an accident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.builders import Case
from tests.desk.conftest import SignIn
from tests.desk.test_access import addresses

from lapor.desk.urls import urlpatterns

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
SEATS = ("admin-pusat", "admin-kota", "pp-pupr")


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


@pytest.mark.parametrize("name", SEATS)
def test_garbage_in_query_parameters_is_answered_calmly(escalated: Case, sits: SignIn, name: str) -> None:
    browser = sits(name)

    for _page, address in addresses(escalated):
        for typed in GARBAGE:
            assert is_calm(browser.get(address, dict.fromkeys(PARAMETERS, typed))), f"{address} {typed[:30]!r}"


def broken_addresses(case: Case, typed: str) -> Iterator[str]:
    """Yield every address of the desk with garbage in the place of its parts, with the report's number and without."""
    patterns = {str(pattern.pattern) for pattern in urlpatterns}
    for address in sorted(patterns | {one.replace("<str:number>", case.number) for one in patterns}):
        if "<" in address:
            yield "/meja/" + re.sub(r"<\w+:\w+>", lambda _: typed, address)


@pytest.mark.parametrize("name", SEATS)
def test_garbage_in_addresses_is_answered_calmly(escalated: Case, sits: SignIn, name: str) -> None:
    browser = sits(name)

    for typed in GARBAGE:
        for address in broken_addresses(escalated, typed):
            assert is_calm(browser.get(address)), address[:120]
