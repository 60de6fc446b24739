"""The report form: everything on one page, only the text is a must."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.identity.contacts import EMAIL, PHONE, ContactInput
from lapor.kernel.errors import InvalidInput
from lapor.kernel.fields import LongText, PlainText
from lapor.portal.forms.evidence import MOST_FILES, WithFiles
from lapor.reports.drafts import LONGEST_TITLE, SHORTEST_TEXT, Position, clean_text
from lapor.reports.files import clean_name
from lapor.sop.vocabulary import Classification

EASTERNMOST = ZoneInfo("Asia/Jayapura")  # nobody's "today" in Indonesia is later
EARLIEST = date(1945, 8, 17)
DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]

# The words of `parts/consent.html`, by the month they were written; a new wording is a new version.
CONSENTS = ("2026-11", "2026-11b")

KINDS = [
    (str(Classification.COMPLAINT), _("Complaint: something is wrong")),
    (str(Classification.ASPIRATION), _("Aspiration: I have a wish or an idea")),
    (str(Classification.INFORMATION), _("Question: I need information")),
]


@contextmanager
def refused_as_error() -> Iterator[None]:
    """Turn the refusal of one value into the form's error for its field."""
    try:
        yield
    except InvalidInput as refusal:
        raise forms.ValidationError(str(refusal.sentence)) from refusal


_ODD_KEY = _("Something hidden in this form was damaged, so it was made new. Please press “Send” once more.")
NO_KEY = {"required": _ODD_KEY, "invalid": _ODD_KEY}


class ReportForm(WithFiles):
    """What a citizen tells. `key` is made before the first try, so that sending twice makes one report."""

    key = forms.RegexField(r"^[0-9a-f-]{36}$", label="", error_messages=NO_KEY, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What do you want to tell us?"), choices=KINDS, initial=KINDS[0][0], widget=forms.RadioSelect
    )
    text = LongText(
        label=_("What happened, or what do you wish?"),
        help_text=_("What, where, when, who, why and how: as far as you know it. Your own words are fine."),
        rows=7,
        error_messages={"required": _("Please write what you want to report.")},
    )
    title = PlainText(
        label=_("Title"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("One short line. Leave it empty and we take it from your text."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),  # going back must not bring the title of another text
    )
    happened_on = forms.DateField(
        label=_("When did it happen?"),
        required=False,
        input_formats=DATES,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("This is not a date. Write it like 31/12/2026, or leave it empty.")},
    )
    where = PlainText(
        label=_("Kelurahan or district"),
        required=False,
        max_length=120,
        help_text=_("Type the first letters of its name."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    place_note = PlainText(
        label=_("Address or landmark"),
        required=False,
        max_length=170,
        help_text=_("For example: in front of the market gate. Only officers read this."),
    )
    agency = forms.ChoiceField(
        label=_("Which institution should handle it?"),
        required=False,
        help_text=_("You need not know. We look for the right one."),
        widget=forms.Select(attrs={"data-search": _("Type a part of its name")}),
    )
    category = forms.ChoiceField(label=_("What is it about?"), required=False)
    anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_("Officers who handle your report do not see your name or how to reach you."),
    )
    for_other = forms.BooleanField(
        label=_("I report for somebody else"),
        required=False,
        help_text=_("For a neighbour, a parent, somebody who cannot write it. Officers see this."),
    )
    latitude = PlainText(required=False, widget=forms.HiddenInput(attrs={"data-told": _("a point on the map")}))
    longitude = PlainText(required=False, widget=forms.HiddenInput)
    consent = PlainText(required=False, widget=forms.HiddenInput, initial=CONSENTS[-1])
    secret = forms.BooleanField(
        label=_("Secret"),
        required=False,
        help_text=_("Only officers who handle it can read your report. It never appears on public pages."),
    )
    contact = PlainText(
        label=_("Mobile number or e-mail"),
        required=False,
        max_length=254,
        help_text=_("So that we can tell you the news. Without it, use your code to follow the report."),
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )
    name = PlainText(
        label=_("Your name"), required=False, max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def __init__(
        self,
        *args: Any,
        now: datetime,
        agencies: Iterable[tuple[str, str]],
        categories: Iterable[Any],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._now = now
        self.left_out: list[str] = []  # sentences about what the report goes without
        self.fields["key"].initial = lambda: str(uuid.uuid4())
        self._offer("agency", _("I don't know"), agencies)
        self._offer("category", _("I don't know"), categories)
        self._forget_category()

    def _offer(self, name: str, nothing: Any, choices: Iterable[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", nothing), *choices]

    def _forget_category(self) -> None:
        """Let a draft go on whose category is not used any more: an officer chooses the category anyway."""
        field, chosen = self.fields["category"], self.data.get("category", "") if self.is_bound else ""
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        if chosen and not field.valid_value(chosen):
            self.data = self.data.copy()
            self.data["category"] = ""
            self.left_out.append(gettext("The category you chose is not used any more. The officers choose one."))

    def refuse_file(self, sentence: str) -> None:
        """Let the report go without a file that cannot be taken: the words matter more, and the file can follow."""
        self.left_out.append(str(sentence))

    def clean(self) -> dict[str, Any]:
        """Put the position together; half of one, or none on earth, is none. Note what stayed on the device."""
        said = super().clean() or self.cleaned_data
        said["position"] = _position(said.get("latitude", ""), said.get("longitude", ""))
        for name in self.data.getlist("not_uploaded")[:MOST_FILES]:
            self.left_out.append(gettext("“%(name)s” could not be uploaded.") % {"name": clean_name(name)})
        return said

    def clean_consent(self) -> str:
        """Return the version of the words that were shown, nothing for one that never was."""
        version: str = self.cleaned_data["consent"]
        return version if version in CONSENTS else ""

    def clean_text(self) -> str:
        """Refuse a text that is too short or too long, together with everything else that is wrong."""
        with refused_as_error():
            return clean_text(self.cleaned_data["text"], shortest=SHORTEST_TEXT)

    def clean_contact(self) -> ContactInput | None:
        """Read a telephone number or an e-mail address, told apart by the @."""
        typed: str = self.cleaned_data["contact"]
        with refused_as_error():
            return ContactInput(EMAIL if "@" in typed else PHONE, typed) if typed else None

    def clean_happened_on(self) -> date | None:
        """Refuse days that nobody has seen yet and years that were mistyped."""
        day: date | None = self.cleaned_data["happened_on"]
        if day and day > self._now.astimezone(EASTERNMOST).date():
            raise forms.ValidationError(_("This day has not come yet. Write the day on which it happened."))
        if day and day < EARLIEST:
            raise forms.ValidationError(_("Please check the year."))
        return day


def _position(latitude: str, longitude: str) -> Position | None:
    """Return the point in degrees, to about a metre."""
    try:
        degrees = [Decimal(typed).quantize(Decimal("0.00001")) for typed in (latitude, longitude)]
        is_on_earth = abs(degrees[0]) <= 90 and abs(degrees[1]) <= 180
    except InvalidOperation:
        return None
    return Position(*degrees) if is_on_earth else None
