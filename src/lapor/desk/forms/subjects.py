"""Categories and tags."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.officers import Offering
from lapor.kernel.fields import PlainText


class CategoryForm(Offering):
    """Names in both languages, and the subject above."""

    name_id = PlainText(label=_("Name in Indonesian"), max_length=120)
    name_en = PlainText(label=_("Name in English"), max_length=120)
    parent = forms.ChoiceField(
        label=_("Part of"), required=False, help_text=_("Empty: a subject of its own, with parts below it.")
    )


class MergeForm(Offering):
    """Where a category goes on."""

    into = forms.ChoiceField(label=_("Goes on as"), widget=forms.Select(attrs={"data-search": _("Type to search")}))


class TagForm(forms.Form):
    """One word."""

    word = PlainText(label=_("Tag"), max_length=40, help_text=_("In small letters, without a comma."))


class ReplaceForm(Offering):
    """A word, and the one used instead."""

    tag = forms.TypedChoiceField(label=_("Instead of"), coerce=int)
    word = PlainText(
        label=_("Use"), max_length=40, help_text=_("A new word renames it, one that you keep already takes it over.")
    )
