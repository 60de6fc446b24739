"""Hours of a week, a line for each day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from lapor.agencies.usecases.hours import HOW_TO_WRITE
from lapor.desk.forms.base import DayField
from lapor.kernel.fields import PlainText
from lapor.sop.calendar import ServiceHours
from lapor.sop.hours_text import read_hours, written_hours


class HoursForm(forms.Form):
    """The usual week."""

    def __init__(self, data: Any = None, *, week: ServiceHours, **options: Any) -> None:
        super().__init__(data, **options)
        for weekday, periods in enumerate(week):
            self.fields[f"day_{weekday}"] = PlainText(
                label=WEEKDAYS[weekday], required=False, max_length=80, initial=written_hours(periods)
            )

    @property
    def days(self) -> list[forms.BoundField]:
        """Return the fields of the seven days."""
        return [self[f"day_{weekday}"] for weekday in range(7)]

    @property
    def others(self) -> list[forms.BoundField]:
        """Return the fields before the days."""
        return [field for field in self.visible_fields() if not field.name.startswith("day_")]

    def week(self) -> list[str]:
        """Return what was typed for each day, Monday first."""
        return [self.cleaned_data[f"day_{weekday}"] for weekday in range(7)]

    def clean(self) -> dict[str, Any]:
        """Mark each day whose hours cannot be read."""
        said = super().clean() or self.cleaned_data
        for name in [f"day_{weekday}" for weekday in range(7)]:
            try:
                read_hours(said.get(name, ""))
            except ValueError:
                self.add_error(name, HOW_TO_WRITE)
        return said

    def read_week(self) -> ServiceHours:
        """Return the hours as typed; call it on a valid form."""
        return tuple(read_hours(text) for text in self.week())


class PeriodForm(HoursForm):
    """A period with hours of its own."""

    name = PlainText(label=_("Name"), max_length=60, help_text=_("For example Ramadan 1448 H."))
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))
