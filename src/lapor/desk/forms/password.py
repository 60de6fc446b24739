"""Choosing a password by invitation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NEW = {"autocomplete": "new-password"}


class PasswordForm(forms.Form):
    """A password, typed twice; what makes it good is checked by the use case."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs=NEW),
        help_text=_("At least 12 characters. Three or four unrelated words are easy to keep in mind."),
    )
    again = forms.CharField(label=_("The same once more"), strip=False, widget=forms.PasswordInput(attrs=NEW))

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("This is not the same password."))
        return data
