"""The SOP as people read it: every step from the table, every limit from the profiles in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries import profiles as kept
from lapor.agencies.queries.tree import AgencyInfo
from lapor.sop import table
from lapor.sop.profile import ClockLimit, Profile
from lapor.sop.table import Step, To
from lapor.sop.vocabulary import Classification, Clock, Holder, Status, Word

CAPITAL = ZoneInfo("Asia/Jakarta")

CHAPTERS: tuple[tuple[str, Promise, tuple[Step, ...]], ...] = (
    ("masuk", _("The report comes in"), table.INTAKE),
    ("periksa", _("It is checked"), table.VERIFICATION),
    ("teruskan", _("It goes to the unit that must answer"), table.DISPOSITION),
    ("tangani", _("It is handled"), table.HANDLING),
    ("pelapor", _("The reporter speaks"), table.REPORTER_SPEAKS),
    ("tutup", _("It is closed"), table.CLOSING),
    ("ombudsman", _("It goes to the Ombudsman"), table.ESCALATION),
)

WHERE_TO = {
    To.SAME: _("stays as it is"),
    To.BACK: _("back where it was"),
    To.INTAKE: _("the desk that checks it"),
    To.RESPONSIBLE: _("the desk that answers for it"),
}


@dataclass(frozen=True)
class Chapter:
    """Some steps that belong together; `key` is its place in the page."""

    key: str
    title: Promise
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Cell:
    """One profile's limit: None where the institution lacks that leg."""

    profile: Profile
    limit: ClockLimit | None


@dataclass(frozen=True)
class Limit:
    """One clock, and what each profile allows it."""

    clock: Clock
    classification: Classification | None
    cells: tuple[Cell, ...]


def chapters() -> list[Chapter]:
    """Return the table in the order an official reads it aloud."""
    return [Chapter(key, title, steps) for key, title, steps in CHAPTERS]


def profiles(on: date, at: AgencyInfo | None = None) -> list[Profile]:
    """Return the version in force of each profile that many follow; at an institution's address its own SOP first."""
    shared = kept.shared_in_force(on)
    own = kept.in_force(at, on) if at else None
    return shared if own is None or own in shared else [own, *shared]


def limits(in_force: list[Profile]) -> list[Limit]:
    """Return every clock that at least one profile limits."""
    rows = (
        Limit(clock, kind, tuple(Cell(one, one.limit(clock, kind)) for one in in_force)) for clock, kind in _clocks()
    )
    return [row for row in rows if any(cell.limit for cell in row.cells)]


def _clocks() -> Iterator[tuple[Clock, Classification | None]]:
    for clock in Clock:
        if clock is Clock.SUBSTANTIVE:
            yield from ((clock, kind) for kind in Classification)
        else:
            yield clock, None


def reached(to: Status | Holder | To) -> Word | Promise:
    """Return the words for where a step leads."""
    return WHERE_TO[to] if isinstance(to, To) else to
