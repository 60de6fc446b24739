"""What one report adds to the counts of its period. Every number of the monthly report begins here, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lapor.sop.vocabulary import OPEN, Clock, CloseReason, Status

# Keys to counts. Where a key has a colon, its right side is a number of working days, or an outcome of a clock.
Tally = Counter[str]

GROSS, NET, CLOCK = "gross:", "net:", "clock:"
ON_TIME, LATE, OPEN_LATE = "on_time", "late", "open_late"

_ENDINGS = {
    CloseReason.CONFIRMED: "confirmed",
    CloseReason.SILENCE: "silent",
    CloseReason.REQUEST: "requested",
    CloseReason.OMBUDSMAN: "ombudsman",
    CloseReason.SETTLED: "settled",
}


@dataclass(frozen=True)
class Fact:
    """One report as the counts see it: nothing of its words, nor of who filed it.

    `gross` counts the working days from its arrival to its first substantive follow-up, `net` leaves out those on
    which the reporter owed an answer; both are None while there is no follow-up. `clocks` holds (clock, outcome).
    """

    status: Status
    close_reason: str = ""
    gross: int | None = None
    net: int | None = None
    objections: int = 0
    reopened: int = 0
    returns: int = 0
    hops: int = 0
    breaches: int = 0
    was_escalated: bool = False
    rating: int | None = None
    adequate: int = 0
    sent_back: int = 0
    clocks: tuple[tuple[Clock, str], ...] = field(default=())


def tally(fact: Fact) -> Tally:
    """Return what one report adds."""
    found = Counter(
        received=1,
        open=int(fact.status in OPEN),
        archived=int(fact.status is Status.ARCHIVED),
        objected=int(fact.objections > 0),
        reopened=int(fact.reopened > 0),
        returned=int(fact.returns > 0),
        returns=fact.returns,
        hops=fact.hops,
        late=int(fact.breaches > 0),
        escalated=int(fact.was_escalated),
        rated=int(fact.rating is not None),
        stars=fact.rating or 0,
        adequate=fact.adequate,
        sent_back=fact.sent_back,
    )
    found.update(_ending(fact))
    found.update(_answer(fact))
    found.update(f"{CLOCK}{clock}:{outcome}" for clock, outcome in fact.clocks)
    return +found  # without the zeros


def _ending(fact: Fact) -> Iterable[str]:
    if fact.status is Status.CLOSED and fact.close_reason:
        yield _ENDINGS[CloseReason(fact.close_reason)]


def _answer(fact: Fact) -> Iterable[str]:
    """An archived report wanted no follow-up; that one was written nevertheless makes nothing better."""
    if fact.status is Status.ARCHIVED or fact.gross is None or fact.net is None:
        return
    yield from ("followed_up", f"{GROSS}{fact.gross}", f"{NET}{fact.net}")


def total(tallies: Iterable[Mapping[str, int]]) -> Tally:
    """Return the sum of tallies."""
    found: Tally = Counter()
    for one in tallies:
        found.update(one)
    return found


def days(counts: Mapping[str, int], prefix: str) -> dict[int, int]:
    """Return how many follow-ups took how many working days, fewest days first; `prefix` is GROSS or NET."""
    found = {int(key.removeprefix(prefix)): n for key, n in counts.items() if key.startswith(prefix)}
    return dict(sorted(found.items()))


def mean(histogram: Mapping[int, int]) -> float | None:
    """Return the average; None without any."""
    n = sum(histogram.values())
    return sum(value * times for value, times in histogram.items()) / n if n else None


def median(histogram: Mapping[int, int]) -> float | None:
    """Return the value in the middle, or halfway between the two in the middle; None without any."""
    n = sum(histogram.values())
    if not n:
        return None
    return (_nth(histogram, (n - 1) // 2) + _nth(histogram, n // 2)) / 2


def _nth(histogram: Mapping[int, int], place: int) -> int:
    for value, times in sorted(histogram.items()):
        if place < times:
            return value
        place -= times
    raise IndexError(place)


@dataclass(frozen=True)
class Kept:
    """How one clock was kept by the reports of a period; `open_late` is late and not done yet."""

    clock: Clock
    on_time: int
    late: int
    open_late: int

    @property
    def total(self) -> int:
        """Everything whose limit was met or has passed."""
        return self.on_time + self.late + self.open_late

    @property
    def rate(self) -> float | None:
        """The part done in time, 0 to 1; None where nothing had to be done."""
        return self.on_time / self.total if self.total else None


def clocks(counts: Mapping[str, int]) -> list[Kept]:
    """Return how each clock was kept, in the order of the SOP, without those that nothing depended on."""
    kept = [
        Kept(clock, *(counts.get(f"{CLOCK}{clock}:{outcome}", 0) for outcome in (ON_TIME, LATE, OPEN_LATE)))
        for clock in Clock
    ]
    return [one for one in kept if one.total]
