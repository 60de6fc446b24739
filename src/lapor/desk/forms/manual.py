"""Manual entry: what came by counter, letter, telephone or social media, in the order in which people tell it."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.desk.choices import categories, place_code
from lapor.desk.forms.base import EARLIEST, EASTERNMOST, MOST_FILES, DayField, stored
from lapor.desk.forms.intake import options
from lapor.desk.officer import Officer
from lapor.identity.contacts import EMAIL, PHONE, ContactInput
from lapor.kernel.fields import Files, LongText, PlainText
from lapor.reports.drafts import LONGEST_TITLE, Draft
from lapor.reports.usecases.record_manual import Arrived, Settled
from lapor.sop.vocabulary import SOCIAL, Channel, Classification

SALT = "lapor.desk.manual"
BY_HAND = (Channel.COUNTER, Channel.LETTER, Channel.HOTLINE, *SOCIAL, Channel.EMAIL, Channel.OTHER)
OPEN, SETTLED = "open", "settled"
_WHEN_SETTLED = ("received_on", "answer", "done_on", "done_by")


class ManualForm(forms.Form):
    """One complaint. `started` carries the signed moment at which the form was opened (S69)."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    started = forms.CharField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("How did it come?"))
    seen_at = forms.DateTimeField(
        label=_("When was the message seen?"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
        help_text=_("For messages on social media: they must be recorded within one hour."),
    )
    called_at = forms.DateTimeField(
        label=_("When was the call?"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
        help_text=_("Empty: now."),
    )
    minutes = forms.IntegerField(label=_("How many minutes?"), required=False, min_value=0, max_value=600)
    said = LongText(
        label=_("What the caller was told"),
        required=False,
        rows=2,
        max_length=1000,
        help_text=_("Only officers read it."),
    )
    wants_call = forms.BooleanField(label=_("The caller wants to be called back"), required=False)
    letter_on = DayField(label=_("Date of the letter"), required=False)
    letter_number = PlainText(label=_("Number of the letter"), required=False, max_length=60)
    text = LongText(label=_("What the reporter tells"), rows=8, help_text=_("In the reporter's own words."))
    title = PlainText(
        label=_("Title"), required=False, max_length=LONGEST_TITLE, help_text=_("Empty: taken from the text.")
    )
    classification = forms.ChoiceField(label=_("Classification"), required=False)
    category = forms.ChoiceField(
        label=_("Category"), required=False, widget=forms.Select(attrs={"data-search": _("Type to search")})
    )
    happened_on = DayField(label=_("When did it happen?"), required=False)
    place = PlainText(
        label=_("Kelurahan or district"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    place_note = PlainText(label=_("Address or landmark"), required=False, max_length=300)
    name = PlainText(label=_("Reporter's name"), required=False, max_length=100)
    contact = PlainText(
        label=_("Mobile number or e-mail"),
        required=False,
        max_length=254,
        help_text=_("So that the reporter hears of every step."),
    )
    anonymous = forms.BooleanField(label=_("Anonymous"), required=False)
    secret = forms.BooleanField(label=_("Secret"), required=False)
    files = Files(  # type: ignore[assignment]  # a field on the class, the uploads on the instance
        required=False, label=_("Letter, photos or files"), help_text=_("Photos or PDF, at most 10.")
    )
    state = forms.ChoiceField(
        label=_("Where does it stand?"),
        choices=[(OPEN, _("It still has to be handled")), (SETTLED, _("It is already settled"))],
        initial=OPEN,
        widget=forms.RadioSelect,
    )
    received_on = DayField(label=_("When did it come in?"), required=False)
    answer = LongText(label=_("What was done"), required=False, rows=4, help_text=_("The public reads this."))
    done_on = DayField(label=_("When was it done?"), required=False)
    done_by = PlainText(label=_("By whom"), required=False, max_length=200, help_text=_("Office or team."))
    proof = Files(required=False, label=_("Evidence of what was done"))

    def __init__(self, *args: Any, officer: Officer, **options_: Any) -> None:
        super().__init__(*args, **options_)
        self.officer = officer
        self.zone = ZoneInfo(officer.desk.zone)
        self._offer("channel", options(Channel, but=tuple(set(Channel) - set(BY_HAND))))
        self._offer("classification", [("", gettext("Not sure")), *options(Classification)])
        self._offer("category", [("", gettext("Not sure")), *categories()])
        self.initial.setdefault("channel", str(Channel.COUNTER))
        self.initial.setdefault("key", str(uuid.uuid4()))
        self.initial.setdefault("started", signing.dumps(officer.now.isoformat(), salt=SALT))

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def clean_started(self) -> datetime:
        """Read the signed moment; a forged one is told apart from a slow hand."""
        try:
            return datetime.fromisoformat(signing.loads(self.cleaned_data["started"], salt=SALT))
        except (signing.BadSignature, ValueError) as broken:
            raise forms.ValidationError(_("Open the form anew: its start time cannot be read.")) from broken

    def clean_seen_at(self) -> datetime | None:
        """Read the moment as the desk's own time."""
        seen: datetime | None = self.cleaned_data["seen_at"]
        if seen is None or self.cleaned_data.get("channel") not in [str(channel) for channel in SOCIAL]:
            return None
        return self._past(seen)

    def clean_called_at(self) -> datetime | None:
        """Read the moment of the call as the desk's own time."""
        called: datetime | None = self.cleaned_data["called_at"]
        if called is None or self.cleaned_data.get("channel") != str(Channel.HOTLINE):
            return None
        return self._past(called)

    def _past(self, moment: datetime) -> datetime:
        if moment.year < EARLIEST:
            raise forms.ValidationError(_("Please check the year."))
        local = moment.replace(tzinfo=self.zone)
        if local > self.officer.now:
            raise forms.ValidationError(_("This moment has not come yet."))
        return local

    def clean_place(self) -> str:
        """Return the place's code."""
        return place_code(self.cleaned_data["place"])

    def clean(self) -> dict[str, Any]:
        """Ask for the original dates of what is already settled, and refuse days to come."""
        data = super().clean() or self.cleaned_data
        if data.get("state") == SETTLED:
            for name in _WHEN_SETTLED:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A settled complaint needs this."))
        today = self.officer.now.astimezone(EASTERNMOST).date()
        if data.get("wants_call") and data.get("channel") == str(Channel.HOTLINE) and not data.get("contact"):
            self.add_error("contact", _("Write down the number at which the caller is to be called back."))
        for name in ("happened_on", "received_on", "done_on", "letter_on"):
            if data.get(name) and data[name] > today:
                self.add_error(name, _("This day has not come yet."))
        for name in ("files", "proof"):
            if len(data.get(name) or []) > MOST_FILES:
                self.add_error(name, _("At most 10 files go with one step."))
        return data

    @property
    def started_at(self) -> datetime:
        """Return when this entry began; for a form just opened, now."""
        try:
            return datetime.fromisoformat(signing.loads(self["started"].value() or "", salt=SALT))
        except (signing.BadSignature, ValueError):
            return self.officer.now

    def draft(self) -> Draft:
        """Return the report as told; stores its files. Raises FileRefused, or InvalidInput for the contact."""
        data = self.cleaned_data
        same = ("text", "title", "classification", "category", "happened_on", "place", "place_note", "name")
        return Draft(
            **{name: data[name] for name in same},
            channel=data["channel"],
            anonymous=data["anonymous"],
            secret=data["secret"],
            contact=_contact(data["contact"]),
            files=stored(data["files"] or ()),
        )

    def arrived(self) -> Arrived:
        """Return the call or letter behind it; what belongs to another way is left out when it is kept."""
        names = ("called_at", "minutes", "said", "wants_call", "letter_on", "letter_number")
        return Arrived(**{name: self.cleaned_data[name] for name in names})

    def settled(self) -> Settled | None:
        """Return how it was settled, or None while it is open."""
        data = self.cleaned_data
        if data["state"] != SETTLED:
            return None
        return Settled(
            received_at=datetime.combine(data["received_on"], time.min, self.zone),
            answer=data["answer"],
            done_on=data["done_on"],
            done_by=data["done_by"],
            files=stored(data["proof"] or ()),
        )


def _contact(typed: str) -> ContactInput | None:
    if not typed:
        return None
    return ContactInput(EMAIL if "@" in typed else PHONE, typed)
