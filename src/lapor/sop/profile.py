"""SOP profiles: how long each step may take, in versions that coexist (S83)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from lapor.sop.profile_reader import Reading, read_profile
from lapor.sop.profile_types import (
    ClockLimit,
    Counting,
    Document,
    Leg,
    NoSuchProfile,
    Problem,
    Profile,
    ProfileError,
    Unit,
)

__all__ = [
    "SHIPPED",
    "ClockLimit",
    "Counting",
    "Document",
    "Leg",
    "NoSuchProfile",
    "Problem",
    "Profile",
    "ProfileError",
    "Profiles",
    "Unit",
    "load_profiles",
    "shipped_profiles",
]

SHIPPED = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class Profiles:
    """All profiles known, in order of code and effective date."""

    all: tuple[Profile, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes known, each once."""
        return tuple(dict.fromkeys(profile.code for profile in self.all))

    def versions(self, code: str) -> tuple[Profile, ...]:
        """Return the versions of `code`, oldest first; raises `NoSuchProfile`."""
        versions = tuple(profile for profile in self.all if profile.code == code)
        if not versions:
            raise NoSuchProfile(f"no SOP profile has the code {code!r}; known: {', '.join(self.codes)}")
        return versions

    def in_force(self, code: str, on: date) -> Profile:
        """Return the newest version of `code` effective on the local day `on` (C15).

        A day before the first version gets the first: reports older than the document must be measured by something.
        """
        versions = self.versions(code)
        return next((profile for profile in reversed(versions) if profile.document.effective <= on), versions[0])

    def get(self, code: str, version: str) -> Profile:
        """Return the version a report began with; raises `NoSuchProfile`."""
        for profile in self.versions(code):
            if profile.version == version:
                return profile
        raise NoSuchProfile(f"the SOP profile {code!r} has no version {version!r}")


def load_profiles(folder: Path | None = None) -> Profiles:
    """Read every profile of `folder` (the shipped ones by default).

    Raises `ProfileError` with everything that is wrong in any file, each with its line.
    """
    readings = [read_profile(file) for file in sorted((folder or SHIPPED).glob("*.toml"))]
    _blame_overlaps(readings)
    problems = tuple(p for reading in readings for p in sorted(reading.problems, key=lambda p: p.line))
    if problems:
        raise ProfileError(problems)
    return Profiles(tuple(sorted((reading.profile for reading in readings if reading.profile), key=_age)))


@cache
def shipped_profiles() -> Profiles:
    """Return the profiles that come with the product, read once."""
    return load_profiles()


def _age(profile: Profile) -> tuple[str, date]:
    return profile.code, profile.document.effective


def _blame_overlaps(readings: Sequence[Reading]) -> None:
    """Blame each version of an SOP that would begin on the same day as another."""
    begun: dict[tuple[str, date], str] = {}
    for reading in readings:
        if not reading.profile:
            continue
        other = begun.setdefault(_age(reading.profile), reading.profile.version)
        if other != reading.profile.version:
            reading.blame("document.effective", f"version {other!r} is effective from the same day")
