"""The first filling of the calendar: Indonesia's holidays, cuti bersama, elections, and who decided them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from tests.sop.days import indonesia, on

from lapor.sop.calendar import WEEKEND
from lapor.sop.holiday_seed import seed_days


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("Wed 9 Apr 2014", "Hari Pemilihan Legislatif"),
        ("Tue 31 Dec 2019", ""),
        ("Thu 31 Dec 2020", "Pengganti Cuti Bersama Hari Raya Idul Fitri"),
        ("Wed 11 Aug 2021", "Tahun Baru Islam"),
        ("Tue 10 Aug 2021", ""),
        ("Fri 24 Dec 2021", ""),
        ("Fri 29 Apr 2022", "Cuti Bersama Hari Raya Idul Fitri"),
        ("Wed 28 Jun 2023", "Cuti Bersama Hari Raya Idul Adha"),
        ("Wed 27 Nov 2024", "Hari Pemilihan Kepala Daerah"),
        ("Mon 18 Aug 2025", "Cuti Bersama Hari Kemerdekaan Republik Indonesia"),
        ("Wed 18 Mar 2026", "Cuti Bersama Hari Suci Nyepi"),
        ("Thu 19 Mar 2026", "Hari Suci Nyepi"),
        ("Sun 22 Mar 2026", "Hari Raya Idul Fitri, hari kedua"),
        ("Sat 24 Jan 2026", WEEKEND),
    ],
)
def test_the_calendar_knows_the_day(day: str, why: str) -> None:
    found = indonesia()[on(day)]
    assert (found.why, found.working) == (why, not why)


@pytest.mark.parametrize(
    ("day", "decree"),
    [
        ("Mon 18 Aug 2025", "SKB Nomor 933 Tahun 2025, Nomor 1 Tahun 2025, Nomor 3 Tahun 2025"),
        ("Sun 17 Aug 2025", "SKB Nomor 1017 Tahun 2024, Nomor 2 Tahun 2024, Nomor 2 Tahun 2024"),
        ("Wed 27 Nov 2024", "Keppres Nomor 33 Tahun 2024"),
        ("Thu 19 Mar 2026", "SKB Nomor 1497 Tahun 2025, Nomor 2 Tahun 2025, Nomor 5 Tahun 2025"),
        ("Fri 23 Jun 2017", ""),
        ("Thu 1 Jan 2015", ""),
    ],
)
def test_a_holiday_names_the_decree_where_it_is_known_for_certain(day: str, decree: str) -> None:
    assert indonesia()[on(day)].decree == decree


def test_a_date_that_nobody_has_fixed_yet_says_so() -> None:
    assert indonesia()[on("Wed 10 Mar 2027")].estimated
    assert "perkiraan" not in indonesia()[on("Wed 10 Mar 2027")].why
    assert not indonesia()[on("Sat 21 Mar 2026")].estimated


def test_working_days_are_neither_named_nor_estimated() -> None:
    assert not [day for day in indonesia().days if day.working and (day.why or day.decree or day.estimated)]
    assert all(day.why for day in indonesia().days if not day.working)


def test_every_year_has_a_plausible_number_of_working_days() -> None:
    for year in range(2014, 2031):
        assert 230 <= sum(day.working for day in seed_days(year, year)) <= 252


def test_an_agency_that_works_on_saturdays_may_say_so() -> None:
    days = {day.day: day for day in seed_days(2026, 2026, rest_days=frozenset({6}))}
    assert days[on("Sat 24 Jan 2026")].working
    assert not days[on("Sat 21 Mar 2026")].working  # Idul Fitri


def test_each_decree_and_correction_belongs_to_a_holiday_that_exists() -> None:
    data = tomllib.loads((files("lapor.sop") / "decrees.toml").read_text(encoding="utf-8"))
    named = [day for row in data["decree"] for day in row.get("days", ())]
    corrected = [row["day"] for row in data["correction"] if not row.get("working")]

    assert not [day for day in named + corrected if indonesia()[day].working]
    assert not [row for row in data["decree"] if any(day.year != row["year"] for day in row.get("days", ()))]
