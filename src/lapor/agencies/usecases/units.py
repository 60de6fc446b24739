"""Found units and satuan kerja, rename them, and let one go once nothing lies there any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency
from lapor.agencies.refusals import NameTaken, NoPlaceForUnit, UnknownAgency
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed

_BELOW = {Agency.Kind.INSTITUTION: Agency.Kind.UNIT, Agency.Kind.UNIT: Agency.Kind.SUBUNIT}


@transaction.atomic
def found_unit(*, parent: str, name: str, short_name: str = "", actor: Actor, now: datetime) -> Agency:
    """Found a unit below an institution, or a satuan kerja below a unit; it follows the profile and calendar above.

    Raises `NotYours`, `UnknownAgency`, `NoPlaceForUnit`, `NameTaken`, `InvalidInput`.
    """
    above = locked(parent, "parent")
    check_may_manage(actor, above)
    kind = _BELOW.get(Agency.Kind(above.kind))
    if kind is None or not above.is_receiving or above.institution is None:
        raise NoPlaceForUnit(field="parent")
    name = words(name, "name", longest=200)
    _check_free(above.institution, name)
    unit = Agency.objects.create(
        parent=above,
        institution=above.institution,
        kind=kind,
        code=_free_code(above.institution, name),
        name=name,
        short_name=words(short_name, "short_name", longest=60, needed=False),
        profile=above.profile,
        calendar=above.calendar,
    )
    note_deed("unit_founded", actor=actor, institution=above.institution_id, about=name, now=now, unit=unit.code)
    return unit


@transaction.atomic
def rename_unit(*, unit: str, name: str, short_name: str = "", actor: Actor, now: datetime) -> Agency:
    """Give a unit another name; its code, which addresses and the ledger hold, stays.

    Raises `NotYours`, `UnknownAgency`, `NoPlaceForUnit` for what is no unit, `NameTaken`, `InvalidInput`.
    """
    found = locked(unit, "unit")
    check_may_manage(actor, found)
    house = check_is_unit(found)
    name = words(name, "name", longest=200)
    _check_free(house, name, besides=found.pk)
    was, found.name = found.name, name
    found.short_name = words(short_name, "short_name", longest=60, needed=False)
    found.save(update_fields=["name", "short_name"])
    note_deed("unit_changed", actor=actor, institution=house.pk, about=name, now=now, unit=found.code, was=was)
    return found


def locked(code: str, field: str) -> Agency:
    """Return the agency with this code, locked; raises `UnknownAgency`."""
    found = Agency.objects.select_for_update(of=("self",)).select_related("institution", "calendar")
    agency = found.filter(code=code).first()
    if agency is None:
        raise UnknownAgency(field=field)
    return agency


def check_is_unit(found: Agency) -> Agency:
    """Return the institution of a unit or satuan kerja; raises `NoPlaceForUnit` for anything else."""
    if found.kind not in (Agency.Kind.UNIT, Agency.Kind.SUBUNIT) or found.institution is None:
        raise NoPlaceForUnit(field="unit")
    return found.institution


def _check_free(house: Agency, name: str, besides: int | None = None) -> None:
    same = Agency.objects.filter(institution=house, name__iexact=name, is_receiving=True).exclude(pk=besides or 0)
    if same.exists():
        raise NameTaken(field="name")


def _free_code(house: Agency, name: str) -> str:
    base = slugify(f"{house.code}-{name}")[:74].strip("-")
    taken = set(Agency.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := base if n == 1 else f"{base}-{n}") not in taken)
