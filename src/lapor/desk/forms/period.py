"""Which days a register is about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.base import DayField

LONGEST = timedelta(days=366)


class PeriodForm(forms.Form):
    """A first and a last day, at most a year apart; without any, the month that runs."""

    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        self.today = today
        given = {"first": today.replace(day=1).isoformat(), "last": today.isoformat()}
        super().__init__(given | {name: data[name] for name in given if data.get(name)})

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, or that no page can show."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day comes before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("last", _("Choose a year at most."))
        return data

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day; the running month when what was typed cannot be used."""
        if self.is_valid():
            return self.cleaned_data["first"], self.cleaned_data["last"]
        return self.today.replace(day=1), self.today
