"""Which agency, place and category a row means. Unknown agencies are founded; unknown places stay as words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from django.db import transaction

from lapor.agencies.names import government_of, is_above, is_part, plain, region_of, unit_key
from lapor.agencies.queries.by_name import PlaceNames, category_codes
from lapor.agencies.usecases.adopt import Adoption
from lapor.ops.importing.category_words import category_by_words
from lapor.ops.importing.reading import LONGEST_NOTE, Names, Reading
from lapor.reports.imports import ImportRow
from lapor.sop.vocabulary import Status

Pair = tuple[str, str]  # the institution and the agency, as a row names them


class Directory:
    """Learns a whole file first, because a later row may tell to which institution an earlier one's unit belongs."""

    def __init__(self) -> None:
        self._homes: dict[str, Counter[str]] = defaultdict(Counter)
        self._provinces: dict[str, Counter[str]] = defaultdict(Counter)
        self._agencies: dict[Pair, tuple[str, str]] = {}
        self._pairs: dict[Pair, None] = {}

    def learn(self, rows: Iterable[Names]) -> None:
        """Remember which units are named below which institutions, and in which provinces."""
        for names in rows:
            self._pairs[names.institution, names.agency] = None
            if names.institution and not is_part(names.institution):
                self._homes[plain(names.agency)][names.institution] += 1
                self._provinces[plain(names.institution)][names.province] += 1

    @transaction.atomic
    def found_agencies(self) -> None:
        """Find or found every agency learned of, in one transaction instead of one for each."""
        for pair in self._pairs:
            self._agencies_of(pair)

    def settle(self, reading: Reading) -> ImportRow:
        """Return the report with the codes of its agencies, place and category.

        A status that needs a desk which the row does not name falls back to the one before it.
        """
        names = reading.names
        institution, unit = self._agencies_of((names.institution, names.agency))
        place, note = self._place_of(names, reading.report.place_note)
        report = replace(
            reading.report,
            institution=institution,
            unit=unit,
            place=place,
            place_note=note,
            category=self._category_of(names),
        )
        return replace(report, status=_reachable(report))

    def _agencies_of(self, pair: Pair) -> tuple[str, str]:
        if pair not in self._agencies:
            self._agencies[pair] = self._find_or_found(*pair)
        return self._agencies[pair]

    def _find_or_found(self, institution: str, agency: str) -> tuple[str, str]:
        name = self._institution_named(institution, agency)
        if not name:
            return "", ""
        above = self._adoption.institution(name, province=self._province_of(name))
        unit = agency or (institution if is_part(institution) else "")
        if not unit or is_above(unit) or unit_key(unit, name) == plain(name) or plain(unit) == plain(name):
            return above.code, ""
        return above.code, self._adoption.unit(unit, institution=above).code

    def _institution_named(self, institution: str, agency: str) -> str:
        """Return the institution's name: as written, else of the region in the unit's name, else where the unit is."""
        if institution and not is_part(institution):
            return institution
        part = institution or agency
        if part and not is_part(part):
            return part
        if region := region_of(part):
            return government_of(region)
        homes = self._homes.get(plain(part)) or sum(self._homes.values(), Counter())
        return homes.most_common(1)[0][0] if homes else ""

    def _province_of(self, name: str) -> str:
        if (region := region_of(name)) and (province := self._names.province_of(region)):
            return province
        seen = self._provinces.get(plain(name))
        return seen.most_common(1)[0][0] if seen else ""

    def _place_of(self, names: Names, address: str) -> tuple[str, str]:
        """Return the deepest known place, and the address with the places below it that nobody knows."""
        wanted = names.province, names.city, names.district, names.village
        code, understood = self._names.find(wanted)
        unknown = [name for name in reversed(wanted[understood:]) if name]
        return code, ", ".join([*unknown, *([address] if address else [])])[:LONGEST_NOTE]

    # Asked for when the first row is settled: a survey alone needs no database.
    @cached_property
    def _adoption(self) -> Adoption:
        return Adoption()

    @cached_property
    def _names(self) -> PlaceNames:
        return PlaceNames()

    @cached_property
    def _codes(self) -> dict[str, str]:
        return category_codes()

    def _category_of(self, names: Names) -> str:
        """Return our category: the same by code or name, else by the words in the name, else none."""
        for written in (names.category_id, names.category):
            if written and (code := self._codes.get(plain(written))):
                return code
        code = category_by_words(names.category)
        return code if code in self._codes.values() else ""


def _reachable(report: ImportRow) -> Status:
    if report.status is Status.DISPOSED and not report.unit:
        return Status.UNVERIFIED
    if report.status is Status.IN_PROGRESS and not report.institution:
        return Status.UNVERIFIED
    return report.status
