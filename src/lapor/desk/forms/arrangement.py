"""Units, keywords, rules, ready texts, and looking through the record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.base import DayField
from lapor.desk.forms.officers import Offering
from lapor.kernel.fields import LongText, PlainText

SEARCHED = {"data-search": _("Type to search")}
KINDS = [
    ("question", _("A question to the reporter")),
    ("first_response", _("First response")),
    ("follow_up", _("Follow-up")),
    ("return", _("Returning a report")),
    ("archive", _("Archiving a report")),
]


class UnitForm(Offering):
    """A new unit or satuan kerja."""

    parent = forms.ChoiceField(label=_("Below"), widget=forms.Select(attrs=SEARCHED))
    name = PlainText(label=_("Name"), max_length=200)
    short_name = PlainText(label=_("Short name"), required=False, max_length=60)


class RenameForm(forms.Form):
    """Another name."""

    name = PlainText(label=_("Name"), max_length=200)
    short_name = PlainText(label=_("Short name"), required=False, max_length=60)


class AbolishForm(Offering):
    """Who takes the work over, and the rules with it."""

    into = forms.ChoiceField(
        label=_("Who takes over its work"),
        required=False,
        help_text=_(
            "Its routing rules go over, and suggestions learn from its past for the one that takes over. "
            "Empty: the rules are removed."
        ),
    )


class KeywordForm(forms.Form):
    """A word for text messages."""

    word = PlainText(label=_("Keyword"), max_length=60, help_text=_("Case, spaces and dots do not matter."))


class RuleForm(Offering):
    """What, where, and whose."""

    category = forms.ChoiceField(label=_("Category"), widget=forms.Select(attrs=SEARCHED))
    place = PlainText(
        label=_("Place"),
        required=False,
        max_length=200,
        help_text=_("For example Ampenan, Kota Mataram. Empty: anywhere."),
    )
    unit = forms.ChoiceField(label=_("Unit"), widget=forms.Select(attrs=SEARCHED))


class TryForm(Offering):
    """A report as it might come."""

    prefix = "try"
    category = forms.ChoiceField(label=_("Category"), widget=forms.Select(attrs=SEARCHED))
    place = PlainText(label=_("Place"), required=False, max_length=200)


class TemplateForm(Offering):
    """A ready text."""

    kind = forms.ChoiceField(label=_("For"), choices=KINDS)
    name = PlainText(label=_("Name"), max_length=120)
    category = forms.ChoiceField(
        label=_("Category"), required=False, help_text=_("Offered first for reports of this category.")
    )
    text = LongText(
        label=_("Text"),
        rows=8,
        max_length=5000,
        help_text=_("What must be filled in by hand stands between braces: {{ date }}. It cannot be sent unfilled."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class AuditForm(Offering):
    """Which deeds."""

    who = PlainText(label=_("Who"), required=False, max_length=100)
    action = forms.ChoiceField(label=_("What"), required=False)
    first = DayField(label=_("From day"), required=False)
    last = DayField(label=_("To day"), required=False)


class DecreeFileForm(forms.Form):
    """The decree itself."""

    file = forms.FileField(
        label=_("The decree (SK)"), help_text=_("A PDF, or a photo on which every word can be read. At most 5 MB.")
    )
