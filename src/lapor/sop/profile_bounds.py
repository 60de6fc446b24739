"""What the law fixes: how far a profile may go, and by which rule. An SOP may promise more to people, never less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lapor.sop.profile_types import ClockLimit, Profile
from lapor.sop.vocabulary import Classification, Clock

Key = tuple[Clock, Classification | None]
LONGEST = 365  # nobody means more days or minutes than this


@dataclass(frozen=True, slots=True)
class Bound:
    """The shortest and the longest limit that `rule` allows, in the unit of the clock; None where it says nothing."""

    least: int | None
    most: int | None
    rule: str


_PERMENPAN = "PermenPANRB 62/2018"

# A limit of the reporter (silence, pending) is looser when it is shorter; the day on which the Ombudsman takes over is
# neither to be brought forward nor put off. What is not named here is practice, and each institution's own to set.
BOUNDS: dict[Key, Bound] = {
    (Clock.INTAKE, None): Bound(None, 10, "S37"),
    (Clock.VERIFY_NATIONAL, None): Bound(None, 3, "S27"),
    (Clock.VERIFY_AGENCY, None): Bound(None, 3, "S35"),
    (Clock.DISPOSE_AGENCY, None): Bound(None, 5, "S29"),
    (Clock.DELIVERY, None): Bound(None, 1, "S9"),
    (Clock.FIRST_RESPONSE, None): Bound(None, 10, "S31"),
    (Clock.UNIT_RECEIVES, None): Bound(None, 1, "S10"),
    (Clock.RELEASE, None): Bound(None, 1, "S12"),
    (Clock.REPORTER_TOLD, None): Bound(None, 1, "S13"),
    (Clock.HEAD, None): Bound(None, 10, "S64"),
    (Clock.SUBSTANTIVE, Classification.INFORMATION): Bound(None, 5, _PERMENPAN),
    (Clock.SUBSTANTIVE, Classification.ASPIRATION): Bound(None, 5, _PERMENPAN),
    (Clock.SUBSTANTIVE, Classification.COMPLAINT): Bound(None, 14, _PERMENPAN),
    (Clock.SUBSTANTIVE, Classification.OVERSIGHT): Bound(None, 60, _PERMENPAN),
    (Clock.SILENCE, None): Bound(10, 10, "S33"),
    (Clock.ESCALATION, None): Bound(60, 60, "S34"),
    (Clock.PENDING, None): Bound(10, 30, "C10, UU 25/2009"),
    (Clock.MANUAL_ENTRY, None): Bound(None, 15, "S69"),
    (Clock.SOCIAL_ENTRY, None): Bound(None, 60, "S75"),
}

# A reminder, and the clock before whose end it must lie; the second reminder follows the first.
BEFORE: dict[Clock, Clock] = {
    Clock.SILENCE_REMINDER: Clock.SILENCE,
    Clock.PENDING_REMINDER: Clock.PENDING_REMINDER_2,
    Clock.PENDING_REMINDER_2: Clock.PENDING,
    Clock.CONSENT: Clock.ESCALATION,
}


class Fault(StrEnum):
    """Why a number cannot stand."""

    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NO_NUMBER = "no_number"
    TARGET_AFTER_LIMIT = "target_after_limit"
    NOT_BEFORE = "not_before"


@dataclass(frozen=True, slots=True)
class Blame:
    """A number that cannot stand: `which` is "target" or "limit", `bound` the number it had to keep to."""

    key: Key
    which: str
    fault: Fault
    bound: int = 0
    rule: str = ""


def blames(profile: Profile) -> list[Blame]:
    """Return everything in a profile that the law or plain sense forbids; empty for one that may take force."""
    return [blame for key, limit in profile.clocks.items() for blame in _of_clock(profile, key, limit)]


def _of_clock(profile: Profile, key: Key, limit: ClockLimit) -> Iterator[Blame]:
    for which, value in (("target", limit.target), ("limit", limit.limit)):
        if value is not None and not 0 < value <= LONGEST:
            yield Blame(key, which, Fault.NO_NUMBER, LONGEST)
            return
    if limit.limit is not None:
        yield from _of_law(key, "limit", limit.limit)
        if limit.target is not None and limit.target > limit.limit:
            yield Blame(key, "target", Fault.TARGET_AFTER_LIMIT, limit.limit)
    elif limit.target is not None:  # the only number of this clock is what the law measures
        yield from _of_law(key, "target", limit.target)
    later = BEFORE.get(key[0])
    end = profile.clocks[later, None].limit if later else None
    if end is not None and (limit.limit or 0) >= end:
        yield Blame(key, "limit", Fault.NOT_BEFORE, end)


def _of_law(key: Key, which: str, value: int) -> Iterator[Blame]:
    bound = BOUNDS.get(key)
    if bound and bound.most is not None and value > bound.most:
        yield Blame(key, which, Fault.TOO_LONG, bound.most, bound.rule)
    if bound and bound.least is not None and value < bound.least:
        yield Blame(key, which, Fault.TOO_SHORT, bound.least, bound.rule)
