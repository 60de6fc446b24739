"""Register the decrees (SK) that name officers (S16 to S18)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency, Decree, DecreeFile
from lapor.agencies.refusals import DecreeKnown, UnknownAgency, UnknownDecree
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput

LARGEST_FILE = 5 * 1024 * 1024  # bytes


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


@transaction.atomic
def keep_decree_file(
    *, decree: int, name: str, media_type: str, content: bytes, actor: Actor, now: datetime
) -> DecreeFile:
    """Keep the decree itself beside its dates, in place of an earlier file. The caller has checked what the file is.

    Raises `UnknownDecree`, `NotYours`, and `InvalidInput` for more than 5 MB.
    """
    found = Decree.objects.select_for_update(of=("self",)).select_related("institution").filter(pk=decree).first()
    if found is None:
        raise UnknownDecree(field="file")
    check_may_manage(actor, found.institution)
    if len(content) > LARGEST_FILE:
        raise InvalidInput(_("The file is larger than 5 MB. Scan it with fewer dots per inch."), field="file")
    kept = {"name": name[:200], "media_type": media_type, "content": content, "kept_at": now}
    file, _made = DecreeFile.objects.update_or_create(decree=found, defaults=kept)
    note_deed("decree_file_kept", actor=actor, institution=found.institution_id, about=found.number, now=now)
    return file
