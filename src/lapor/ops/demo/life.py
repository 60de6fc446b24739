"""One report of the demo, from its filing on; the acts themselves are in `lapor.ops.demo.acts`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from lapor.kernel.actor import Actor, reporter_with_code
from lapor.ops.demo import pictures, words
from lapor.ops.demo.scenes import Scene
from lapor.ops.demo.stage import Stage
from lapor.ops.demo.words import Subject
from lapor.ops.replay.hours import OfficeTime
from lapor.reports.files import StoredFile
from lapor.sop.vocabulary import Role

NATIONAL = "nasional"


@dataclass
class Life:
    """A report on its way. `now` is set by the player; `dice` is this life's own, so that it always goes the same."""

    stage: Stage
    scene: Scene
    subject: Subject
    dice: Random
    key: str
    now: datetime
    street: str
    village: str
    village_name: str
    code: str = ""
    at_national: bool = False
    is_at_unit: bool = False
    unit: str = field(init=False)

    def __post_init__(self) -> None:
        self.at_national = self.scene.at == NATIONAL
        self.is_at_unit = self.scene.manual == "unit"
        self.unit = self.subject.unit or "mataram-dinas-kominfo"

    @property
    def house(self) -> str:
        """The institution that has, or will have, the report."""
        return self.subject.house

    @property
    def hours(self) -> OfficeTime:
        """The office hours there."""
        return self.stage.hours(self.house)

    @property
    def today(self) -> date:
        """The local day there."""
        return self.hours.calendar.today(self.now)

    @property
    def coordinator(self) -> Actor:
        """The admin at whose desk the report is verified: of the nation, or of the institution."""
        return self.national if self.at_national else self.admin

    @property
    def national(self) -> Actor:
        """The national admin on duty."""
        return self.officer(Role.NATIONAL_ADMIN, NATIONAL)

    @property
    def admin(self) -> Actor:
        """The institution's admin on duty."""
        return self.officer(Role.AGENCY_ADMIN, self.house)

    @property
    def liaison(self) -> Actor:
        """The liaison officer of the unit that has the report."""
        return self.officer(Role.LIAISON, self.unit)

    @property
    def reporter(self) -> Actor:
        """The reporter, with the tracking code in hand."""
        return reporter_with_code()

    def officer(self, role: Role, desk: str) -> Actor:
        """Return an officer of a desk; the same life always meets the same one."""
        return self.stage.officer(role, desk, self.now, turn=int(self.key.rsplit("-", 1)[1]))

    def do(self, usecase: Callable[..., object], actor: Actor, **told: Any) -> None:
        """Take a step through its use case, unless it was taken before an interruption."""
        if not self.stage.is_played(self.now):
            usecase(code=self.code, actor=actor, now=self.now, **told)

    def words(self, what: str) -> str:
        """Return something said, with the places filled in."""
        return self.fill(words.spoken(what, self.dice))

    def fill(self, text: str) -> str:
        """Put the street and the kelurahan into a text."""
        shown = {"{jalan}": self.street, "{JALAN}": self.street.upper(), "{kelurahan}": self.village_name}
        for mark, place in shown.items():
            text = text.replace(mark, place)
        return text

    def photos(self, *, after: bool) -> tuple[StoredFile, ...]:
        """Return a photo of the subject, where it has any."""
        if not self.subject.picture:
            return ()
        return (pictures.photo(self.subject.picture, int(self.key.rsplit("-", 1)[1]), after=after),)
