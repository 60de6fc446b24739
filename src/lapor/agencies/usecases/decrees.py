"""Register the decrees (SK) that name officers (S16 to S18)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency, Decree
from lapor.agencies.refusals import DecreeKnown, UnknownAgency
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput


@transaction.atomic
def new_decree(
    *,
    institution: str,
    number: str,
    about: str = "",
    signed_on: date,
    valid_from: date,
    valid_to: date,
    actor: Actor,
    now: datetime,
) -> Decree:
    """Register a decree of the institution with this code; both days of its validity are included.

    Raises `NotYours`, `UnknownAgency` for anything but an institution, `InvalidInput`, `DecreeKnown`.
    """
    house = Agency.objects.select_for_update().filter(code=institution, parent=None).first()
    if house is None:
        raise UnknownAgency(field="institution")
    check_may_manage(actor, house)
    number = words(number, "number", longest=100)
    if valid_to < valid_from:
        raise InvalidInput(_("The last day comes before the first."), field="valid_to")
    if house.decrees.filter(number__iexact=number, valid_from__year=valid_from.year).exists():
        raise DecreeKnown(field="number")
    note_deed("decree_registered", actor=actor, institution=house.pk, about=number, now=now)
    return Decree.objects.create(
        institution=house,
        number=number,
        about=words(about, "about", longest=300, needed=False),
        signed_on=signed_on,
        valid_from=valid_from,
        valid_to=valid_to,
    )
