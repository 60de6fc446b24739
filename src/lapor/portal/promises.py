"""What the SOP promises, in days, read from the profile in force: nothing here knows a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lapor.agencies.queries import profiles
from lapor.agencies.queries.tree import AgencyInfo, national_desk
from lapor.sop.profile import Profile
from lapor.sop.vocabulary import Classification, Clock


@dataclass(frozen=True)
class Promised:
    """Limits in working days; None where the profile has no such leg."""

    checked: int | None
    answered: int | None
    information: int | None
    aspiration: int | None
    complaint: int | None
    silence: int | None
    ombudsman: int | None


def promised_by(agency: AgencyInfo | None, now: datetime) -> Promised:
    """Return what the institution promises today, or the national desk where there is no institution."""
    profile = profile_of(agency, now)
    return Promised(
        checked=_days(profile, Clock.DISPOSE_AGENCY),
        answered=_days(profile, Clock.FIRST_RESPONSE),
        information=_days(profile, Clock.SUBSTANTIVE, Classification.INFORMATION),
        aspiration=_days(profile, Clock.SUBSTANTIVE, Classification.ASPIRATION),
        complaint=_days(profile, Clock.SUBSTANTIVE, Classification.COMPLAINT),
        silence=_days(profile, Clock.SILENCE),
        ombudsman=_days(profile, Clock.ESCALATION),
    )


def profile_of(agency: AgencyInfo | None, now: datetime) -> Profile:
    """Return the SOP profile in force at the institution (or the national desk) on its local day."""
    agency = agency or national_desk()
    return profiles.in_force(agency, now.astimezone(ZoneInfo(agency.zone)).date())


def _days(profile: Profile, clock: Clock, classification: Classification | None = None) -> int | None:
    limit = profile.limit(clock, classification)
    return limit.limit if limit else None
