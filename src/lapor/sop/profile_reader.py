"""Reads one profile from TOML and collects everything that is wrong with it, each complaint with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from lapor.sop.profile_lines import key_lines, line_of
from lapor.sop.profile_types import (
    CLOCKS_OF_LEG,
    ClockLimit,
    Counting,
    Document,
    Leg,
    Problem,
    Profile,
    Unit,
)
from lapor.sop.vocabulary import Classification, Clock

E = TypeVar("E", bound=Enum)
Limits = dict[tuple[Clock, Classification | None], ClockLimit]

_TOP = {"code", "version", "counting", "automatic_transfer", "legs", "name", "document", "clocks"}
_NAME = {"id", "en"}
_DOCUMENT = {"number", "revision", "created", "revised", "effective", "approver", "legal_basis"}
_CLOCK = {"target", "limit", "unit", "source"}
# Written inside the clock they belong to, because that is how the SOP tells them.
_EXTRA = {Clock.SILENCE: "reminder_before", Clock.PENDING: "reminders", Clock.ESCALATION: "consent_from"}
_DERIVED = (Clock.SILENCE_REMINDER, Clock.PENDING_REMINDER, Clock.PENDING_REMINDER_2, Clock.CONSENT)


@dataclass
class Reading:
    """One file while it is read: its values, where they stand, and what is wrong."""

    file: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    profile: Profile | None = None

    def __post_init__(self) -> None:
        self.lines = key_lines(self.text)

    def blame(self, path: str, reason: str) -> None:
        """Note that something is wrong at `path`."""
        self.problems.append(Problem(self.file, line_of(self.lines, path), reason))

    def table(self, path: str, allowed: Iterable[str]) -> dict[str, Any]:
        """Return the table at `path`, having blamed its unknown keys."""
        value: Any = self.data
        for name in path.split(".") if path else ():
            value = value.get(name, {})
            if not isinstance(value, dict):
                self.blame(path, f"{path} must be a table")
                return {}
        for key in sorted(set(value) - set(allowed)):
            self.blame(f"{path}.{key}".lstrip("."), f"unknown key {key!r}")
        return dict(value)

    def text_at(self, path: str, table: Mapping[str, Any], *, empty: bool = False) -> str:
        """Return the text named by the last part of `path`; blames a missing or, unless allowed, an empty one."""
        key = path.rpartition(".")[2]
        value = table.get(key, "" if empty else None)
        if not isinstance(value, str) or not (empty or value.strip()):
            self.blame(path, f"{key!r} must be a text" + ("" if empty else ", and not empty"))
            return ""
        return value

    def date_at(self, path: str, table: Mapping[str, Any], *, required: bool = False) -> date | None:
        """Return the date named by the last part of `path`, if any; blames anything but a date."""
        key = path.rpartition(".")[2]
        value = table.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.blame(path, f"{key!r} must be a date such as 2023-02-03")
            return None
        return value

    def days_at(self, path: str, value: object) -> int | None:
        """Return a whole number above zero; blames anything else."""
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            self.blame(path, f"{path.rpartition('.')[2]!r} must be a whole number above zero, not {value!r}")
            return None
        return value

    def word_at(self, path: str, words: type[E], value: object) -> E | None:
        """Return the term of the vocabulary that `value` names; blames an unknown one."""
        try:
            return words(value)
        except ValueError:
            known = ", ".join(str(word.value) for word in words)
            self.blame(path, f"unknown {path.rpartition('.')[2]} {value!r}; known: {known}")
            return None


def read_profile(file: Path) -> Reading:
    """Read the profile in `file`; the result holds it, or the problems that stand in the way, or both."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Reading(file.name, "", problems=[Problem(file.name, 1, f"not UTF-8: {error.reason}")])
    return read_text(file.name, text)


def read_text(name: str, text: str) -> Reading:
    """Read the profile that `text` holds, as a file called `name` would hold it."""
    reading = Reading(name, text)
    try:
        reading.data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        # An error at the end of the document carries no line.
        line = int(where[1]) if where else max(1, len(text.splitlines()))
        reading.problems.append(Problem(name, line, f"not valid TOML: {error}"))
        return reading
    _read_into(reading)
    return reading


def _read_into(reading: Reading) -> None:
    top = reading.table("", _TOP)
    name = reading.table("name", _NAME)
    code, version = reading.text_at("code", top), reading.text_at("version", top)
    if code and version and reading.file != f"{code}.{version}.toml":
        reading.blame("code", f"a file of this code and version must be named {code}.{version}.toml")
    automatic = top.get("automatic_transfer")
    if not isinstance(automatic, bool):
        reading.blame("automatic_transfer", "'automatic_transfer' must be true or false")
    legs = frozenset(leg for given in _list(reading, "legs", top) if (leg := reading.word_at("legs", Leg, given)))
    counting = reading.word_at("counting", Counting, top.get("counting"))
    document = _document(reading)
    clocks = _clocks(reading, legs)
    names = (reading.text_at("name.id", name), reading.text_at("name.en", name))
    if document and counting:
        reading.profile = Profile(
            code, version, *names, document, counting, bool(automatic), legs, MappingProxyType(clocks)
        )


