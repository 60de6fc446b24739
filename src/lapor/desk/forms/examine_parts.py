"""The parts of the verification screen, each the form that the same step has on the case (S40 to S55)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.desk import destinations
from lapor.desk.diff import Piece, differences
from lapor.desk.forms.base import ActForm
from lapor.desk.forms.care import ClassifyForm, EditForm, SecrecyForm
from lapor.desk.forms.intake import ArchiveForm, AskForm, DisposeForm, HandleHereForm, ReturnForm, VerifyForm
from lapor.language import Regional, case_part, regional, smartcase
from lapor.reports.queries.causes import causes_of
from lapor.reports.usecases.classify import Subject
from lapor.reports.usecases.edit import Wording
from lapor.reports.usecases.verify_and_decide import Protection
from lapor.sop.vocabulary import Action, EditReason, Status
from lapor.triage.advice import Advice

ENGLISH = "en"  # another language, but no regional one


class Part(ActForm):
    """A part of the screen: it never takes the focus from the words."""

    def _focus_first(self) -> None:
        """Leave the focus where the page puts it."""


class CheckPart(Part, VerifyForm):
    """The checklist, with what a first reading by the machine found; the three boxes of S40 are the officer's own."""

    def suggest(self, advice: Advice) -> None:
        """Begin with the questions that the text answers or its kind does not need; harsh words leave the tone open."""
        self.initial.setdefault("tone_ok", not advice.harsh)
        found = {question.rule: bool(question.found) for question in advice.questions}
        told = {"where": bool(self.case.report.place_id), "when": bool(self.case.report.happened_on)}
        for name in [name for name in self.fields if name.startswith("answer_")]:
            word = name.removeprefix("answer_")
            seen = found.get(word) or told.get(word) or found.get(word)
            self.initial.setdefault(name, {True: "yes", False: "no", None: ""}[seen])


