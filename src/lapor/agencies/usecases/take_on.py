"""Take a new officer on: the account and the role together, or neither."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.agencies.models import Appointment
from lapor.agencies.usecases.appointments import appoint, enrol
from lapor.kernel.actor import Actor
from lapor.sop.vocabulary import Role


@transaction.atomic
def take_on(
    *,
    agency: str,
    login: str,
    name: str,
    email: str,
    role: Role,
    decree: int,
    title: str = "",
    actor: Actor,
    now: datetime,
) -> Appointment:
    """Make the account of a new officer and give the role at the desk, from today on. Raises what both steps raise."""
    account = enrol(agency=agency, login=login, name=name, email=email, actor=actor, now=now)
    return appoint(account=account.pk, agency=agency, role=role, decree=decree, title=title, actor=actor, now=now)