def _list(reading: Reading, path: str, table: Mapping[str, Any]) -> list[str]:
    """Return a list of texts; blames anything else."""
    value = table.get(path.rpartition(".")[2])
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        reading.blame(path, f"{path.rpartition('.')[2]!r} must be a list of texts")
        return []
    return value


def _document(reading: Reading) -> Document | None:
    table = reading.table("document", _DOCUMENT)
    created = reading.date_at("document.created", table)
    revised = reading.date_at("document.revised", table)
    effective = reading.date_at("document.effective", table, required=True)
    if created and revised and revised < created:
        reading.blame("document.revised", f"revised on {revised}, before it was created on {created}")
    number, revision, approver = (
        reading.text_at(f"document.{key}", table, empty=True) for key in ("number", "revision", "approver")
    )
    legal_basis = tuple(_list(reading, "document.legal_basis", table))
    return Document(number, revision, created, revised, effective, approver, legal_basis) if effective else None


def _clocks(reading: Reading, legs: frozenset[Leg]) -> Limits:
    """Read every clock; blames those unknown, missing, or of a leg that the profile lacks."""
    given = reading.table("clocks", set(Clock) - set(_DERIVED))
    absent = {clock for leg, clocks in CLOCKS_OF_LEG.items() if leg not in legs for clock in clocks}
    limits: Limits = {}
    for clock in Clock:
        if clock in given and clock in absent:
            reading.blame(f"clocks.{clock}", f"clock {str(clock)!r} belongs to a leg that this profile lacks")
        elif clock in given:
            limits.update(_clock(reading, clock))
        elif clock not in absent and clock not in _DERIVED:
            reading.blame("clocks", f"clock {str(clock)!r} is missing")
    return limits


def _clock(reading: Reading, clock: Clock) -> Iterator[tuple[tuple[Clock, Classification | None], ClockLimit]]:
    """Read one clock: its limits by classification if it has such, and the clocks derived from it."""
    path = f"clocks.{clock}"
    table = reading.table(path, _CLOCK | ({_EXTRA[clock]} if clock in _EXTRA else set()))
    source = reading.text_at(f"{path}.source", table)
    unit = reading.word_at(f"{path}.unit", Unit, table.get("unit")) or Unit.WORKDAYS
    if clock is Clock.SUBSTANTIVE:
        for kind, days in _by_classification(reading, f"{path}.limit").items():
            yield (clock, kind), ClockLimit(None, days, unit, source)
        return
    target, limit = (
        reading.days_at(f"{path}.{key}", table[key]) if key in table else None for key in ("target", "limit")
    )
    if "target" not in table and "limit" not in table:
        reading.blame(path, f"clock {str(clock)!r} needs a target or a limit")
    if target and limit and limit < target:
        reading.blame(f"{path}.limit", f"limit {limit} is smaller than target {target}")
    yield (clock, None), ClockLimit(target, limit, unit, source)
    for derived, days in _derived(reading, clock, table, limit or 0):
        yield (derived, None), ClockLimit(None, days, unit, source)


def _by_classification(reading: Reading, path: str) -> dict[Classification, int]:
    """Read a limit for each classification; blames those unknown or missing."""
    table = reading.table(path, set(Classification))
    for kind in Classification:
        if kind not in table:
            reading.blame(path, f"no limit for classification {str(kind)!r}")
    found = {kind: reading.days_at(f"{path}.{kind}", table[kind]) for kind in Classification if kind in table}
    return {kind: days for kind, days in found.items() if days}


def _derived(reading: Reading, clock: Clock, table: Mapping[str, Any], limit: int) -> Iterator[tuple[Clock, int]]:
    """Read the reminders and the request for consent written inside the clock they precede."""
    if clock not in _EXTRA:
        return
    key = _EXTRA[clock]
    path = f"clocks.{clock}.{key}"
    values = table.get(key)
    days = [reading.days_at(path, value) or 0 for value in (values if isinstance(values, list) else [values])]
    if not all(0 < day < limit for day in days) or sorted(set(days)) != days:
        reading.blame(path, f"{key!r} must lie before the limit of {limit}, in rising order")
    elif clock is Clock.PENDING and len(days) == 2:
        yield from zip((Clock.PENDING_REMINDER, Clock.PENDING_REMINDER_2), days, strict=True)
    elif clock is Clock.SILENCE and len(days) == 1:
        yield Clock.SILENCE_REMINDER, limit - days[0]
    elif clock is Clock.ESCALATION and len(days) == 1:
        yield Clock.CONSENT, days[0]
    else:
        reading.blame(path, f"{key!r} has {len(days)} values")
