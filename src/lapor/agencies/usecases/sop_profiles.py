"""A new version of an SOP profile, with the day on which it takes force; and taking one back before that day (S83)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency, ProfileVersion
from lapor.agencies.queries import calendars, profiles
from lapor.agencies.refusals import (
    NoOwnSop,
    NotAnSop,
    NotYours,
    SopInForce,
    SopMovedOn,
    SopNotYours,
    SopUnchanged,
    SopWaits,
    UnknownAgency,
    UnknownVersion,
)
from lapor.agencies.sop_faults import sentence_of
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput
from lapor.sop.calendar import OutsideCalendar
from lapor.sop.profile import Document, Profile, shipped_profiles
from lapor.sop.profile_bounds import blames
from lapor.sop.profile_reader import read_text
from lapor.sop.profile_revision import Numbers, differences, revised
from lapor.sop.profile_text import written

BACK = "Kembali mengikuti profil bersama"  # in the record of who did what, which is Indonesian


@dataclass(frozen=True)
class SopDraft:
    """A new version as somebody typed it: numbers by clock, and the document that decrees it."""

    effective: date
    number: str
    approver: str
    signed_on: date
    legal_basis: str
    numbers: Numbers


@dataclass(frozen=True)
class Place:
    """Whose SOP is meant: an institution's own, or a profile that several follow (`shared`, at the national desk)."""

    house: Agency
    shared: str

    @property
    def code(self) -> str:
        """The code of the profile that a new version belongs to."""
        return self.shared or profiles.own_code(self.house.pk)

    def in_force(self, on: date) -> Profile:
        """Return the version in force here on a local day."""
        if not self.shared:
            return profiles.in_force(self.house, on)
        return next(one for one in profiles.shared_in_force(on) if one.code == self.shared)

    def waiting(self, on: date) -> ProfileVersion | None:
        """Return the version that takes force here after a local day; while it waits no other one is made."""
        codes = {self.code, self.in_force(on).code}
        return ProfileVersion.objects.filter(code__in=codes, effective__gt=on, withdrawn_at=None).first()


@transaction.atomic
def preview_version(*, institution: str, shared: str = "", draft: SopDraft, actor: Actor, now: datetime) -> Profile:
    """Return the version that `make_version` would make; refuses what it would refuse, and changes nothing."""
    return _next(_place(institution, shared, actor), draft, now)


@transaction.atomic(durable=True)
def make_version(
    *, institution: str, shared: str = "", draft: SopDraft, base: str, actor: Actor, now: datetime
) -> ProfileVersion:
    """Keep a new version of an institution's SOP, or with `shared` of a profile that several follow.

    `base` is the version the draft was compared with. Reports that arrive before the first day keep the version they
    began with, for life (S83). Raises `NotYours`, `UnknownAgency`, `SopNotYours`, `SopMovedOn`, `SopWaits`,
    `SopUnchanged`, `InvalidInput`, and `NotAnSop` with the rule for a number looser than the law.
    """
    place = _place(institution, shared, actor)
    profile = _next(place, draft, now)
    if place.in_force(_today(place, now)).version != base:
        raise SopMovedOn
    row = ProfileVersion.objects.create(
        institution=None if shared else place.house,
        code=profile.code,
        version=profile.version,
        effective=draft.effective,
        text=written(profile),
        made_at=now,
        made_by_id=actor.account,
    )
    _note(place, f"{profile.name_id}, versi {profile.version}", actor, now)
    return row


@transaction.atomic(durable=True)
def follow_again(*, institution: str, effective: date, actor: Actor, now: datetime) -> ProfileVersion:
    """Leave an institution's own SOP: from the day `effective` on the profile it follows holds again (docs/adr/0016).

    Like every version it begins on a working day to come, waits alone, can be taken back before its day, and changes
    nothing for reports that arrived before. Raises `NotYours`, `UnknownAgency`, `SopWaits`, `NoOwnSop`, `InvalidInput`.
    """
    place = _place(institution, "", actor)
    today = _today(place, now)
    if place.waiting(today):
        raise SopWaits
    if place.in_force(today).code != place.code:
        raise NoOwnSop
    _check_day(place, effective, today)
    row = ProfileVersion.objects.create(
        institution=place.house,
        code=place.code,
        version=effective.isoformat(),
        effective=effective,
        goes_back=True,
        made_at=now,
        made_by_id=actor.account,
    )
    _note(place, f"{BACK}, versi {row.version}", actor, now)
    return row


