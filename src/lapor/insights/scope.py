"""Whose figures an actor may see: everything, one institution, one unit, one office, or what was escalated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.tree import AgencyInfo, agency_infos
from lapor.kernel.actor import Actor
from lapor.kernel.errors import Refusal
from lapor.reports import access
from lapor.reports.models import Report
from lapor.sop.vocabulary import Role

CAPITAL = ZoneInfo("Asia/Jakarta")  # where the days of nationwide figures begin
NATIONWIDE = (Role.CLOCK, Role.NATIONAL_ADMIN, Role.KSP, Role.PANRB)
OBSERVERS = (Role.KSP, Role.PANRB, Role.INSPECTORATE)  # they see nothing of a secret report, not even in a count


class NoFigures(Refusal):
    """Registers and figures are for officers."""

    status = 403
    sentence = _("Registers and figures are for officers only.")


@dataclass(frozen=True)
class Scope:
    """The part of all reports that belongs to an actor. `zone` is where the days of a period begin and end."""

    actor: Actor
    desk: AgencyInfo | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the actor's desk."""
        return ZoneInfo(self.desk.zone) if self.desk else CAPITAL

    def reports(self) -> QuerySet[Report]:
        """Return the reports that count as the actor's own: never more than the actor may read."""
        match self.actor.role:
            case Role.AGENCY_ADMIN:
                return Report.objects.filter(agency=self._desk.id)
            case Role.LIAISON | Role.HEAD:
                return Report.objects.filter(unit=self._desk.id)
        return access.visible_to(self.actor)

    def readable(self) -> QuerySet[Report]:
        """Return the reports whose steps the actor may read, also those that have gone on to other desks."""
        return access.visible_to(self.actor)

    def owed(self) -> Q:
        """Return the condition on deadlines and breaches: owed by desks of this scope, with nothing secret told."""
        return self._at_desks() & self._told()

    def instants(self, first_day: date, last_day: date) -> tuple[datetime, datetime]:
        """Return when a period of whole local days begins and ends (the end is no longer part of it), in UTC."""
        first, after = (datetime.combine(day, time.min, self.zone) for day in (first_day, last_day + timedelta(days=1)))
        return first.astimezone(UTC), after.astimezone(UTC)

    def _at_desks(self) -> Q:
        match self.actor.role:
            case Role.AGENCY_ADMIN | Role.INSPECTORATE:
                return Q(desk__institution=self._desk.institution_id)
            case Role.LIAISON | Role.HEAD:
                return Q(desk=self._desk.id) | Q(desk__parent=self._desk.id)
            case Role.UNIT_OFFICER:
                return Q(desk=self._desk.id)
        return Q()

    def _told(self) -> Q:
        if self.actor.role is Role.OMBUDSMAN:
            return Q(report__escalated_at__isnull=False)
        return Q(report__is_secret=False) if self.actor.role in OBSERVERS else Q()

    @property
    def _desk(self) -> AgencyInfo:
        if self.desk is None:
            raise NoFigures
        return self.desk


def scope_of(actor: Actor) -> Scope:
    """Return the scope of an officer or of the clock (which stands for the operator); raises NoFigures for reporters.

    One query.
    """
    if actor.role is Role.REPORTER:
        raise NoFigures
    if actor.desk is None:
        return Scope(actor)
    return Scope(actor, agency_infos([actor.desk])[actor.desk])
