"""Why an officer must know who reported."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.kernel.fields import LongText


class RevealForm(forms.Form):
    """One sentence; the reporter will read it."""

    reason = LongText(
        label=_("Why must you know?"), rows=3, help_text=_("At least ten characters. The reporter reads this sentence.")
    )
