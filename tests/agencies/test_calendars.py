"""The calendars in the database: filling, asking, changing single days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.sop.days import at, indonesia, on

from lapor.agencies.models import Agency, Calendar, CalendarDay
from lapor.agencies.queries import calendars as working
from lapor.agencies.refusals import NotAHoliday, NotYours, UnknownDay
from lapor.agencies.usecases.calendars import declare_holiday, revoke_holiday, seed_calendars
from lapor.kernel.actor import Actor
from lapor.kernel.errors import InvalidInput
from lapor.sop.calendar import OFFICE_HOURS, WEEKEND, OutsideCalendar, WorkingCalendar
from lapor.sop.service_time import add_service_minutes
from lapor.sop.vocabulary import Role

NATIONAL = Actor(Role.NATIONAL_ADMIN, desk=1, appointment=1)
NOW = at("Mon 5 Jan 2026 09:00 WITA")
TUESDAY = on("Tue 13 Jan 2026")

pytestmark = pytest.mark.django_db


@pytest.fixture
def wita() -> Calendar:
    return Calendar.objects.get(code="wita")


def whole(calendar: Calendar) -> WorkingCalendar:
    return working.load(calendar.pk, on("Wed 1 Jan 2014"), on("Wed 31 Dec 2031"))


# --- Filling -------------------------------------------------------------------------------------


def test_each_zone_has_a_calendar_and_a_companion_that_counts_every_day() -> None:
    zones = dict(Calendar.objects.values_list("code", "zone"))

    assert zones == {
        "wib": "Asia/Jakarta",
        "wib-semua": "Asia/Jakarta",
        "wita": "Asia/Makassar",
        "wita-semua": "Asia/Makassar",
        "wit": "Asia/Jayapura",
        "wit-semua": "Asia/Jayapura",
    }


def test_the_database_keeps_exactly_what_the_law_says(wita: Calendar) -> None:
    law = indonesia("WITA")
    kept = whole(wita)

    assert [(day.day, day.working, day.why, day.decree) for day in kept.days] == [
        (day.day, day.working, day.why, day.decree) for day in law.between(on("Tue 31 Dec 2013"), kept.last)
    ]
    assert kept.service_hours == OFFICE_HOURS


def test_a_companion_counts_each_day_of_the_year() -> None:
    every = Calendar.objects.get(code="wita-semua")
    first, last = on("Wed 1 Jan 2025"), on("Thu 1 Jan 2026")

    assert working.ordinal(every.pk, last) - working.ordinal(every.pk, first) == 365


def test_filling_again_changes_nothing_that_people_changed(wita: Calendar) -> None:
    declare_holiday(calendar="wita", day=TUESDAY, why="Hari jadi kota", actor=NATIONAL, now=NOW)
    before = whole(wita)

    seed_calendars(2014, 2031)

    assert whole(wita) == before


def test_a_later_year_is_added_after_the_last_known_day(wita: Calendar) -> None:
    last = working.last_day(wita.pk)
    assert last == on("Wed 31 Dec 2031")
    ordinal = working.ordinal(wita.pk, last)

    seed_calendars(2014, 2032)

    assert working.last_day(wita.pk) == on("Fri 31 Dec 2032")
    assert working.ordinal(wita.pk, on("Fri 2 Jan 2032")) == ordinal + 1  # New Year's Day does not count


# --- Asking --------------------------------------------------------------------------------------


def test_each_answer_costs_one_query(wita: Calendar, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        start = working.ordinal(wita.pk, on("Thu 12 Mar 2026"))
    with django_assert_num_queries(1):
        assert working.day_of(wita.pk, start + 10) == on("Thu 2 Apr 2026")
    with django_assert_num_queries(1):
        assert working.days_of(wita.pk, [start, start + 10, start]) == {
            start: on("Thu 12 Mar 2026"),
            start + 10: on("Thu 2 Apr 2026"),
        }
    with django_assert_num_queries(0):
        assert working.today(wita, NOW) == on("Mon 5 Jan 2026")


def test_today_is_the_local_day_and_not_the_server_s(wita: Calendar) -> None:
    before_midnight = datetime(2026, 1, 5, 15, 59, 59, tzinfo=UTC)

    assert working.today(wita, before_midnight) == on("Mon 5 Jan 2026")
    assert working.today(wita, before_midnight + timedelta(seconds=1)) == on("Tue 6 Jan 2026")
    with pytest.raises(ValueError, match="time zone"):
        working.today(wita, before_midnight.replace(tzinfo=None))


def test_a_day_beyond_the_calendar_is_refused_by_name(wita: Calendar) -> None:
    beyond = on("Thu 1 Jan 2032")
    last = working.ordinal(wita.pk, beyond - timedelta(days=1))

    with pytest.raises(OutsideCalendar):
        working.ordinal(wita.pk, beyond)
    with pytest.raises(OutsideCalendar):
        working.days_of(wita.pk, [last, last + 1])
    with pytest.raises(OutsideCalendar):
        working.load(wita.pk, beyond - timedelta(days=1), beyond)
    with pytest.raises(OutsideCalendar):
        working.load(wita.pk, beyond, beyond)


def test_a_stretch_answers_as_the_whole_calendar_does(
    wita: Calendar, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        march = working.load(wita.pk, on("Sun 1 Mar 2026"), on("Thu 30 Apr 2026"))
    law = whole(wita)
    due = march.ordinal(on("Thu 12 Mar 2026")) + 10

    assert due == law.ordinal(on("Thu 12 Mar 2026")) + 10
    assert march.day_of(due) == law.day_of(due)
    assert add_service_minutes(march, at("Thu 2 Apr 2026 16:01 WITA"), 10) == at("Mon 6 Apr 2026 07:40 WITA")


def test_a_profile_in_calendar_days_counts_by_the_companion_of_the_agency_s_zone(wita: Calendar) -> None:
    city = Agency.objects.create(code="a-city", name="A city", kind="institution", calendar=wita)

    assert working.calendar_of(city.pk) == wita
    assert working.calendar_of(city.pk, counting="calendar").code == "wita-semua"


def test_the_year_s_days_off_are_listed_without_weekends(wita: Calendar) -> None:
    days = working.days_off(wita.pk, 2026)

    assert days[0].day == on("Thu 1 Jan 2026")
    assert WEEKEND not in {day.why for day in days}
    assert [day.day for day in days] == sorted(day.day for day in days)


# --- Changing ------------------------------------------------------------------------------------


def test_a_declared_holiday_takes_its_day_out_of_the_count(wita: Calendar) -> None:
    law = whole(wita)

    change = declare_holiday(
        calendar="wita", day=TUESDAY, why=" Pilkada ", decree="Keppres 1/2026", actor=NATIONAL, now=NOW
    )

    assert (change.day, change.ordinal, change.moved) == (TUESDAY, law.ordinal(TUESDAY), True)
    kept = whole(wita)  # refuses ordinals that do not count
    assert (kept[TUESDAY].why, kept[TUESDAY].decree) == ("Pilkada", "Keppres 1/2026")
    assert kept[TUESDAY].declared == on("Mon 5 Jan 2026")
    assert kept.ordinal(TUESDAY) == law.ordinal(TUESDAY) - 1
    assert kept.ordinal(on("Mon 12 Jan 2026")) == law.ordinal(on("Mon 12 Jan 2026"))
    assert kept.ordinal(kept.last) == law.ordinal(law.last) - 1


def test_a_revoked_holiday_is_worked_again(wita: Calendar) -> None:
    law = whole(wita)
    declare_holiday(calendar="wita", day=TUESDAY, why="Pilkada", actor=NATIONAL, now=NOW)

    change = revoke_holiday(calendar="wita", day=TUESDAY, actor=NATIONAL, now=NOW)

    assert (change.was_working, change.is_working) == (False, True)
    kept = whole(wita)
    assert [(day.day, day.ordinal) for day in kept.days] == [(day.day, day.ordinal) for day in law.days]


def test_an_estimated_holiday_becomes_certain_without_moving_anything(wita: Calendar) -> None:
    estimated = CalendarDay.objects.filter(calendar=wita, estimated=True).first()
    assert estimated is not None
    law = whole(wita)

    change = declare_holiday(
        calendar="wita", day=estimated.day, why="Idul Fitri", decree="SKB 3 Menteri", actor=NATIONAL, now=NOW
    )

    assert not change.moved
    assert [day.ordinal for day in whole(wita).days] == [day.ordinal for day in law.days]
    estimated.refresh_from_db()
    assert (estimated.why, estimated.estimated) == ("Idul Fitri", False)


def test_a_holiday_on_a_saturday_moves_nothing_and_becomes_a_weekend_again(wita: Calendar) -> None:
    saturday = on("Sat 17 Jan 2026")

    assert not declare_holiday(calendar="wita", day=saturday, why="Hari jadi", actor=NATIONAL, now=NOW).moved
    assert not revoke_holiday(calendar="wita", day=saturday, actor=NATIONAL, now=NOW).moved
    assert CalendarDay.objects.get(calendar=wita, day=saturday).why == WEEKEND


def test_the_other_zones_and_the_companion_keep_their_count(wita: Calendar) -> None:
    others = Calendar.objects.exclude(pk=wita.pk)
    before = [working.ordinal(other.pk, TUESDAY) for other in others]

    declare_holiday(calendar="wita", day=TUESDAY, why="Hari jadi", actor=NATIONAL, now=NOW)

    assert [working.ordinal(other.pk, TUESDAY) for other in others] == before


@pytest.mark.parametrize("day", [TUESDAY, on("Sat 17 Jan 2026")])
def test_a_day_that_is_no_holiday_cannot_be_taken_back(day: date) -> None:
    with pytest.raises(NotAHoliday):
        revoke_holiday(calendar="wita", day=day, actor=NATIONAL, now=NOW)


@pytest.mark.parametrize(
    ("calendar", "day", "why", "field"),
    [
        ("wita", TUESDAY, " ", "why"),
        ("wita", TUESDAY, "x" * 201, "why"),
        ("wita", on("Thu 1 Jan 2032"), "Libur", "day"),
        ("wita-semua", TUESDAY, "Libur", "day"),
        ("nowhere", TUESDAY, "Libur", "day"),
    ],
)
def test_a_holiday_without_reason_or_day_is_refused(calendar: str, day: date, why: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        declare_holiday(calendar=calendar, day=day, why=why, actor=NATIONAL, now=NOW)

    assert refused.value.field == field
    assert isinstance(refused.value, UnknownDay) == (field == "day")
    assert not CalendarDay.objects.filter(declared_at__isnull=False).exists()


def test_an_institution_s_admin_changes_only_a_calendar_of_its_own(wita: Calendar) -> None:
    own = Calendar.objects.get(code="wit")
    city = Agency.objects.create(code="a-city", name="A city", kind="institution", calendar=own)
    Agency.objects.filter(pk=city.pk).update(institution=city)
    admin = Actor(Role.AGENCY_ADMIN, desk=city.pk, appointment=7)

    assert declare_holiday(calendar="wit", day=TUESDAY, why="Hari jadi kota", actor=admin, now=NOW).moved

    Agency.objects.create(code="another", name="Another", kind="institution", calendar=own)
    liaison = Actor(Role.LIAISON, desk=city.pk, appointment=8)
    for actor in (admin, liaison):
        with pytest.raises(NotYours):
            revoke_holiday(calendar="wit", day=TUESDAY, actor=actor, now=NOW)
