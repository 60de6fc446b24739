"""The desks a step can lead to, as rows with their calendars."""

from __future__ import annotations

from lapor.agencies.models import Agency
from lapor.agencies.queries.tree import NATIONAL, OVERSIGHT
from lapor.reports.refusals import DeskNotReceiving
from lapor.sop.vocabulary import Role


def desk(code: str) -> Agency:
    """Return the desk with this code; raises Agency.DoesNotExist."""
    return Agency.objects.select_related("calendar").get(code=code)


def national() -> Agency:
    """Return the national desk, which every installation has (C20)."""
    return desk(NATIONAL)


def ombudsman() -> Agency:
    """Return the Ombudsman's desk."""
    return desk(OVERSIGHT[Role.OMBUDSMAN])


def receiving(code: str, kind: str, *, within: int | None = None, under: int | None = None) -> Agency:
    """Return the desk named in a form when it may receive: of this kind, within this institution or under this unit.

    Raises DeskNotReceiving for an unknown, abolished or foreign desk alike.
    """
    found = Agency.objects.select_related("calendar").filter(code=code, kind=kind, is_receiving=True)
    if within is not None:
        found = found.filter(institution=within)
    if under is not None:
        found = found.filter(parent=under)
    chosen = found.first()
    if chosen is None:
        raise DeskNotReceiving(field="to")
    return chosen
