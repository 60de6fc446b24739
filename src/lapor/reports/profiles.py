"""Which SOP profile and which calendar govern a report (S83)."""

from __future__ import annotations

from datetime import date

from lapor.agencies.models import Agency, Calendar
from lapor.agencies.queries import calendars
from lapor.agencies.queries import profiles as kept
from lapor.reports import desks
from lapor.reports.models import Report
from lapor.sop.profile import Counting, Profile
from lapor.sop.vocabulary import Holder


def in_force(agency: Agency, on: date) -> Profile:
    """Return the profile version that a report arriving at `agency` on the local day `on` keeps for life."""
    return kept.in_force(agency, on)


def of(report: Report) -> Profile:
    """Return the profile version this report began with."""
    return kept.get(report.profile, report.profile_version)


def coordinator_of(report: Report) -> Agency:
    """Return the institution that coordinates the report, or the national desk while there is none."""
    if report.agency is None and report.holder == Holder.NATIONAL and report.desk is not None:
        return report.desk  # the same desk, and known already: a report that comes in asks for it again and again
    return report.agency or desks.national()


def calendar_of(report: Report) -> Calendar:
    """Return the calendar of the coordinating institution, or its all-days companion where the profile says so (C2)."""
    coordinator = coordinator_of(report)
    if of(report).counting == Counting.WORKING:
        return coordinator.calendar
    return calendars.calendar_of(coordinator.pk, counting=Counting.CALENDAR)
