"""Take over agencies that an import names: find them by name, else found them by rule (S26)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from lapor.agencies.models import Agency, Calendar
from lapor.agencies.names import plain, prefix_of, unit_key, zone_of

SINCE_IMPORTS = "nasional"  # the SOP profile of an institution about which nothing more is known


@transaction.atomic
def adopt_institution(name: str, *, province: str = "") -> Agency:
    """Return the institution of this name, founded where there is none.

    A new one follows the profile `nasional` and the calendar of its province's time zone.
    """
    for known in Agency.objects.filter(kind=Agency.Kind.INSTITUTION):
        if plain(name) in {plain(known.name), plain(known.source_name), plain(known.code)}:
            return known
    node = Agency(
        kind=Agency.Kind.INSTITUTION,
        code=_free_code(slugify(name).removeprefix("pemerintah-")),
        name=" ".join(name.split())[:200],
        prefix=prefix_of(name),
        profile=SINCE_IMPORTS,
        calendar=Calendar.objects.get(code=zone_of(province)),
        source_name=name[:200],
    )
    node.save()
    node.institution = node
    node.save(update_fields=["institution"])
    return node


@transaction.atomic
def adopt_unit(name: str, *, institution: Agency) -> Agency:
    """Return the unit of this name within its institution, founded directly below it where there is none.

    A satuan kerja answers through the unit above it, which is returned in its stead.
    """
    key = unit_key(name, institution.name)
    for known in Agency.objects.filter(institution=institution).exclude(pk=institution.pk).select_related("parent"):
        if key in {unit_key(known.name, institution.name), unit_key(known.source_name, institution.name), known.code}:
            return _answering(known)
    return Agency.objects.create(
        kind=Agency.Kind.UNIT,
        parent=institution,
        institution=institution,
        code=_free_code(f"{institution.code}-{slugify(key)}"),
        name=" ".join(name.split())[:200],
        profile=institution.profile,
        calendar=institution.calendar,
        source_name=name[:200],
    )


@transaction.atomic
def follow_profile(profile: str, institutions: Iterable[str]) -> None:
    """Let these institutions (codes) and the desks below them follow an SOP profile, for reports to come."""
    Agency.objects.filter(institution__code__in=list(institutions)).update(profile=profile)


def _answering(node: Agency) -> Agency:
    return node.parent if node.kind == Agency.Kind.SUBUNIT and node.parent else node


def _free_code(wanted: str) -> str:
    base = wanted[:74].strip("-") or "instansi"
    taken = set(Agency.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := base if n == 1 else f"{base}-{n}") not in taken)
