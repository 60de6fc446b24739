"""What an operator should know about agencies before it hurts: calendars that end, decrees that expire."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from lapor.agencies.models import Calendar, Decree


@dataclass(frozen=True)
class EndingDecree:
    """A decree with officers in office that is no longer in force, or soon will not be."""

    number: str
    institution: str
    valid_to: date


def calendars_end() -> date | None:
    """Return the day on which the first of the calendars ends, or None when there are none."""
    ends = Calendar.objects.annotate(end=Max("days__day")).values_list("end", flat=True)
    known = [end for end in ends if end is not None]
    return min(known, default=None)


def ending_decrees(*, on: date, within: timedelta) -> list[EndingDecree]:
    """Return the newest decree of each institution that ends within this time, or has ended; first to end first."""
    serving = Q(appointments__ended_on=None) | Q(appointments__ended_on__gt=on)
    newest = Decree.objects.filter(serving).order_by("institution", "-valid_to").distinct("institution")
    rows = [row for row in newest.select_related("institution") if row.valid_to < on + within]
    found = [EndingDecree(row.number, row.institution.name, row.valid_to) for row in rows]
    return sorted(found, key=lambda decree: decree.valid_to)
