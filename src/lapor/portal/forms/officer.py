"""The second step of an officer's sign-in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class FactorForm(forms.Form):
    """Six digits of an app, or a recovery code."""

    digits = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}),
    )


class AppForm(forms.Form):
    """The first code of an app being set up."""

    digits = forms.CharField(
        label=_("Code that the app shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )
