"""Where a person serves besides one institution."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from lapor.agencies.models import Appointment


def serves_elsewhere(account_id: int, institution_id: int, *, on: date) -> bool:
    """Tell whether the person holds, or will hold, a role outside this institution; one query."""
    here = Q(agency__institution=institution_id) | Q(agency=institution_id)
    lasting = Q(ended_on=None) | Q(ended_on__gt=on)
    others = Appointment.objects.filter(lasting, account=account_id, decree__valid_to__gte=on).exclude(here)
    return others.exists()
