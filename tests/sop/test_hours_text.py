"""Hours as people write them."""

from __future__ import annotations

from datetime import time

import pytest

from lapor.sop.calendar import OFFICE_HOURS
from lapor.sop.hours_text import read_hours, written_hours

MORNING, AFTERNOON = (time(7, 30), time(12)), (time(13), time(16))


@pytest.mark.parametrize(
    "text", ["07.30-12.00, 13.00-16.00", "7:30 - 12:00; 13:00–16.00", "7.30 s/d 12.00,13.00 sampai 16.00"]
)
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert read_hours(text) == (MORNING, AFTERNOON)


@pytest.mark.parametrize("text", ["", " , ", ";"])
def test_nothing_is_closed(text: str) -> None:
    assert read_hours(text) == ()


@pytest.mark.parametrize(
    "text",
    ["7-12", "07.30", "25.00-26.00", "12.00-07.30", "08.00-08.00", "08.00-12.00, 11.00-13.00", "pagi", "٠٧.٣٠-١٢.٠٠x",
     "1.00-2.00,2.00-3.00,3.00-4.00,4.00-5.00,5.00-6.00"],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|hour"):
        read_hours(text)


def test_what_is_written_is_read_again() -> None:
    for periods in OFFICE_HOURS:
        assert read_hours(written_hours(periods)) == periods
