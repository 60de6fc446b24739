"""Forms that keep a report in order while it goes its way (S25, S44 to S48, practice)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries import tree
from lapor.desk import destinations
from lapor.desk.choices import categories, kept_tags, place_code
from lapor.desk.forms.base import ActForm, DayField
from lapor.desk.forms.intake import ToDesk, options
from lapor.kernel.fields import LongText, PlainText
from lapor.reports.queries.by_hand import arrival_of
from lapor.reports.queries.causes import open_causes
from lapor.sop.vocabulary import Action, Classification, EditReason, LinkKind

MOST_TAGS = 10


class EditForm(ActForm):
    """Better wording with the same substance; the original stays beside it (S48)."""

    template = "desk/forms/edit.html"
    title = PlainText(label=_("Title"), max_length=150)
    text = LongText(label=_("Text as published"), rows=10)
    reason = forms.TypedChoiceField(label=_("Reason"), coerce=EditReason, widget=forms.RadioSelect)
    also = forms.TypedChoiceField(
        label=_("Second reason, where two apply"), coerce=EditReason, required=False, empty_value=None
    )

    def prepare(self) -> None:
        """Begin with the published words."""
        self.offer("reason", options(EditReason))
        self.offer("also", options(EditReason), empty="–")
        self.initial.setdefault("title", self.case.report.title)
        self.initial.setdefault("text", self.case.published)


class ClassifyForm(ActForm):
    """Kind, subject, tags and place (S44 to S47)."""

    template = "desk/forms/classify.html"
    classification = forms.ChoiceField(
        label=_("Classification"), help_text=_("It sets the limit for the follow-up: 5, 14 or 60 working days.")
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, widget=forms.Select(attrs={"data-search": _("Type to search")})
    )
    tags = PlainText(label=_("Tags"), required=False, max_length=300, help_text=_("Separate them by commas."))
    place = PlainText(
        label=_("Kelurahan or district"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    place_note = PlainText(
        label=_("Address in words"), required=False, max_length=300, help_text=_("Never shown to the public.")
    )

    def prepare(self) -> None:
        """Offer the vocabularies and begin with what is set."""
        report = self.case.report
        self.offer("classification", options(Classification))
        kept = report.category.code if report.category else ""
        self.offer("category", categories(kept), empty=gettext("Not set"))
        self.initial.setdefault("classification", report.classification)
        self.initial.setdefault("category", kept)
        self.initial.setdefault("place", report.place.name if report.place else "")
        self.initial.setdefault("place_note", report.place_note)
        self.initial.setdefault("tags", ", ".join(report.tags))
        self.tags_kept = kept_tags(self.officer.desk)
        self.fields["tags"].help_text = " ".join(filter(None, (gettext("Separate them by commas."), self.tags_kept)))

    def clean_place(self) -> str:
        """Return the place's code; what was set before needs no second look."""
        typed = self.cleaned_data["place"]
        place = self.case.report.place
        return place.code if place and typed == place.name else place_code(typed)

    def clean_tags(self) -> list[str]:
        """Return the tags, each once, in lower case."""
        tags = [tag.strip().lower() for tag in self.cleaned_data["tags"].split(",")]
        return list(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]


class SecrecyForm(ActForm):
    """Who may know what (S47)."""

    anonymous = forms.BooleanField(
        label=_("Anonymous"), required=False, help_text=_("The agency never sees who reported.")
    )
    secret = forms.BooleanField(label=_("Secret"), required=False, help_text=_("The public never sees the report."))

    def prepare(self) -> None:
        """Begin with what is set."""
        self.initial.setdefault("anonymous", self.case.report.is_anonymous)
        self.initial.setdefault("secret", self.case.report.is_secret)


