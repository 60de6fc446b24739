"""Which SOP profile is in force where: the versions that come with the product and those that people made, as one.

Everything that asks for a profile asks here: reports, explanations, the public page and the desk (docs/adr/0016).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

from lapor.agencies.models import ProfileVersion
from lapor.sop.profile import NoSuchProfile, Profile, ProfileError, shipped_profiles
from lapor.sop.profile_reader import read_text

EASTERNMOST = ZoneInfo("Asia/Jayapura")


class Desk(Protocol):
    """A desk as `Agency` and `AgencyInfo` both tell it."""

    @property
    def id(self) -> int: ...
    @property
    def institution_id(self) -> int | None: ...
    @property
    def profile(self) -> str: ...


@dataclass(frozen=True)
class Version:
    """One version of a profile, for people to look at. `made_by` and `made_at` are empty for a shipped one.

    `back_on` is the day from which an institution follows a shared profile again; `profile` is then what it follows.
    """

    profile: Profile
    made_at: datetime | None = None
    made_by: str = ""
    back_on: date | None = None

    @property
    def effective(self) -> date:
        """The first day on which a report begins under it."""
        return self.back_on or self.profile.document.effective

    @property
    def version(self) -> str:
        """What it is called where it is taken back."""
        return self.back_on.isoformat() if self.back_on else self.profile.version


def own_code(institution_id: int) -> str:
    """Return the code of an institution's own profile, which no shipped profile has."""
    return f"instansi-{institution_id}"


def in_force(desk: Desk, on: date) -> Profile:
    """Return the version that a report arriving at `desk` on the local day `on` keeps for life (S83).

    The institution's own SOP once it has taken force and until it goes back, else the newest version of the profile it
    follows. One query.
    Raises `NoSuchProfile` for a profile nobody knows.
    """
    own = own_code(desk.institution_id or desk.id)
    rows = ProfileVersion.objects.filter(code__in=[own, desk.profile], effective__lte=on, withdrawn_at=None)
    return _newest(desk.profile, rows.values_list("code", "version", "effective", "goes_back"), on)


def _newest(shared: str, rows: Iterable[tuple[str, str, date, bool]], on: date) -> Profile:
    made = sorted(rows, key=lambda row: row[2])
    own = [row for row in made if row[0] != shared]
    if own and not own[-1][3]:
        return get(own[-1][0], own[-1][1])
    shipped = shipped_profiles().in_force(shared, on)
    followed = [row for row in made if row[0] == shared]
    if not followed or followed[-1][2] < shipped.document.effective:
        return shipped
    return get(followed[-1][0], followed[-1][1])


def get(code: str, version: str) -> Profile:
    """Return the version a report began with; raises `NoSuchProfile`. A query only for one not asked for before."""
    try:
        return shipped_profiles().get(code, version)
    except NoSuchProfile:
        return made(code, version)


@lru_cache(maxsize=2000)
def made(code: str, version: str) -> Profile:
    """Return a version that people made. It never changes once a report has it, so each process reads it once."""
    row = ProfileVersion.objects.filter(code=code, version=version, withdrawn_at=None).first()
    if row is None:
        raise NoSuchProfile(f"the SOP profile {code!r} has no version {version!r}")
    return read(row)


def read(row: ProfileVersion) -> Profile:
    """Return what a row says, read like a file; raises `ProfileError`."""
    reading = read_text(f"{row.code}.{row.version}.toml", row.text)
    if reading.profile is None or reading.problems:
        raise ProfileError(tuple(reading.problems))
    return reading.profile


def shared_in_force(on: date) -> list[Profile]:
    """Return the version in force of every profile that several institutions follow; one query."""
    codes = shipped_profiles().codes
    rows = ProfileVersion.objects.filter(code__in=codes, effective__lte=on, withdrawn_at=None)
    by_code: dict[str, list[tuple[str, str, date, bool]]] = {}
    for row in rows.values_list("code", "version", "effective", "goes_back"):
        by_code.setdefault(row[0], []).append(row)
    return [_newest(code, by_code.get(code, ()), on) for code in codes]


@dataclass(frozen=True)
class Overview:
    """The SOP of one desk on a day: what holds, what waits for its first day, and what held before, newest first.

    `followed` is what would hold that day without an SOP of its own.
    """

    code: str
    day: date
    in_force: Version
    waiting: tuple[Version, ...]
    past: tuple[Version, ...]
    followed: Profile

    def version(self, code: str, version: str) -> Version | None:
        """Return one of the versions named here."""
        known = (self.in_force, *self.waiting, *self.past)
        return next((one for one in known if (one.profile.code, one.profile.version) == (code, version)), None)


def today_of(zone: str, now: datetime, *, shared: bool) -> date:
    """Return the local day that decides; of a profile followed everywhere the day of the zone that has it first."""
    return now.astimezone(EASTERNMOST if shared else ZoneInfo(zone)).date()


def overview(desk: Desk, on: date, *, shared: str = "") -> Overview:
    """Return the versions of an institution's SOP, or of the `shared` profile; two queries."""
    own = shared or own_code(desk.institution_id or desk.id)
    follows = shared or desk.profile
    holds = next(one for one in shared_in_force(on) if one.code == shared) if shared else in_force(desk, on)
    known = _versions(own, follows)
    lived = [one for one in known if one.back_on or one.profile.code == own or not _has_own(own, known, one.effective)]
    now_in = next(one for one in lived if one.effective <= on and one.profile == holds)
    past = [one for one in lived if one.effective <= on and one is not now_in]
    waiting = [one for one in lived if one.effective > on]
    followed = next(one.profile for one in known if one.profile.code == follows and one.effective <= on)
    return Overview(own, on, now_in, tuple(waiting), tuple(past), followed)


def _has_own(own: str, known: list[Version], on: date) -> bool:
    """Tell whether an SOP of its own holds on a day: the newest word about it by then is no going back."""
    words = (one for one in known if (one.back_on or one.profile.code == own) and one.effective <= on)
    newest = next(words, None)
    return newest is not None and newest.back_on is None


def _versions(own: str, follows: str) -> list[Version]:
    """Return every version of these two profiles, shipped and made, newest first; one query."""
    rows = list(ProfileVersion.objects.filter(code__in={own, follows}, withdrawn_at=None).select_related("made_by"))
    known = [Version(one) for one in shipped_profiles().all if one.code in {own, follows}]
    known += [Version(read(row), row.made_at, str(row.made_by or "")) for row in rows if not row.goes_back]
    known.sort(key=lambda one: one.effective)
    for row in rows:
        if row.goes_back:
            followed = [one for one in known if one.profile.code == follows and one.effective <= row.effective]
            known.append(Version(followed[-1].profile, row.made_at, str(row.made_by or ""), row.effective))
    return sorted(known, key=lambda one: one.effective, reverse=True)
