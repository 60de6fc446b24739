"""What all reports of the demo share: who serves which desk, office hours, and how far life has been played."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from lapor.agencies.queries import calendars, roles, tree
from lapor.kernel.actor import Actor
from lapor.ops.demo import words
from lapor.ops.replay.hours import OfficeTime
from lapor.sop.vocabulary import Role

CITY, MINISTRY = "kota-mataram", "institut-nusantara"
_BEFORE, _AFTER = timedelta(days=300), timedelta(days=300)


class Stage:
    """The stage on which lives are played, up to `until`.

    What happened up to `played` is in the database already: an interrupted demo goes on from there, and each life is
    led up to that moment without being acted again.
    """

    def __init__(self, until: datetime, played: datetime | None = None) -> None:
        self.until, self.played = until, played
        self.codes: dict[str, str] = {}  # of the scenes with a name
        self.refused: Counter[str] = Counter()
        self.hours = cache(self._hours)
        self._officers = cache(self._find_officers)

    def is_played(self, now: datetime) -> bool:
        """Tell whether this moment was acted before the demo was interrupted."""
        return self.played is not None and now <= self.played

    def officer(self, role: Role, desk: str, now: datetime, turn: int = 0) -> Actor:
        """Return an officer in force at a desk; `turn` chooses among several."""
        found = self._officers(role, desk, now.astimezone(ZoneInfo("Asia/Makassar")).year)
        return found[turn % len(found)]

    def other_unit(self, unit: str) -> str:
        """Return the unit that reports meant for `unit` are wrongly sent to: the next one of the same institution."""
        house = {one.unit for one in words.subjects() if one.unit and one.unit.split("-")[0] == unit.split("-")[0]}
        units = sorted(house - {"mataram-inspektorat"} | {unit})
        return units[(units.index(unit) + 1) % len(units)]

    def _hours(self, house: str) -> OfficeTime:
        desk = tree.get_agency(house)
        day = self.until.date()
        return OfficeTime(calendars.load(desk.calendar_id, day - _BEFORE, day + _AFTER))

    def _find_officers(self, role: Role, desk: str, year: int) -> list[Actor]:
        agency = tree.get_agency(desk)
        on = self.until.date() if year == self.until.year else datetime(year, 12, 1).date()  # noqa: DTZ001 - a day
        found = roles.officers_of(agency.id, role, on=on)
        return [Actor(role, desk=agency.id, appointment=one.appointment_id, account=one.account_id) for one in found]
