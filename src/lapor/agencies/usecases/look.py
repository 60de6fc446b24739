"""Choose how an institution looks at its own address (S72)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.looks import COLOURS, Crest
from lapor.agencies.models import Agency, Look
from lapor.agencies.refusals import UnknownAgency
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput


@transaction.atomic(durable=True)
def choose_look(
    *,
    institution: str,
    colour: str,
    motto: str = "",
    crest: Crest | None = None,
    without_crest: bool = False,
    actor: Actor,
    now: datetime,
) -> Look:
    """Keep colour and motto; a new crest replaces the old one, none leaves it, `without_crest` takes it away.

    Raises `NotYours`, `UnknownAgency` for anything but an institution, `InvalidInput`.
    """
    house = Agency.objects.select_for_update().filter(code=institution, kind=Agency.Kind.INSTITUTION).first()
    if house is None:
        raise UnknownAgency(field="institution")
    check_may_manage(actor, house)
    if colour and colour not in COLOURS:
        raise InvalidInput(_("There is no such colour."), field="colour")
    look, _made = Look.objects.get_or_create(agency=house)
    look.colour, look.motto = colour, words(motto, "motto", longest=120, needed=False)
    if crest or without_crest:
        look.crest, look.crest_mark = (crest.png, crest.mark) if crest else (None, "")
    look.save()
    note_deed("look_chosen", actor=actor, institution=house.pk, about=colour, now=now)
    return look
