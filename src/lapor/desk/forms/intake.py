"""Forms of verification and disposition (S27 to S30, S40 to S57)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from lapor.desk import destinations
from lapor.desk.forms.base import ActForm, WithFiles, WithPublicFiles, WithText
from lapor.desk.forms.widgets import DeskSelect
from lapor.kernel.fields import LongText, PlainText
from lapor.kernel.templatetags.ui import label
from lapor.reports.findings import Findings
from lapor.sop.vocabulary import Action, ArchiveReason, RedisposeReason, Word

WORDS = {
    "what": _("What happened"),
    "when": _("When"),
    "where": _("Where"),
    "who": _("Who is concerned"),
    "why": _("Why, what is at stake"),
    "how": _("How it happened"),
}
ANSWERS = [("yes", _("There")), ("no", _("Missing")), ("", _("Not needed"))]
_MEANING = {"yes": True, "no": False, "": None}
NOT_AN_ADMINS = (ArchiveReason.WITHDRAWN, ArchiveReason.MISTAKEN)  # other steps end a report so


def options(words: type[Word], *, but: tuple[Word, ...] = ()) -> list[tuple[str, Any]]:
    """Return a vocabulary as choices in the reader's language."""
    return [(str(word), label(word)) for word in words if word not in but]


class VerifyForm(ActForm):
    """The checklist of M2: relevant, complete, clear; 5W1H; language, tone and competence."""

    template = "desk/forms/verify.html"
    relevant = forms.BooleanField(label=_("Relevant"), required=False, help_text=_("It is about a public service."))
    complete = forms.BooleanField(label=_("Complete"), required=False, help_text=_("What is needed to act is there."))
    clear = forms.BooleanField(
        label=pgettext_lazy("of a report", "Clear"),
        required=False,
        help_text=_("One reading is enough to understand it."),
    )
    language_ok = forms.BooleanField(label=_("Language is in order"), required=False, initial=True)
    tone_ok = forms.BooleanField(label=_("Tone is in order, nothing stirs up hatred"), required=False, initial=True)
    competence_ok = forms.BooleanField(label=_("Within our competence"), required=False, initial=True)

    def prepare(self) -> None:
        """Add one question for each of the 5W1H."""
        for word, words in WORDS.items():
            self.fields[f"answer_{word}"] = forms.ChoiceField(
                label=words, choices=ANSWERS, required=False, initial="yes", widget=forms.RadioSelect
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        """Return the six questions, for the template."""
        return [self[f"answer_{word}"] for word in WORDS]

    @property
    def ticks(self) -> list[forms.BoundField]:
        """Return the three boxes of S40."""
        return [self["relevant"], self["complete"], self["clear"]]

    @property
    def checks(self) -> list[forms.BoundField]:
        """Return the boxes of S45 to S47."""
        return [self["language_ok"], self["tone_ok"], self["competence_ok"]]

    def arguments(self) -> dict[str, Any]:
        """Return the findings as the use case keeps them."""
        data = self.cleaned_data
        answers = {word: _MEANING[data[f"answer_{word}"]] for word in WORDS}
        plain = ("relevant", "complete", "clear", "language_ok", "tone_ok", "competence_ok")
        return {"findings": Findings(answers=answers, **{name: data[name] for name in plain})}


class ToDesk(ActForm):
    """A desk chosen from those the actor may reach."""

    to = forms.ChoiceField(label=_("To"), widget=DeskSelect(attrs={"data-search": _("Type to search")}))
    action: Action

    def prepare(self) -> None:
        """Offer the desks this step may reach, the suggested one chosen."""
        self.offer("to", destinations.choices(self.action, self.case, self.officer), empty=gettext("Choose a desk"))
        self.suggestion = destinations.suggestion(self.action, self.case, self.officer)
        if self.suggestion:
            self.initial.setdefault("to", self.suggestion.code)


class DisposeForm(ToDesk):
    """Where the report goes, with a cover note for the desk."""

    action = Action.DISPOSE
    template = "desk/forms/dispose.html"
    note = LongText(label=_("Cover note"), required=False, rows=3, help_text=_("Only officers read it."))


class RedisposeForm(ToDesk):
    """Another unit, and whether the first was an error or things changed (S57)."""

    action = Action.REDISPOSE
    template = "desk/forms/dispose.html"
    reason = forms.TypedChoiceField(label=_("Why again"), coerce=RedisposeReason, widget=forms.RadioSelect)
    note = LongText(label=_("Cover note"), required=False, rows=3, help_text=_("Only officers read it."))

    def prepare(self) -> None:
        """Offer the desks and the two reasons of S57."""
        super().prepare()
        self.offer("reason", options(RedisposeReason))


class TransferForm(ToDesk):
    """Another unit, which goes on where this one stopped."""

    action = Action.TRANSFER
    template = "desk/forms/dispose.html"
    note = LongText(label=_("Cover note"), required=False, rows=3, help_text=_("Only officers read it."))


class AddHandlerForm(ToDesk):
    """A second unit that must act too."""

    action = Action.ADD_HANDLER
    template = "desk/forms/dispose.html"
    text = LongText(label=_("What is asked of this unit"), rows=3)


class HandleHereForm(WithPublicFiles, WithText):
    """The agency's own response."""

    text = LongText(label=_("Response to the reporter"), help_text=_("The reporter and the public read this."))
    field_order = ("text", "files", "files_public")


class ReturnForm(ActForm):
    """Not ours: whose it is (S30, S32, S55)."""

    competent_body = PlainText(
        label=_("Who is competent"),
        max_length=200,
        help_text=_("Name the institution or unit. If there is none, write “none” and explain below."),
    )
    why = LongText(label=_("Why it is not ours"), rows=3)


class AskForm(ActForm):
    """What the reporter must still tell (S41, S50)."""

    question = LongText(
        label=_("Question to the reporter"), help_text=_("Ask only for what is missing, in plain words."), rows=4
    )

    def prepare(self) -> None:
        """Begin the question with what the checklist found missing."""
        found = self.case.verification.answers if self.case.verification else {}
        missing = [str(WORDS[word]) for word, there in found.items() if there is False and word in WORDS]
        if missing:
            lines = "\n".join(f"- {word}" for word in missing)
            self.initial.setdefault("question", gettext("Please tell us also:") + "\n" + lines)


class CompleteForm(WithFiles, WithText):
    """What the reporter told by another way, written down by the desk."""

    text = LongText(label=_("What the reporter added"), help_text=_("As told by phone, letter or at the counter."))
    field_order = ("text", "files")


class ArchiveForm(ActForm):
    """Why it ends here, in words the reporter gets (S53, S54)."""

    reason = forms.TypedChoiceField(label=_("Reason"), coerce=ArchiveReason, widget=forms.RadioSelect)
    text = LongText(label=_("Words to the reporter"), help_text=_("Say why, and what the reporter can still do."))

    def prepare(self) -> None:
        """Offer every reason that is an admin's to give."""
        self.offer("reason", options(ArchiveReason, but=NOT_AN_ADMINS))
