"""Fill the working calendars and change single days: a holiday declared or taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F

from lapor.agencies.access import check_may_change_calendar
from lapor.agencies.models import Calendar, CalendarDay
from lapor.agencies.refusals import NotAHoliday, UnknownDay
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.sop import calendar as sop
from lapor.sop.calendar import OFFICE_HOURS, REST_DAYS, WEEKEND, ZONES, number
from lapor.sop.holiday_seed import seed_days
from lapor.sop.vocabulary import Role

EVERY_DAY = "-semua"  # ends the code of a zone's companion that counts each day (C2)
_COLUMNS = "calendar_id, day, ordinal, working, why, decree, estimated"


@transaction.atomic
def seed_calendars(first_year: int, last_year: int) -> None:
    """Make the calendars of WIB, WITA and WIT, each with a companion that counts every day, for these years.

    May be repeated: days that exist stay as people changed them, missing years are added after the last known day.
    """
    days = seed_days(first_year, last_year)
    for name, zone in ZONES.items():
        code = name.lower()
        _fill(_calendar(code, name, zone.key), days)
        every = _calendar(code + EVERY_DAY, f"{name} (setiap hari dihitung)", zone.key, counts_all_days=True)
        _fill(every, [sop.CalendarDay(day.day, 0, working=True) for day in days])


@dataclass(frozen=True)
class DayChange:
    """One day of one calendar before and after a decision.

    `ordinal` is the day's ordinal before. Where `moved`, every later ordinal fell by one (declared) or rose by one
    (taken back), and running deadlines may need the same (see `lapor.sop.calendar_change`).
    """

    calendar_id: int
    day: date
    ordinal: int
    was_working: bool
    is_working: bool

    @property
    def moved(self) -> bool:
        """Tell whether the count of working days changed."""
        return self.was_working != self.is_working


@transaction.atomic
def declare_holiday(*, calendar: str, day: date, why: str, decree: str = "", actor: Actor, now: datetime) -> DayChange:
    """Make a day a holiday in the calendar with this code, or give a holiday its reason and decree.

    Deadlines are not touched here: `lapor.reports` calls this inside its own transaction and moves them.
    Raises `NotYours`, `UnknownDay`, `InvalidInput`.
    """
    row = _locked_day(calendar, day, actor)
    was = row.working
    row.why, row.decree = words(why, "why", longest=200), words(decree, "decree", longest=200, needed=False)
    row.working, row.estimated, row.declared_at = False, False, now
    _note("holiday_declared", f"{calendar} {day}: {row.why}", actor, now)
    return _changed(row, was)


@transaction.atomic
def revoke_holiday(*, calendar: str, day: date, actor: Actor, now: datetime) -> DayChange:
    """Take a holiday back: the day is worked again, or is a plain weekend. Raises `NotYours`, `NotAHoliday`."""
    row = _locked_day(calendar, day, actor)
    if row.working or row.why == WEEKEND:
        raise NotAHoliday
    row.working = day.weekday() not in REST_DAYS
    row.why, row.decree, row.estimated, row.declared_at = "" if row.working else WEEKEND, "", False, now
    _note("holiday_revoked", f"{calendar} {day}", actor, now)
    return _changed(row, was=False)


def _note(action: str, about: str, actor: Actor, now: datetime) -> None:
    home = actor.desk if actor.role is Role.AGENCY_ADMIN else None
    note_deed(action, actor=actor, institution=home, about=about, now=now)


def _locked_day(code: str, day: date, actor: Actor) -> CalendarDay:
    # The calendar's own row is the lock: two changes at once would count the later ordinals twice.
    calendar = Calendar.objects.select_for_update(no_key=True).filter(code=code, counts_all_days=False).first()
    row = CalendarDay.objects.filter(calendar=calendar, day=day).first() if calendar else None
    if calendar is None or row is None:
        raise UnknownDay(field="day")
    check_may_change_calendar(actor, calendar)
    return row


def _changed(row: CalendarDay, was: bool) -> DayChange:
    change = DayChange(row.calendar_id, row.day, row.ordinal, was_working=was, is_working=row.working)
    row.save(update_fields=["working", "why", "decree", "estimated", "declared_at"])
    if change.moved:
        later = CalendarDay.objects.filter(calendar=row.calendar_id, day__gte=row.day)
        later.update(ordinal=F("ordinal") + (1 if row.working else -1))
    return change


def _calendar(code: str, name: str, zone: str, *, counts_all_days: bool = False) -> Calendar:
    hours = {
        str(weekday): [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in periods]
        for weekday, periods in enumerate(OFFICE_HOURS)
    }
    wanted = {"name": name, "zone": zone, "counts_all_days": counts_all_days, "service_hours": hours}
    return Calendar.objects.get_or_create(code=code, defaults=wanted)[0]


def _fill(calendar: Calendar, days: Iterable[sop.CalendarDay]) -> None:
    known = calendar.days.order_by("-day").first()
    missing = [day for day in days if known is None or day.day > known.day]
    rows = number(missing, before=known.ordinal if known else 0)
    # COPY: 40,000 days are there in half a second, and every test session needs them.
    with connection.cursor() as cursor, cursor.copy(f"COPY agencies_calendarday ({_COLUMNS}) FROM STDIN") as copy:
        for day in rows:
            copy.write_row((calendar.pk, day.day, day.ordinal, day.working, day.why, day.decree, day.estimated))
