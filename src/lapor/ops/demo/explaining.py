"""The breach register of the demo: late desks explain, those above them acknowledge (S21); not all, and not at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from random import Random
from typing import Literal

from lapor.kernel.actor import Actor
from lapor.ops.demo import words
from lapor.ops.demo.stage import CITY, MINISTRY, Stage
from lapor.reports.queries.life import LateStep, late_steps
from lapor.reports.usecases.breach import acknowledge_breach, explain_breach
from lapor.sop.table import ANSWERS_FOR
from lapor.sop.vocabulary import Role

OPENS = time(9)  # in the city's zone
_EXPLAINED, _ACKNOWLEDGED = 0.6, 0.7  # shares of breaches, so that some of each kind wait in the register


class Explaining:
    """Call it with the moment at which offices open; on days off nobody is there."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.calendar = stage.hours(CITY).calendar

    def __call__(self, now: datetime) -> None:
        """Explain what was noticed a working day ago, acknowledge what was explained two working days ago."""
        if self.stage.is_played(now) or not self.calendar.is_working(self.calendar.today(now)):
            return
        dice = Random(f"breaches of {now.date()}")  # noqa: S311 - chance for a play, not a secret
        for breach in self._of_day("noticed_at", 1, now):
            if dice.random() < _EXPLAINED:
                text = words.spoken("explain", dice)
                explain_breach(breach=breach.id, text=text, actor=self._late_one(breach, now), now=now)
        for breach in self._of_day("explained_at", 2, now):
            if dice.random() < _ACKNOWLEDGED:
                text = words.spoken("acknowledge", dice)
                acknowledge_breach(breach=breach.id, text=text, actor=self._one_above(breach, now), now=now)

    def _of_day(self, moment: Literal["noticed_at", "explained_at"], days: int, now: datetime) -> list[LateStep]:
        """Return the breaches with this moment in the office day that ended so many openings ago."""
        return list(late_steps(moment, self._opening(now, days + 1), self._opening(now, days)))

    def _opening(self, now: datetime, days_ago: int) -> datetime:
        day = self.calendar.day_of(self.calendar.ordinal(self.calendar.today(now)) - days_ago)
        return datetime.combine(day, OPENS, self.calendar.zone).astimezone(UTC)

    def _late_one(self, late: LateStep, now: datetime) -> Actor:
        return self.stage.officer(_ROLES[late.kind](late), late.desk, now)

    def _one_above(self, late: LateStep, now: datetime) -> Actor:
        """Return the head of the unit; where the head was late, the institution's admin; above these the nation's."""
        if late.kind not in {"unit", "subunit"}:
            return self.stage.officer(Role.NATIONAL_ADMIN, "nasional", now, turn=1)
        if _ROLES[late.kind](late) is Role.HEAD:
            house = MINISTRY if late.unit.startswith("nusantara-") else CITY
            return self.stage.officer(Role.AGENCY_ADMIN, house, now)
        return self.stage.officer(Role.HEAD, late.unit, now)


def _of_unit(late: LateStep) -> Role:
    return Role.HEAD if ANSWERS_FOR.get(late.clock) is Role.HEAD else Role.LIAISON


_ROLES: dict[str, Callable[[LateStep], Role]] = {
    "national": lambda _: Role.NATIONAL_ADMIN,
    "institution": lambda _: Role.AGENCY_ADMIN,
    "unit": _of_unit,
    "subunit": lambda _: Role.UNIT_OFFICER,
}
