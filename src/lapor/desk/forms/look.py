"""How the institution looks at its own address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.agencies.looks import COLOURS, Crest, read_crest
from lapor.kernel.errors import InvalidInput
from lapor.kernel.fields import PlainText

NAMES = {
    "": _("Indigo, as the whole system"),
    "hijau": _("Green"),
    "toska": _("Teal"),
    "biru": _("Blue"),
    "ungu": _("Violet"),
    "marun": _("Maroon"),
    "cokelat": _("Brown"),
}


class LookForm(forms.Form):
    """Colour, a line below the name, and the crest."""

    colour = forms.ChoiceField(
        label=_("Colour"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(name, NAMES[name]) for name in ("", *COLOURS)],
    )
    motto = PlainText(
        label=_("Line below the name"),
        required=False,
        max_length=120,
        help_text=_("For example the office and its telephone number. Everybody reads it."),
    )
    crest = forms.FileField(
        label=_("Crest"),
        required=False,
        help_text=_("PNG, JPEG or WebP, best with a transparent ground. It is shown at most 256 pixels high."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    without_crest = forms.BooleanField(label=_("Show no crest"), required=False)

    def clean_crest(self) -> Crest | None:
        """Return the picture made safe; nothing when none was chosen."""
        upload: Any = self.cleaned_data["crest"]
        try:
            return read_crest(upload) if upload else None
        except InvalidInput as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal
