"""What happens every morning of the demo: the clock sweeps, breaches are explained, the post goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db import connection

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor
from lapor.kernel.heartbeat import beat
from lapor.messaging import drain
from lapor.ops.demo import words
from lapor.ops.demo.stage import Stage
from lapor.reports.models import Breach
from lapor.reports.usecases.breach import acknowledge_breach, explain_breach
from lapor.reports.usecases.counts import fold_counts
from lapor.reports.usecases.sweep import sweep_all
from lapor.sop.table import ANSWERS_FOR
from lapor.sop.vocabulary import Clock, Role

PLAYED = "demo"  # the heartbeat that tells how far life has been played
_EXPLAINED, _ACKNOWLEDGED = 0.6, 0.7  # shares of breaches, so that some of each kind wait in the register
_OFFICE_OPENS = timedelta(hours=9)
_POST = 200  # messages at a time


class Mornings:
    """Call it with the moment of a dawn; `say` hears now and then how far life is."""

    def __init__(self, stage: Stage, say: Callable[[str], None]) -> None:
        self.stage, self.say = stage, say
        self.days = 0

    def __call__(self, now: datetime) -> None:
        """Do it all, and note that life has been played so far."""
        if self.stage.is_played(now):
            return
        sweep_all(now=now)
        Explanations(self.stage, now).give()
        while drain(now=now, batch=_POST, worker="demo"):
            pass
        fold_counts()
        beat(PLAYED, now=now)
        self.days += 1
        if self.days % 20 == 0:
            self.say(f"  ... {now:%d-%m-%Y}")


class Explanations:
    """One morning's round: late desks explain (S21), those above them acknowledge; not all, and not at once."""

    def __init__(self, stage: Stage, dawn: datetime) -> None:
        self.stage = stage
        self.now = min(dawn + _OFFICE_OPENS, stage.until)
        self.dice = Random(f"breaches of {dawn.date()}")  # noqa: S311 - chance for a play, not a secret

    def give(self) -> None:
        """Explain what was noticed the day before, acknowledge what was explained two days ago."""
        for breach in self._noticed("noticed_at", 1):
            if self.dice.random() < _EXPLAINED:
                text = words.spoken("explain", self.dice)
                explain_breach(breach=breach.pk, text=text, actor=self._late_one(breach), now=self.now)
        for breach in self._noticed("explained_at", 2):
            if self.dice.random() < _ACKNOWLEDGED:
                text = words.spoken("acknowledge", self.dice)
                acknowledge_breach(breach=breach.pk, text=text, actor=self._one_above(breach), now=self.now)

    def _noticed(self, moment: str, days: int) -> list[Breach]:
        until = self.now - timedelta(days=days)
        span = {f"{moment}__gt": until - timedelta(days=1), f"{moment}__lte": until}
        rows = Breach.objects.filter(desk__isnull=False, **span).select_related("desk__parent", "agency")
        return list(rows.order_by("pk"))

    def _late_one(self, breach: Breach) -> Actor:
        assert breach.desk is not None  # noqa: S101 - chosen so
        return self.stage.officer(_ROLES[breach.desk.kind](breach), breach.desk.code, self.now)

    def _one_above(self, breach: Breach) -> Actor:
        """Return the head of the unit; for an institution and the nation, a colleague who did not explain."""
        desk = breach.desk
        assert desk is not None  # noqa: S101 - chosen so
        if desk.kind in (Agency.Kind.UNIT, Agency.Kind.SUBUNIT):
            unit = desk if desk.kind == Agency.Kind.UNIT or desk.parent is None else desk.parent
            return self.stage.officer(Role.HEAD, unit.code, self.now)
        return self.stage.officer(Role.NATIONAL_ADMIN, "nasional", self.now, turn=1)


def _of_unit(breach: Breach) -> Role:
    return Role.HEAD if ANSWERS_FOR.get(Clock(breach.clock)) is Role.HEAD else Role.LIAISON


_ROLES: dict[str, Callable[[Breach], Role]] = {
    Agency.Kind.NATIONAL: lambda _: Role.NATIONAL_ADMIN,
    Agency.Kind.INSTITUTION: lambda _: Role.AGENCY_ADMIN,
    Agency.Kind.UNIT: _of_unit,
    Agency.Kind.SUBUNIT: lambda _: Role.UNIT_OFFICER,
}


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Let a played life cost no letters and no waiting for the disk.

    The worker would send thousands of mails of the past at its first start, so the post of these days goes to nobody.
    Without synchronous commit a power cut loses the last moments of a play that can be played again; the first commit
    after this block waits for the disk, and all before it are safe with it.
    """
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    _execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend
        _execute("RESET synchronous_commit")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