class NoteForm(ActForm):
    """A word among officers, naming those who should read it (S25)."""

    text = LongText(
        label=_("Note"),
        rows=3,
        help_text=_("Only officers read it. Write @ and a colleague's name, or tick the name below."),
    )
    mentions = forms.MultipleChoiceField(
        label=_("Mention"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("They get a message.")
    )

    called_back = forms.BooleanField(label=_("The reporter was called back"), required=False)

    def prepare(self) -> None:
        """Offer the officers of the desks that this report went through, and to say that somebody was called back."""
        arrival = arrival_of(self.case.report)
        if arrival is None or not arrival.wants_call or arrival.called_back_at:
            del self.fields["called_back"]
        self.offer("mentions", destinations.colleagues(self.case, self.officer))
        if not self.fields["mentions"].choices:  # type: ignore[attr-defined]
            del self.fields["mentions"]
            return
        # What completes a name while it is typed; it knows nobody but the choices of the field below.
        self.fields["text"].widget.attrs |= {
            "data-mentions": self.add_prefix("mentions"),
            "data-mentions-label": gettext("Colleagues"),
            "data-mentions-found": gettext("{n} names fit. Walk with the arrow keys, take one with Enter."),
        }

    def arguments(self) -> dict[str, Any]:
        """Return the words, the accounts named, and whether the reporter was called back."""
        text: str = self.cleaned_data["text"]
        named = dict.fromkeys([*self.cleaned_data.get("mentions", []), *self._written(text)])
        called_back = self.cleaned_data.get("called_back", False)
        return {"text": text, "mentions": [int(account) for account in named], "called_back": called_back}

    def _written(self, text: str) -> list[str]:
        """Return the colleagues named in the words themselves, as "@Sri Wahyuni"."""
        lowered = text.casefold()
        known = destinations.colleagues(self.case, self.officer) if "@" in text else []
        return [account for account, name in known if f"@{name.split(' · ')[0].casefold()}" in lowered]


class ConsultForm(ToDesk):
    """A question to another unit, which may then read the report (S25)."""

    action = Action.CONSULT
    template = "desk/forms/dispose.html"
    text = LongText(label=_("Question"), rows=3)


class JoinCauseForm(ActForm):
    """An open cause to hang the report on, or a new one with its owner, what is to be reached, and by when."""

    template = "desk/forms/join_cause.html"

    cause = forms.TypedChoiceField(
        label=_("Shared cause"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose an open cause of this institution.")},  # fixed while it was read
    )
    title = PlainText(
        label=_("New: what is the cause?"),
        max_length=120,
        required=False,
        help_text=_("Everybody may read this. Name the thing, not a person."),
    )
    target = PlainText(label=_("What is to be reached?"), max_length=300, required=False)
    due_on = DayField(label=_("By when?"), required=False)
    owner = forms.ChoiceField(label=_("Who sees to it?"), required=False)

    def prepare(self) -> None:
        """Offer the open causes of the institution and its units."""
        agency = self.case.report.agency_id
        known = [(one.id, f"{one.title} · {one.owner}") for one in open_causes(self.officer.actor, agency)]
        self.offer("cause", known, empty=_("A new cause"))
        units = tree.units_of(agency) if agency else []
        self.offer("owner", [(one.code, one.name) for one in units], empty=_("This institution"))
        self.initial.setdefault("owner", self.case.report.unit.code if self.case.report.unit else "")


class OtherReportForm(ActForm):
    """Another report, named by its number; whether this desk may see it is the use case's to say."""

    other = PlainText(label=_("Number of the other report"), max_length=40)


class LinkForm(OtherReportForm):
    """Two reports that hang together; each keeps its own receipt and clocks."""

    kind = forms.TypedChoiceField(label=_("How they hang together"), coerce=LinkKind, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """Offer the kinds of link."""
        self.offer("kind", options(LinkKind))


class UnlinkForm(ActForm):
    """One of the links of this report, to be taken back."""

    other = forms.ChoiceField(label=_("Report"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        """Offer the links there are."""
        self.offer("other", destinations.links(self.case))
