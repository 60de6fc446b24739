"""Who may change what about agencies and officers: the national desk everything, an institution's admin its own."""

from __future__ import annotations

from lapor.agencies.models import Agency, Calendar
from lapor.agencies.refusals import NotYours
from lapor.kernel.actor import Actor
from lapor.sop.vocabulary import Role

# The system is the operator at the command line, who appoints the first admin of an installation.
_EVERYWHERE = (Role.NATIONAL_ADMIN, Role.CLOCK)


def check_may_change_calendar(actor: Actor, calendar: Calendar) -> None:
    """Let an institution's admin change only a calendar that no other institution counts by; raises `NotYours`."""
    if actor.role in _EVERYWHERE:
        return
    institutions = Agency.objects.filter(calendar=calendar).values_list("institution_id", flat=True).distinct()
    if actor.role is not Role.AGENCY_ADMIN or list(institutions) != [actor.desk]:
        raise NotYours


def check_may_manage(actor: Actor, agency: Agency) -> None:
    """Let an institution's admin manage the officers of the own institution's desks; raises `NotYours`."""
    if actor.role in _EVERYWHERE:
        return
    if actor.role is not Role.AGENCY_ADMIN or agency.institution_id != actor.desk:
        raise NotYours


def check_national(actor: Actor) -> None:
    """Let only the national desk change what all institutions share; raises `NotYours`."""
    if actor.role not in _EVERYWHERE:
        raise NotYours
