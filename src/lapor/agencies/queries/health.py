"""What an operator should know about calendars before it hurts."""

from datetime import date

from django.db.models import Max

from lapor.agencies.models import Calendar


def calendars_end() -> date | None:
    """Return the day on which the first of the calendars ends, or None when there are none."""
    ends = Calendar.objects.annotate(end=Max("days__day")).values_list("end", flat=True)
    return min((end for end in ends if end is not None), default=None)
