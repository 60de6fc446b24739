"""Forms of a citizen's account: an address, the code sent to it, a name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.identity.contacts import EMAIL, PHONE, ContactInput
from lapor.kernel.errors import InvalidInput
from lapor.kernel.fields import PlainText


class AddressForm(forms.Form):
    """An e-mail address, or a phone number where a channel serves phones; `cleaned_data["contact"]` is the address."""

    contact = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={"required": _("Please type your e-mail address.")},
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
    )

    def __init__(self, *args: object, with_phones: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if with_phones:
            self.fields["contact"].label = _("E-mail address or mobile number")
            self.fields["contact"].widget.attrs |= {"autocomplete": "username", "inputmode": "text"}

    def clean_contact(self) -> ContactInput:
        """Return the address in its normal form: what has an @ is an e-mail address."""
        typed = self.cleaned_data["contact"]
        try:
            return ContactInput(EMAIL if "@" in typed else PHONE, typed)
        except InvalidInput as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from None


class DigitsForm(forms.Form):
    """The six digits that were sent."""

    digits = forms.CharField(
        label=_("The six digits"),
        max_length=20,
        error_messages={"required": _("Please type the code that we sent you.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 8}),
    )


class NameForm(forms.Form):
    """What a person is called; empty to be forgotten."""

    name = PlainText(
        label=_("Your name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PinForm(forms.Form):
    """A PIN for a code."""

    pin = forms.CharField(
        label=_("New PIN"),
        max_length=20,
        help_text=_("6 to 8 digits. More digits are safer."),
        error_messages={"required": _("Please type a PIN of 6 to 8 digits.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": 8}),
    )
