"""How fast simulated desks are: drawn from a file, in office hours, and the same every time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sop.days import at, indonesia

from lapor.ops.replay.hours import OfficeTime
from lapor.ops.replay.speeds import Dice, Speeds, SpeedsError, days_at

CURVE = ((0.0, 1.0), (0.5, 2.0), (1.0, 10.0))
OFFICE = OfficeTime(indonesia("WIB"))


@pytest.mark.parametrize(("share", "days"), [(0.0, 1.0), (0.25, 1.5), (0.5, 2.0), (0.75, 6.0), (0.999999, 10.0)])
def test_a_curve_is_straight_between_its_points(share: float, days: float) -> None:
    assert days_at(CURVE, share) == pytest.approx(days, abs=1e-4)


def test_the_same_question_has_the_same_answer_and_another_has_its_own() -> None:
    dice = Dice("1", "uji:1")
    assert dice.roll("accept") == Dice("1", "uji:1").roll("accept")
    assert len({dice.roll("accept"), dice.roll("brief"), Dice("2", "uji:1").roll("accept")}) == 3


def test_dice_are_fair() -> None:
    rolls = [Dice("1", str(n)).roll("accept") for n in range(4_000)]
    assert all(0 <= roll < 1 for roll in rolls)
    assert sum(rolls) / len(rolls) == pytest.approx(0.5, abs=0.02)
    assert sum(roll < 0.1 for roll in rolls) == pytest.approx(400, abs=60)


def test_the_usual_speeds_are_complete_and_a_file_may_change_some(tmp_path: Path) -> None:
    path = tmp_path / "desks.toml"
    path.write_text("[desks]\naccept = [[0.0, 1], [1.0, 1]]\n[chances]\nmisrouted = 1.0\n", encoding="utf-8")
    usual, changed = Speeds.read(), Speeds.read(path)
    assert changed.desks["accept"] == ((0.0, 1.0), (1.0, 1.0))
    assert changed.chances["misrouted"] == 1.0
    assert changed.desks["brief"] == usual.desks["brief"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[desks]\naccept = [[0.0, 1]]", "accept must rise"),
        ("[desks]\naccept = [[0.0, 2], [1.0, 1]]", "accept must rise"),
        ("[desks]\naccept = [[0.1, 1], [1.0, 2]]", "accept must rise"),
        ("[desks]\naccept = [[0.0, -1], [1.0, 2]]", "accept must rise"),
        ("[desks]\naccept = 'fast'", r"accept is not a list"),
        ("[desks]\naccpet = [[0.0, 1], [1.0, 2]]", "no desks.accpet"),
        ("[desk]\naccept = [[0.0, 1], [1.0, 2]]", "no desk.accept"),
        ("[chances]\nmisrouted = 2", "misrouted must be a share"),
        ("accept =", "not TOML"),
    ],
)
def test_a_file_of_speeds_that_makes_no_sense_is_refused_by_name(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "desks.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpeedsError, match=why):
        Speeds.read(path)


@pytest.mark.parametrize(
    ("start", "days", "done"),
    [
        ("Mon 7 Mar 2022 08:00 WIB", 0.5, "Mon 7 Mar 2022 12:00 WIB"),
        ("Mon 7 Mar 2022 12:00 WIB", 1.0, "Tue 8 Mar 2022 12:00 WIB"),
        ("Mon 7 Mar 2022 20:00 WIB", 0.25, "Tue 8 Mar 2022 10:00 WIB"),
        ("Mon 7 Mar 2022 05:00 WIB", 0.25, "Mon 7 Mar 2022 10:00 WIB"),
        ("Fri 11 Mar 2022 12:00 WIB", 1.0, "Mon 14 Mar 2022 12:00 WIB"),
        ("Sat 12 Mar 2022 12:00 WIB", 0.5, "Mon 14 Mar 2022 12:00 WIB"),
        ("Wed 2 Mar 2022 12:00 WIB", 1.0, "Fri 4 Mar 2022 12:00 WIB"),  # Thu 3 Mar 2022 is Nyepi
    ],
)
def test_a_desk_works_from_eight_to_four_on_working_days(start: str, days: float, done: str) -> None:
    assert OFFICE.after(at(start), days) == at(done)


@given(st.datetimes(datetime(2021, 1, 1), datetime(2024, 1, 1), timezones=st.just(UTC)), st.floats(0, 80))  # noqa: DTZ001
def test_more_work_never_ends_earlier_and_nothing_ends_before_it_began(start: datetime, days: float) -> None:
    done = OFFICE.after(start, days)
    assert start <= done <= OFFICE.after(start, days + 0.5)