class WordsPart(Part, EditForm):
    """The wording. Its reason is asked for only where more than capitals changed."""

    reason = forms.TypedChoiceField(
        label=_("Reason"), coerce=EditReason, required=False, empty_value=None, widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        """Begin with the published words; SmartCase's reason is found by itself, a regional language is seen (S48)."""
        super().prepare()
        kept = [(code, name) for code, name in self.fields["reason"].choices if code != EditReason.SMARTCASE]  # type: ignore[attr-defined]
        self.offer("reason", kept)
        self.offer("also", kept, empty="–")
        if any(part.code != ENGLISH for part in self.tongues):
            self.initial.setdefault("reason", EditReason.REGIONAL)

    @cached_property
    def tongues(self) -> tuple[Regional, ...]:
        """The parts of the published text that seem to be in another language than Indonesian."""
        return regional(self.case.published)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where words changed."""
        data = super().clean() or self.cleaned_data
        if "title" in data and "text" in data and data.get("reason") is None and self._words_changed(data):
            self.add_error("reason", _("Say why you changed the words."))
        return data

    def _words_changed(self, data: Mapping[str, Any]) -> bool:
        return (data["title"], data["text"]) != self._between(data)

    def _between(self, data: Mapping[str, Any]) -> tuple[str, str]:
        """Return the wording after SmartCase alone: the old words with the capitals of the new ones (S44).

        The old words as they are where no sentence is typed in capitals.
        """
        title, text = self.case.report.title, self.case.published
        if smartcase(title):
            title = case_part(title, data["title"])
        if smartcase(text):
            text = case_part(text, data["text"])
        return title, text

    @property
    def is_changed(self) -> bool:
        """Tell whether the words in the form are other than the published ones."""
        return (self["title"].value(), self._typed) != (self.case.report.title, self.case.published)

    @property
    def difference(self) -> list[Piece]:
        """Return what the words in the form change."""
        return differences(self.case.published, self._typed)

    @property
    def _typed(self) -> str:
        return str(self["text"].value() or "").replace("\r\n", "\n")

    def wordings(self) -> tuple[Wording, ...]:
        """Return the corrections in their order: SmartCase first, then the words, each with its reason."""
        data = self.cleaned_data
        calm = Wording(*self._between(data), EditReason.SMARTCASE)
        words = Wording(data["title"], data["text"], data["reason"], data["also"])
        before, found = (self.case.report.title, self.case.published), []
        for step in (calm, words):
            if (step.title, step.text) != before:
                found.append(step)
                before = step.title, step.text
        return tuple(found)


class AboutPart(Part, ClassifyForm):
    """Kind, subject, tags and place; the likeliest category is chosen where the reporter named none."""

    def prepare(self) -> None:
        """Leave out what an admin knows by heart: the page is read a hundred times a day."""
        super().prepare()
        self.fields["classification"].help_text = ""
        self.fields["tags"].help_text = self.tags_kept

    def suggest(self, advice: Advice) -> None:
        """Begin with the likeliest category."""
        if advice.categories and not self.initial.get("category"):
            self.initial["category"] = advice.categories[0].code

    def subject(self) -> Subject | None:
        """Return what the report is about, or None where nothing changed."""
        data, report = self.cleaned_data, self.case.report
        said = Subject(data["classification"], data["category"], tuple(data["tags"]), data["place"], data["place_note"])
        was = Subject(
            report.classification,
            report.category.code if report.category else "",
            tuple(report.tags),
            report.place.code if report.place else "",
            report.place_note,
        )
        return said if said != was else None


class WhoPart(Part, SecrecyForm):
    """Who may know."""

    def protection(self) -> Protection | None:
        """Return the change, or None where nothing changed."""
        data, report = self.cleaned_data, self.case.report
        if (data["anonymous"], data["secret"]) == (report.is_anonymous, report.is_secret):
            return None
        return Protection(data["anonymous"], data["secret"])


class DisposePart(Part, DisposeForm):
    """Where it goes: one of the suggestions, or any other desk, found by any of its names."""

    suggested = forms.ChoiceField(label=_("Suggested"), required=False, widget=forms.RadioSelect)
    field_order = ("suggested", "to", "note")

    def prepare(self) -> None:
        """Word the fields; which desks there are `suggest` knows, none is chosen among them."""
        self.fields["to"].required = False
        self.fields["to"].label = gettext("Another desk")
        self.fields["note"].widget.attrs["rows"] = 2
        self.offer("suggested", [])

    def suggest(self, advice: Advice) -> None:
        """Offer the desks that this step may reach, and of the suggestions those among them, the first one chosen."""
        others = destinations.offered(advice.desks, but={self.case.report.desk_id})
        self.offer("to", others, empty=gettext("Choose a desk"))
        reachable = {code for code, _name in others}
        offered = [one for one in advice.units if one.code in reachable]
        self.offer("suggested", [(one.code, one.name) for one in offered])
        self.offered = offered
        if offered:
            self.initial.setdefault("suggested", offered[0].code)

    def clean(self) -> dict[str, Any]:
        """A desk that was looked for goes before one that was suggested."""
        data = super().clean() or self.cleaned_data
        if "to" in data and not data["to"]:
            data["to"] = data.get("suggested", "")
        if "to" in data and not data["to"]:
            self.add_error("to", _("Choose a desk."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the desk and the note."""
        return {"to": self.cleaned_data["to"], "note": self.cleaned_data["note"]}


class HandlePart(Part, HandleHereForm):
    """The agency's own response."""


class AskPart(Part, AskForm):
    """Only what is missing, in the reporter's language."""

    def suggest(self, advice: Advice) -> None:
        """Begin with a question for each of the six that the text leaves open."""
        opened = [question.ask.id for question in advice.questions if question.found is None]
        if opened:
            self.initial.setdefault("question", "\n".join(f"- {line}" for line in opened))


class ReturnPart(Part, ReturnForm):
    """Whose it is."""

    def suggest(self, advice: Advice) -> None:
        """Begin with the body that the text names."""
        if advice.bodies:
            self.initial.setdefault("competent_body", advice.bodies[0].name)


class ArchivePart(Part, ArchiveForm):
    """Why it ends here."""


OUTCOMES: dict[Action, tuple[type[Part], Any]] = {
    Action.DISPOSE: (DisposePart, _("Dispose")),
    Action.HANDLE_HERE: (HandlePart, _("Handle here")),
    Action.ASK: (AskPart, _("Ask the reporter")),
    Action.RETURN: (ReturnPart, _("Return")),
    Action.ARCHIVE: (ArchivePart, _("Archive")),
}


CAUSE = "penyebab-"  # before the id of a cause, where a report's number may stand


class OutcomePart(Part):
    """Which way it goes, and whether it says what another report says already."""

    outcome = forms.ChoiceField(label=_("What happens with it"), widget=forms.RadioSelect)
    duplicate_of = forms.ChoiceField(label=_("Says the same as"), required=False, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """Offer the outcomes that the table opens now."""
        waits = self.case.status is Status.UNVERIFIED  # later questions and the like are asked on the case
        opened = {choice.step.action for choice in self.case.choices if choice.is_open and waits}
        self.offer("outcome", [(str(action), name) for action, (_form, name) in OUTCOMES.items() if action in opened])
        self.offer("duplicate_of", [])

    def suggest(self, advice: Advice) -> None:
        """Offer the reports that say nearly the same, and the causes on which they hang."""
        alike = [(same.number, same.one.title) for same in advice.alike]
        causes = causes_of(self.officer.actor, self.case.report, [same.one.id for same in advice.alike])
        shared = [(f"{CAUSE}{one.id}", one.title) for one in causes]
        self.offer("duplicate_of", [*shared, *alike], empty=gettext("None of these"))

    @property
    def same(self) -> dict[str, Any]:
        """Return what was chosen, as the use case takes it: a report that says the same, or a cause of many."""
        chosen: str = self.cleaned_data["duplicate_of"]
        return {"cause": int(chosen.removeprefix(CAUSE))} if chosen.startswith(CAUSE) else {"duplicate_of": chosen}
