"""Letting an officer go: who follows, who takes over what was begun, or nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.base import DayField
from lapor.desk.forms.officers import Offering


class HandOverForm(Offering):
    """A successor, and from which day on; a seat that is over is taken today."""

    successor = forms.TypedChoiceField(
        label=_("Successor"), coerce=int, widget=forms.Select(attrs={"data-search": _("Type to search")})
    )
    decree = forms.TypedChoiceField(
        label=_("By decree"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Needed unless the successor already serves in this role here."),
    )
    ended_on = DayField(label=_("First day of the successor"))

    def __init__(self, *args: Any, is_over: bool, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["ended_on"].initial = today
        if is_over:
            del self.fields["ended_on"]

    def arguments(self) -> dict[str, Any]:
        """Return what the use case takes."""
        return {"ended_on": None, **self.cleaned_data}


class HandWorkForm(Offering):
    """A colleague who takes what is in hand."""

    receiver = forms.TypedChoiceField(label=_("Goes to"), coerce=int)


class EndSeatForm(forms.Form):
    """The first day without this officer; and that nobody follows is meant."""

    ended_on = DayField(label=_("First day without this officer"))
    may_be_empty = forms.BooleanField(label=_("This desk may stay without anybody in this role"), required=False)
