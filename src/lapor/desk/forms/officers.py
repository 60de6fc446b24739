"""Officers and their decrees: who is away, who takes over, who is appointed (S16 to S18)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.base import DayField
from lapor.kernel.fields import PlainText
from lapor.sop.vocabulary import Role

Choices = list[tuple[str, Any]]


class Offering(forms.Form):
    """A form whose choices come with it, by field name."""

    def __init__(self, *args: Any, offered: dict[str, Choices], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = [("", gettext("Choose")), *choices] if not field.initial else choices


class AbsenceForm(Offering):
    """Days away, both included, and who stands in."""

    deputy = forms.TypedChoiceField(label=_("Who stands in"), coerce=int, help_text=_("Somebody of the same desk."))
    first_day = DayField(label=_("First day away"))
    last_day = DayField(label=_("Last day away"))
    why = PlainText(label=_("Why"), required=False, max_length=200, help_text=_("For example leave or training."))


class DecreeForm(forms.Form):
    """A decree that names officers."""

    number = PlainText(label=_("Number"), max_length=100)
    about = PlainText(label=_("About"), required=False, max_length=300)
    signed_on = DayField(label=_("Signed on"))
    valid_from = DayField(label=_("Valid from"))
    valid_to = DayField(label=_("Valid to"))


class AppointForm(Offering):
    """A new officer: the person, the desk, the role, and the decree behind it."""

    name = PlainText(label=_("Name"), max_length=150)
    login = PlainText(label=_("Login name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail of the office"))
    agency = forms.ChoiceField(label=_("Desk"), widget=forms.Select(attrs={"data-search": _("Type to search")}))
    role = forms.TypedChoiceField(label=_("Role"), coerce=Role)
    title = PlainText(label=_("Position"), required=False, max_length=120)
    decree = forms.TypedChoiceField(label=_("By decree"), coerce=int)
