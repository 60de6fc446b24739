"""A share is rounded fairly, and never to all or to nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.kernel.shares import percent, whole_percents


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(2, 3, 67), (1, 3, 33), (1, 8, 13), (23, 40, 58), (57, 200, 29), (1, 2, 50), (4, 5, 80), (0, 7, 0), (7, 7, 100)],
)
def test_half_a_percent_is_rounded_up(part: int, whole: int, told: int) -> None:
    assert whole_percents(part / whole) == told


def test_99_point_6_percent_is_not_all_and_a_thousandth_is_not_nothing() -> None:
    assert [whole_percents(996 / 1_000), whole_percents(1 / 1_000)] == [99, 1]


@given(whole=st.integers(1, 10**9), data=st.data())
def test_all_and_nothing_are_said_of_nothing_else_and_no_share_is_a_percent_wrong(
    whole: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    told = whole_percents(part / whole)
    assert (told == 100) == (part == whole)
    assert (told == 0) == (part == 0)
    assert abs(told - 100 * part / whole) < 1


def test_of_nothing_there_is_no_share() -> None:
    assert percent(None) == "–"
    assert percent(0.0) == "0 %"
