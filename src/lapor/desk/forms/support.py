"""Beginning a support visit."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.agencies.usecases.support import MINUTES
from lapor.desk.forms.officers import Offering
from lapor.kernel.fields import PlainText


class VisitForm(Offering):
    """Where, why, and for how long."""

    institution = forms.ChoiceField(
        label=_("Institution"), widget=forms.Select(attrs={"data-search": _("Type to search")})
    )
    reason = PlainText(
        label=_("Reason"), max_length=300, help_text=_("The institution reads it, with everything you open.")
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(n, _("%(n)s minutes") % {"n": n}) for n in MINUTES],
        widget=forms.RadioSelect,
        initial=MINUTES[0],
    )
