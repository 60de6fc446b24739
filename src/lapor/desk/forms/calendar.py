"""Declaring a day on which nothing is due."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.base import DayField
from lapor.kernel.fields import PlainText

DECLARE, REVOKE = "declare", "revoke"


class HolidayForm(forms.Form):
    """One day of one calendar."""

    calendar = forms.ChoiceField(label=_("Calendar"))
    day = DayField(label=_("Day"))
    why = PlainText(label=_("Why it is free"), max_length=200)
    decree = PlainText(label=_("Decree"), required=False, max_length=200, help_text=_("Its number and year."))

    def __init__(self, *args: Any, calendars: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["calendar"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = calendars
