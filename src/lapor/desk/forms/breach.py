"""Answering for a limit that was passed (S21)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.kernel.fields import LongText


class ExplainForm(forms.Form):
    """Why it was late."""

    text = LongText(
        label=_("Why the limit was passed"), max_length=2000, help_text=_("And what will be done about it.")
    )


class AcknowledgeForm(forms.Form):
    """That the head knows, with a remark."""

    text = LongText(label=_("Remark"), required=False, max_length=2000, rows=3)
