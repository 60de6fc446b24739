"""The breach register of the demo: late desks explain, those above them acknowledge (S21); not all, and not at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from random import Random

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.ops.demo import words
from lapor.ops.demo.stage import CITY, Stage
from lapor.reports.models import Breach
from lapor.reports.usecases.breach import acknowledge_breach, explain_breach
from lapor.sop.table import ANSWERS_FOR
from lapor.sop.vocabulary import Clock, Role

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
                explain_breach(breach=breach.pk, text=text, actor=self._late_one(breach, now), now=now)
        for breach in self._of_day("explained_at", 2, now):
            if dice.random() < _ACKNOWLEDGED:
                text = words.spoken("acknowledge", dice)
                acknowledge_breach(breach=breach.pk, text=text, actor=self._one_above(breach, now), now=now)

    def _of_day(self, moment: str, days: int, now: datetime) -> list[Breach]:
        """Return the breaches with this moment in the office day that ended so many openings ago."""
        since, until = self._opening(now, days + 1), self._opening(now, days)
        rows = Breach.objects.filter(**{f"{moment}__gte": since, f"{moment}__lt": until}, desk__isnull=False)
        return list(rows.select_related("desk__parent").order_by("pk"))

    def _opening(self, now: datetime, days_ago: int) -> datetime:
        day = self.calendar.day_of(self.calendar.ordinal(self.calendar.today(now)) - days_ago)
        return datetime.combine(day, OPENS, self.calendar.zone).astimezone(UTC)

    def _late_one(self, breach: Breach, now: datetime) -> Actor:
        desk = _desk(breach)
        return self.stage.officer(_ROLES[desk.kind](breach), desk.code, now)

    def _one_above(self, breach: Breach, now: datetime) -> Actor:
        """Return the head of the unit; for an institution or the nation, a colleague who did not explain."""
        desk = _desk(breach)
        if desk.kind not in (Agency.Kind.UNIT, Agency.Kind.SUBUNIT):
            return self.stage.officer(Role.NATIONAL_ADMIN, "nasional", now, turn=1)
        unit = desk if desk.kind == Agency.Kind.UNIT or desk.parent is None else desk.parent
        return self.stage.officer(Role.HEAD, unit.code, now)


def _desk(breach: Breach) -> Agency:
    assert breach.desk is not None  # noqa: S101 - only those with a desk were chosen
    return breach.desk


def _of_unit(breach: Breach) -> Role:
    return Role.HEAD if ANSWERS_FOR.get(Clock(breach.clock)) is Role.HEAD else Role.LIAISON


_ROLES: dict[str, Callable[[Breach], Role]] = {
    Agency.Kind.NATIONAL: lambda _: Role.NATIONAL_ADMIN,
    Agency.Kind.INSTITUTION: lambda _: Role.AGENCY_ADMIN,
    Agency.Kind.UNIT: _of_unit,
    Agency.Kind.SUBUNIT: lambda _: Role.UNIT_OFFICER,
}
