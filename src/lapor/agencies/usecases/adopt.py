"""Take over agencies that an import names: find them by name, else found them by rule (S26)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from lapor.agencies.models import Agency, Calendar
from lapor.agencies.names import plain, prefix_of, unit_key, zone_of

SINCE_IMPORTS = "nasional"  # the SOP profile of an institution about which nothing more is known


class Adoption:
    """Finds agencies by their names and founds those that are missing; what exists is read once."""

    def __init__(self) -> None:
        self._institutions: dict[str, Agency] = {}
        self._units: dict[int, dict[str, Agency]] = {}
        for known in Agency.objects.select_related("parent", "institution").order_by("pk"):
            if known.kind == Agency.Kind.INSTITUTION:
                self._remember_institution(known)
            elif known.institution:
                self._remember_unit(known, known.institution)

    def institution(self, name: str, *, province: str = "") -> Agency:
        """Return the institution of this name, founded where there is none.

        A new one follows the profile `nasional` and the calendar of its province's time zone.
        """
        return self._institutions.get(plain(name)) or self._found_institution(name, province)

    def unit(self, name: str, *, institution: Agency) -> Agency:
        """Return the unit of this name within its institution, founded directly below it where there is none.

        A satuan kerja answers through the unit above it, which is returned in its stead.
        """
        known = self._units.get(institution.pk, {}).get(unit_key(name, institution.name))
        if known is None:
            known = self._found_unit(name, institution)
        return known.parent if known.kind == Agency.Kind.SUBUNIT and known.parent else known

    @transaction.atomic
    def _found_institution(self, name: str, province: str) -> Agency:
        node = Agency.objects.create(
            kind=Agency.Kind.INSTITUTION,
            code=_free_code(slugify(name).removeprefix("pemerintah-")),
            name=" ".join(name.split())[:200],
            prefix=prefix_of(name),
            profile=SINCE_IMPORTS,
            calendar=Calendar.objects.get(code=zone_of(province)),
            source_name=name[:200],
        )
        node.institution = node
        node.save(update_fields=["institution"])
        self._remember_institution(node)
        return node

    def _found_unit(self, name: str, institution: Agency) -> Agency:
        node = Agency.objects.create(
            kind=Agency.Kind.UNIT,
            parent=institution,
            institution=institution,
            code=_free_code(f"{institution.code}-{slugify(unit_key(name, institution.name))}"),
            name=" ".join(name.split())[:200],
            profile=institution.profile,
            calendar=institution.calendar,
            source_name=name[:200],
        )
        self._remember_unit(node, institution)
        return node

    def _remember_institution(self, node: Agency) -> None:
        for name in (node.name, node.source_name, node.code):
            self._institutions.setdefault(plain(name), node)

    def _remember_unit(self, node: Agency, institution: Agency) -> None:
        units = self._units.setdefault(institution.pk, {})
        for name in filter(None, (node.name, node.source_name, node.code)):
            units.setdefault(unit_key(name, institution.name), node)


@transaction.atomic
def follow_profile(profile: str, institutions: Iterable[str]) -> None:
    """Let these institutions (codes) and the desks below them follow an SOP profile, for reports to come."""
    Agency.objects.filter(institution__code__in=list(institutions)).update(profile=profile)


def _free_code(wanted: str) -> str:
    base = wanted[:74].strip("-") or "instansi"
    taken = set(Agency.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := base if n == 1 else f"{base}-{n}") not in taken)
