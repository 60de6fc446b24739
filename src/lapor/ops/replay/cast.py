"""Who acts in a replay: the officer of each role at each desk, looked up once."""

from __future__ import annotations

from datetime import date
from functools import cache, cached_property

from lapor.agencies.queries import roles, tree
from lapor.kernel.actor import Actor
from lapor.sop.vocabulary import Role


class Cast:
    """The officers in force on one day, by role and desk."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.officer = cache(self._officer)
        self._siblings = cache(self._find_siblings)

    @cached_property
    def national(self) -> Actor:
        """The national admin."""
        return self.officer(Role.NATIONAL_ADMIN, tree.NATIONAL)

    def another_unit(self, unit: str, share: float) -> str | None:
        """Return the code of another unit of the same institution, the one at this share of them; None without any."""
        others = self._siblings(unit)
        return others[int(share * len(others))] if others else None

    def _officer(self, role: Role, desk: str) -> Actor:
        agency = tree.get_agency(desk)
        found = roles.officers_of(agency.id, role, on=self.on)[0]
        return Actor(role, desk=agency.id, appointment=found.appointment_id, account=found.account_id)

    def _find_siblings(self, unit: str) -> list[str]:
        institution = tree.get_agency(unit).institution_id
        units = tree.units_of(institution) if institution else []
        return sorted(other.code for other in units if other.code != unit)
