"""Who begins when: every scene of the file, and ordinary reports over the days before the demo is opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from random import Random

from lapor.agencies.seeds import tables
from lapor.ops.demo import words
from lapor.ops.demo.life import NATIONAL, Life
from lapor.ops.demo.scenes import Ordinary, Scene, known
from lapor.ops.demo.stage import CITY, MINISTRY, Stage
from lapor.ops.demo.words import Subject

_SEED = "lapor 1708"
# How many file in each hour of a local day, from midnight: people report before work, at noon and in the evening.
_HOURS = (1, 0, 0, 0, 0, 2, 5, 8, 9, 9, 8, 7, 8, 7, 6, 6, 7, 7, 8, 10, 11, 9, 5, 2)


def lives(stage: Stage, *, ordinary: int, days: int) -> Iterator[Life]:
    """Yield the scenes whose end is known, then `ordinary` lives that begin in the last `days` days."""
    for n, (began, scene) in enumerate(known(), start=1):
        dice = Random(f"{_SEED} scene {n}")  # noqa: S311 - chance for a play, not a secret
        yield _life(stage, scene, dice, f"demo-scene-{n}", began=began)
    for n in range(1, ordinary + 1):
        dice = Random(f"{_SEED} {n}")  # noqa: S311 - as above
        at = _some_moment(dice, stage, days)
        yield _life(stage, Ordinary(dice).draw(), dice, f"demo-{n}", at=at)


def _life(stage: Stage, scene: Scene, dice: Random, key: str, *, began: float = 0, at: datetime | None = None) -> Life:
    subject = _subject(scene, dice)
    street, village = dice.choice(words.words()["streets"])
    village = subject.kelurahan or village
    hours = stage.hours(subject.house)
    start = at or hours.before(stage.until, began)
    if scene.manual:
        start = hours.after(start, 0.01)  # officers type in office hours
    if subject.house == MINISTRY:
        village, street = "", "Jalan Kampus Utama"
    return Life(stage, scene, subject, dice, key, start, street, village, _villages().get(village, ""))


def _subject(scene: Scene, dice: Random) -> Subject:
    house = MINISTRY if scene.at == MINISTRY else CITY
    fitting = [one for one in words.subjects() if one.is_about(scene.about) and (one.unit or scene.about)]
    if scene.at != NATIONAL or scene.about:
        fitting = [one for one in fitting if one.house == house]
    if not scene.about:
        fitting = [one for one in fitting if one.kind != "oversight" or dice.random() < 0.3]
    return dice.choice(fitting)


def _some_moment(dice: Random, stage: Stage, days: int) -> datetime:
    """Return a moment of the last days: seldom at night, and on Sundays half as often."""
    last = stage.until.astimezone(stage.hours(CITY).calendar.zone)
    while True:
        day = last.date() - timedelta(days=dice.randrange(days))
        clock = time(dice.choices(range(24), _HOURS)[0], dice.randrange(60), dice.randrange(60))
        moment = datetime.combine(day, clock, last.tzinfo)
        if moment < last and (day.isoweekday() < 7 or dice.random() < 0.5):
            return moment.astimezone(UTC)


def _villages() -> dict[str, str]:
    return {row["code"]: row["name"] for row in tables.rows("places") if row["level"] == "village"}
