"""What an SOP profile says: the document it comes from, which legs exist, and how long each step may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lapor.sop.vocabulary import Classification, Clock, Word


class Unit(Word):
    """What a clock counts."""

    WORKDAYS = "workdays", "hari kerja", "working days"
    MINUTES = "minutes", "menit", "minutes"
    SERVICE_MINUTES = "service_minutes", "menit jam layanan", "minutes of service"


class Counting(StrEnum):
    """How a profile reads "hari" (C2)."""

    WORKING = "working"
    CALENDAR = "calendar"


class Leg(Word):
    """A part of the way that an institution may lack."""

    NATIONAL_VERIFICATION = "national_verification", "Verifikasi Admin Pusat", "Verification at the national desk"
    UNIT_OFFICERS = "unit_officers", "Satuan kerja di dalam unit", "Officers inside a unit"
    RELEASE = "release", "Penyampaian jawaban oleh Pejabat Penghubung", "Release of an answer by the liaison"
    HEAD = "head", "Tindak lanjut pimpinan", "Briefing of the head"


CLOCKS_OF_LEG: Mapping[Leg, tuple[Clock, ...]] = {
    Leg.NATIONAL_VERIFICATION: (Clock.VERIFY_NATIONAL,),
    Leg.UNIT_OFFICERS: (Clock.UNIT_RECEIVES, Clock.UNIT_ANSWERS),
    Leg.RELEASE: (Clock.RELEASE,),
    Leg.HEAD: (Clock.HEAD,),
}


@dataclass(frozen=True, slots=True)
class ClockLimit:
    """How long a step may take, in `unit`: amber after `target`, a breach after `limit` (S21); either may be absent.

    `source` names the rule (S- or C-number), the regulation, or "practice".
    """

    target: int | None
    limit: int | None
    unit: Unit
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """The control data of the SOP document (S83); free of form where the document itself is (C15)."""

    number: str
    revision: str
    created: date | None
    revised: date | None
    effective: date
    approver: str
    legal_basis: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """One version of one institution's SOP. A report keeps the (code, version) under which it arrived (S83)."""

    code: str
    version: str
    name_id: str
    name_en: str
    document: Document
    counting: Counting
    automatic_transfer: bool
    legs: frozenset[Leg]
    clocks: Mapping[tuple[Clock, Classification | None], ClockLimit]

    def limit(self, clock: Clock, classification: Classification | str | None = None) -> ClockLimit | None:
        """Return what the SOP allows `clock`; None where the profile lacks that leg.

        Only the substantive follow-up depends on the classification; an unclassified report is read as a complaint.
        """
        kind = Classification(classification or Classification.COMPLAINT)
        return self.clocks.get((clock, None)) or self.clocks.get((clock, kind))

    def has(self, leg: Leg) -> bool:
        """Say whether this institution has `leg`."""
        return leg in self.legs

    def name(self, language: str = "id") -> str:
        """Return the name in `language` ("id" or "en")."""
        return self.name_en if language.startswith("en") else self.name_id


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a profile, where: `line` counts from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """Return "file:line: reason"."""
        return f"{self.file}:{self.line}: {self.reason}"


class ProfileError(ValueError):
    """The profiles cannot be used; `problems` holds all that is wrong, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class NoSuchProfile(LookupError):
    """No profile has this code, or this version of it."""
