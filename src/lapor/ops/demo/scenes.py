"""What will happen to each report: the scenes of scenes.toml, whose end is known, and ordinary ones drawn by dice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from lapor.ops.demo import words


@dataclass(frozen=True)
class Beat:
    """One act of somebody, so many working days after the one before; `told` is what the act is given."""

    after: float
    act: str
    told: tuple[str, ...] = ()

    @classmethod
    def read(cls, line: str) -> Beat:
        """Read "0.4 archive spam"."""
        after, act, *told = line.split()
        return cls(float(after), act, tuple(told))


@dataclass(frozen=True)
class Scene:
    """One report to be: how it comes in, and its beats. See scenes.toml for the fields."""

    beats: tuple[Beat, ...] = ()
    at: str = ""
    about: str = ""
    name: str = ""
    channel: str = ""
    manual: str = ""
    late: str = ""
    anonymous: bool = False
    secret: bool = False


def known() -> Iterator[tuple[float, Scene]]:
    """Yield each scene of the file with the working days before the end at which it begins."""
    for row in words.read("scenes")["scene"]:
        fields: dict[str, Any] = dict(row)
        beats = tuple(Beat.read(line) for line in fields.pop("acts", ()))
        yield fields.pop("began"), Scene(beats=beats, **fields)


# How ordinary reports of a mostly diligent city go, and how often.
_WAYS = {
    "handled": 66, "asked": 8, "archived": 7, "returned": 6, "elsewhere": 3, "here": 4, "withdrawn": 2, "redisposed": 2,
    "never reached": 2,
}  # fmt: skip
_ARCHIVED = {"unclear": 30, "suggestion": 35, "not_government": 20, "spam": 12, "hate": 3}
_ENDS = {"silence": 42, "confirm": 34, "object": 12, "reply": 6, "closing": 5, "reopen": 3}
_INTAKES = {"": 50, "nasional": 34, "settled": 6, "unit": 6, "agency": 4}
_MINISTRY = 0.16  # of the reports concern the state institution


class Ordinary:
    """Draws one ordinary scene. Delays are in working days; `pace` above 1 is a slow desk."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.pace = 1.0

    def draw(self) -> Scene:
        """Return the scene."""
        if self.dice.random() < _MINISTRY:
            self.pace = 0.5
            return Scene(beats=tuple(self._at_the_ministry()), at="institut-nusantara")
        intake = self._one_of(_INTAKES)
        if intake == "settled":
            return Scene(manual="settled", channel=self.dice.choice(("counter", "letter", "hotline")))
        self.pace = self.dice.choice((0.5, 0.7, 1, 1, 1.4, 3))
        if intake in ("unit", "agency"):
            return Scene(beats=tuple(self._typed_in(intake)), manual=intake)
        way = self._one_of(_WAYS)
        about = {"archived": self._one_of(_ARCHIVED), "elsewhere": "elsewhere", "here": "information"}.get(way, "")
        at = "nasional" if way == "never reached" else intake
        return Scene(beats=tuple(self._way(way, about, at)), at=at, about=about)

    def _one_of(self, weights: dict[str, int]) -> str:
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def _beat(self, least: float, most: float, act: str, *told: str) -> Beat:
        return Beat(self.pace * self.dice.uniform(least, most), act, told)

    def _happens(self, share: float) -> bool:
        return self.dice.random() < share

    def _way(self, way: str, about: str, at: str) -> Iterator[Beat]:
        if at == "nasional":
            yield self._beat(0.1, 1.2, "verify")
            yield self._beat(0.05, 0.3, "dispose")
        else:
            yield self._beat(0.1, 1.5, "verify")
        match way:
            case "archived":
                yield self._beat(0.1, 1, "archive", about)
            case "elsewhere":
                yield self._beat(0.1, 1, "return_to_national")
                yield self._beat(0.5, 2, "verify")
                yield self._beat(0.2, 1, "archive", "not_government")
            case "here":
                yield self._beat(0.1, 1, "handle_here")
                yield self._beat(0.5, 2, "close_here")
            case "asked":
                yield self._beat(0.1, 0.5, "ask")
                if self._happens(0.6):
                    yield self._beat(0.5, 5, "complete")
                    yield from self._handled()
            case "withdrawn":
                yield self._beat(0.1, 2, "withdraw")
            case "never reached":
                pass
            case _:
                yield from self._astray(way)
                yield from self._handled(polite=way != "redisposed")

    def _astray(self, way: str) -> Iterator[Beat]:
        if self._happens(0.12):
            yield self._beat(0.05, 0.2, "polish")
        if self._happens(0.3):
            yield self._beat(0.05, 0.2, "classify")
        if way == "returned":
            yield self._beat(0.2, 1, "dispose_wrong")
            yield self._beat(0.3, 1.5, "turn_away")
            yield self._beat(0.1, 0.6, "verify")
        elif way == "redisposed":
            yield self._beat(0.2, 1, "dispose_wrong")
            yield self._beat(0.3, 1.5, "redispose")

    def _handled(self, *, polite: bool = True) -> Iterator[Beat]:
        if polite:
            yield self._beat(0.1, 1.3, "dispose")
        yield self._beat(0.02, 0.4, "accept")
        if self._happens(0.1):
            yield self._beat(0.1, 0.5, self.dice.choice(("note", "consult", "add_handler")))
        yield from self._answered()
        yield from self._ended()

    def _answered(self) -> Iterator[Beat]:
        """Answer: by the unit itself, through its satuan kerja, or after a word of the head."""
        if self._happens(0.3):
            yield self._beat(0.1, 0.5, "forward")
            yield self._beat(0.1, 0.8, "receive")
            yield self._beat(0.3, 3, "answer")
            yield self._beat(0.1, 0.8, "release")
        else:
            yield self._beat(0.2, 3, "respond")
        if self._happens(0.15):
            yield self._beat(0.3, 1, "brief")
            yield self._beat(0.3, 3, self.dice.choice(("instruct", "approve")))
        yield self._beat(1, 6, "follow_up")
        if self._happens(0.35):
            yield self._beat(0.2, 1, "evaluate")

    def _ended(self) -> Iterator[Beat]:
        """End: the reporter is content, objects, answers, or says nothing until the clock closes (S33)."""
        match self._one_of(_ENDS):
            case "confirm":
                yield self._confirm()
            case "reopen":
                yield self._confirm()
                yield Beat(self.dice.uniform(2, 7), "reopen")
                yield self._beat(1, 4, "follow_up")
            case "object":
                yield Beat(self.dice.uniform(0.5, 5), "object")
                yield self._beat(1, 4, "follow_up")
                if self._happens(0.5):
                    yield self._confirm()
            case "reply":
                yield Beat(self.dice.uniform(0.5, 5), "reply")
                yield self._beat(1, 3, "follow_up_again")
            case "closing":
                yield Beat(self.dice.uniform(0.5, 5), "reply")
                yield Beat(self.dice.uniform(12, 15), "request_closing")
                yield Beat(self.dice.uniform(0.5, 3), "approve_closing")

    def _confirm(self) -> Beat:
        return Beat(self.dice.uniform(0.2, 6), "confirm", (self.dice.choice("1334444555"),))

    def _typed_in(self, desk: str) -> Iterator[Beat]:
        if desk == "agency":
            yield self._beat(0.05, 0.5, "verify")
        yield from self._handled(polite=desk == "agency")

    def _at_the_ministry(self) -> Iterator[Beat]:
        """Go the way of seed A: about a day for each step, always through a satuan kerja."""
        yield self._beat(0.1, 1.4, "verify")
        yield self._beat(0.1, 0.8, "dispose")
        yield self._beat(0.1, 1.5, "respond")
        yield self._beat(0.1, 0.5, "forward")
        yield self._beat(0.1, 1.6, "receive")
        yield self._beat(0.2, 2.2, "answer")
        yield self._beat(0.1, 1.2, "release_done")
        yield from self._ended()
