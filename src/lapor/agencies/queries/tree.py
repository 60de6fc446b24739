"""The tree of agencies as plain facts, for those who may not touch its tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from lapor.agencies.models import Agency
from lapor.agencies.refusals import UnknownAgency
from lapor.sop.vocabulary import Role

NATIONAL = "nasional"
OVERSIGHT = {Role.OMBUDSMAN: "ombudsman", Role.KSP: "ksp", Role.PANRB: "panrb"}  # role to the code of its only desk
_FIELDS = (
    "id", "code", "name", "short_name", "kind", "institution_id", "parent_id", "is_receiving",
    "prefix", "profile", "calendar_id", "email", "source_name",
)  # fmt: skip


@dataclass(frozen=True)
class AgencyInfo:
    """One desk: `kind` is a code of `Agency.Kind`, `zone` the name of its time zone, such as Asia/Makassar.

    `source_name` is the name under which another system knew it, where that differs.
    """

    id: int
    code: str
    name: str
    short_name: str
    kind: str
    institution_id: int | None
    parent_id: int | None
    is_receiving: bool
    prefix: str
    profile: str
    calendar_id: int
    email: str
    source_name: str
    zone: str

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


@dataclass(frozen=True)
class Merged:
    """A unit that is gone: its code, its name, and the code of the one that took its work over (`heir`)."""

    code: str
    name: str
    heir: str


def get_agency(code: str) -> AgencyInfo:
    """Return the agency with this code; raises `UnknownAgency`."""
    for agency in _infos(Agency.objects.filter(code=code)):
        return agency
    raise UnknownAgency(field="agency")


def agency_infos(ids: Iterable[int]) -> dict[int, AgencyInfo]:
    """Return the agencies with these ids, in one query; unknown ids are left out."""
    return {agency.id: agency for agency in _infos(Agency.objects.filter(pk__in=set(ids)))}


def national_desk() -> AgencyInfo:
    """Return the desk of Admin Pusat, which every installation has (C20)."""
    return get_agency(NATIONAL)


def ombudsman_desk() -> AgencyInfo:
    """Return the desk that the clock escalates to (S34)."""
    return get_agency(OVERSIGHT[Role.OMBUDSMAN])


def institutions(*, receiving: bool = True) -> list[AgencyInfo]:
    """Return the institutions (K/L/D) by name; with receiving=False also those that take nothing new."""
    return _of_kind(Agency.Kind.INSTITUTION, Agency.objects.all(), receiving)


def units_of(institution_id: int, *, receiving: bool = True) -> list[AgencyInfo]:
    """Return the units that an institution disposes to, by name."""
    return _of_kind(Agency.Kind.UNIT, Agency.objects.filter(institution=institution_id), receiving)


def subunits_of(unit_id: int, *, receiving: bool = True) -> list[AgencyInfo]:
    """Return the satuan kerja or instansi vertikal that a unit forwards to, by name."""
    return _of_kind(Agency.Kind.SUBUNIT, Agency.objects.filter(parent=unit_id), receiving)


def desks_of(institution_id: int) -> list[AgencyInfo]:
    """Return every receiving desk of an institution, its own among them, by name; one query."""
    return _infos(Agency.objects.filter(Q(institution=institution_id) | Q(pk=institution_id), is_receiving=True))


def merged_units(institution_id: int) -> list[Merged]:
    """Return the units whose work another took over, the oldest first; one query."""
    rows = Agency.objects.filter(institution=institution_id, merged_into__isnull=False).order_by("id")
    return [Merged(*row) for row in rows.values_list("code", "name", "merged_into__code")]


def info_of(agency: Agency) -> AgencyInfo:
    """Return the facts of an agency that was read with its calendar; no query then."""
    return AgencyInfo(**{name: getattr(agency, name) for name in _FIELDS}, zone=agency.calendar.zone)


def _of_kind(kind: str, agencies: QuerySet[Agency], receiving: bool) -> list[AgencyInfo]:
    if receiving:
        agencies = agencies.filter(is_receiving=True)
    return _infos(agencies.filter(kind=kind))


def _infos(agencies: QuerySet[Agency]) -> list[AgencyInfo]:
    rows = agencies.order_by("name").values(*_FIELDS, zone=F("calendar__zone"))
    return [AgencyInfo(**row) for row in rows]
