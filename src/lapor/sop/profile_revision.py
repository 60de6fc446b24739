"""A new version of a profile from an old one, and what differs between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from lapor.sop.profile_bounds import Key
from lapor.sop.profile_types import ClockLimit, Document, Profile
from lapor.sop.vocabulary import Clock

Numbers = Mapping[Key, tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One clock that two versions time differently; None where a version lacks it."""

    key: Key
    before: ClockLimit | None
    after: ClockLimit | None


def numbers_of(profile: Profile) -> dict[Key, tuple[int | None, int | None]]:
    """Return (target, limit) of each clock in the order of the vocabulary, the reminders among them."""
    order = list(Clock)
    keys = sorted(profile.clocks, key=lambda key: order.index(key[0]))
    return {key: (profile.clocks[key].target, profile.clocks[key].limit) for key in keys}


def revised(
    profile: Profile, numbers: Numbers, *, code: str, version: str, names: tuple[str, str], document: Document
) -> Profile:
    """Return the next version: these numbers, names (Indonesian, English) and control data, all else as it was.

    A changed clock names the new document as its source, beside the rule it followed before. Numbers for a clock
    that the profile lacks are ignored: which legs exist is not changed by a number.
    """
    changed = {_written_in(key[0]) for key, limit in profile.clocks.items() if _changes(limit, numbers.get(key))}
    clocks = {
        key: _next(limit, numbers.get(key), document.number if _written_in(key[0]) in changed else "")
        for key, limit in profile.clocks.items()
    }
    return replace(
        profile, code=code, version=version, name_id=names[0], name_en=names[1], document=document,
        clocks=MappingProxyType(clocks),
    )  # fmt: skip


def _changes(limit: ClockLimit, numbers: tuple[int | None, int | None] | None) -> bool:
    return numbers is not None and numbers != (limit.target, limit.limit)


def _next(limit: ClockLimit, numbers: tuple[int | None, int | None] | None, document: str) -> ClockLimit:
    target, most = numbers or (limit.target, limit.limit)
    return replace(limit, target=target, limit=most, source=_cited(limit.source, document))


def _cited(source: str, document: str) -> str:
    """Return the rule a clock follows with the document that last changed its number."""
    return f"{source.partition('; ')[0]}; {document}" if document else source


# Clocks written inside another one share its source.
_INSIDE = {
    Clock.SILENCE_REMINDER: Clock.SILENCE,
    Clock.PENDING_REMINDER: Clock.PENDING,
    Clock.PENDING_REMINDER_2: Clock.PENDING,
    Clock.CONSENT: Clock.ESCALATION,
}


def _written_in(clock: Clock) -> Clock:
    return _INSIDE.get(clock, clock)


def differences(before: Profile, after: Profile) -> list[Difference]:
    """Return the clocks whose numbers differ, in the order of the vocabulary; who said so does not count."""
    order = list(Clock)
    keys = sorted({*before.clocks, *after.clocks}, key=lambda key: (order.index(key[0]), str(key[1])))
    pairs = ((key, before.clocks.get(key), after.clocks.get(key)) for key in keys)
    return [Difference(key, old, new) for key, old, new in pairs if _told(old) != _told(new)]


def _told(limit: ClockLimit | None) -> tuple[object, ...]:
    return (limit.target, limit.limit, limit.unit) if limit else ()
