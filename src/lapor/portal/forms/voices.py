"""What readers of a public report may send: a comment, an address for news."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.reports.usecases.comment import LONGEST, LONGEST_NAME


class CommentForm(forms.Form):
    """A comment, with a name or without."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("An officer reads it before it appears. Write no names, phone numbers or links."),
        error_messages={
            "required": _("Write your comment first."),
            "max_length": _("The comment is too long: at most %(limit_value)d characters."),
        },
    )
    name = forms.CharField(
        label=_("Name to show"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("Leave it empty to stay without a name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )


class FollowForm(forms.Form):
    """An e-mail address that wants news."""

    contact = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=_("We ask there first whether you want it. You can stop at any time."),
        error_messages={"required": _("Write your e-mail address first.")},
    )
