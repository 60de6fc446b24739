"""Where a person serves besides one institution."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from lapor.agencies.models import Agency, Appointment
from lapor.agencies.queries import in_force


def serves_elsewhere(account_id: int, institution_id: int, *, on: date) -> bool:
    """Tell whether the person holds, or will hold, a role outside this institution; one query."""
    here = Q(agency__institution=institution_id) | Q(agency=institution_id)
    lasting = Q(ended_on=None) | Q(ended_on__gt=on)
    others = Appointment.objects.filter(lasting, account=account_id, decree__valid_to__gte=on).exclude(here)
    return others.exists()


def serves_only(account_id: int, institution: str, *, on: date) -> bool:
    """Tell whether the person serves the institution with this code today, and will serve no other; three queries.

    What opens only one institution's door must not open that of another, nor the national desk's.
    """
    house = Agency.objects.filter(code=institution, parent=None).first()
    if house is None:
        return False
    here = Q(agency__institution=house) | Q(agency=house)
    if not in_force.appointments(on, here & Q(account=account_id)):
        return False
    return not serves_elsewhere(account_id, house.pk, on=on)