@transaction.atomic(durable=True)
def withdraw_version(*, institution: str, shared: str = "", version: str, actor: Actor, now: datetime) -> None:
    """Take back a version before its first day. Raises `NotYours`, `UnknownVersion`, `SopInForce`."""
    place = _place(institution, shared, actor)
    row = ProfileVersion.objects.filter(code=place.code, version=version, withdrawn_at=None).first()
    if row is None:
        raise UnknownVersion
    if row.effective <= _today(place, now):
        raise SopInForce
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    name = BACK if row.goes_back else profiles.read(row).name_id
    _note(place, f"{name}, versi {version}: ditarik", actor, now)


def _place(institution: str, shared: str, actor: Actor) -> Place:
    # The row of the house is the lock: two versions made at once would both see that none waits.
    found = Agency.objects.select_for_update(of=("self",)).select_related("calendar")
    house = found.filter(code=institution, kind__in=[Agency.Kind.INSTITUTION, Agency.Kind.NATIONAL]).first()
    if house is None:
        raise UnknownAgency(field="institution")
    check_may_manage(actor, house)
    if (house.kind == Agency.Kind.NATIONAL) != bool(shared):
        raise NotYours
    if shared and shared not in shipped_profiles().codes:
        raise SopNotYours(field="shared")
    return Place(house, shared)


def _today(place: Place, now: datetime) -> date:
    return profiles.today_of(place.house.calendar.zone, now, shared=bool(place.shared))


def _next(place: Place, draft: SopDraft, now: datetime) -> Profile:
    """Return the version the draft makes of the one in force; refuses what may not take force."""
    today = _today(place, now)
    if place.waiting(today):
        raise SopWaits
    _check_day(place, draft.effective, today)
    old = place.in_force(today)
    new = revised(
        old,
        draft.numbers,
        code=place.code,
        version=draft.effective.isoformat(),
        names=_names(place, old),
        document=_document(draft, old, today),
    )
    for blame in blames(new):
        raise NotAnSop(sentence_of(blame), field=f"{blame.key[0]}-{blame.key[1] or ''}-{blame.which}")
    if not differences(old, new):
        raise SopUnchanged
    _check_readable(new)
    return new


def _check_day(place: Place, day: date, today: date) -> None:
    if day <= today:
        raise InvalidInput(_("Choose a day after today: what has begun keeps its limits."), field="effective")
    try:
        calendar = calendars.load(place.house.calendar_id, day, day)
    except OutsideCalendar:
        raise InvalidInput(_("The calendar does not reach this day yet."), field="effective") from None
    if not calendar[day].working:
        raise InvalidInput(_("This is no working day. Choose a working day."), field="effective")


def _names(place: Place, old: Profile) -> tuple[str, str]:
    if place.shared:
        return old.name_id, old.name_en
    return f"SOP LAPOR! {place.house.name}", f"LAPOR! SOP of {place.house.name}"


def _document(draft: SopDraft, old: Profile, today: date) -> Document:
    if draft.signed_on > today:
        raise InvalidInput(_("This day has not come yet."), field="signed_on")
    laws = [" ".join(line.split()) for line in draft.legal_basis.splitlines() if line.strip()]
    if not laws:
        raise InvalidInput(_("Please fill this in."), field="legal_basis")
    return Document(
        number=words(draft.number, "number", longest=120),
        revision="",
        created=draft.signed_on,
        revised=None,
        effective=draft.effective,
        approver=words(draft.approver, "approver", longest=200),
        legal_basis=tuple(laws),
    )


def _check_readable(profile: Profile) -> None:
    """Read the version as a file is read: what the reader of the shipped profiles refuses is no version either."""
    reading = read_text(f"{profile.code}.{profile.version}.toml", written(profile))
    if reading.problems or reading.profile != profile:
        raise NotAnSop("; ".join(problem.reason for problem in reading.problems) or None)


def _note(place: Place, about: str, actor: Actor, now: datetime) -> None:
    institution = None if place.shared else place.house.pk
    note_deed("profile_chosen", actor=actor, institution=institution, about=about, now=now)
