"""Forms of the unit's work: responses, follow-ups, satuan kerja, head, closing (S9 to S13, S24, S31, S56 to S67)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.answer import AFTER, READ_BY_ALL, FollowUpFields, ToReporterForm
from lapor.desk.forms.base import ActForm, WithFiles, WithOptionalText, WithText, WithWhy
from lapor.desk.forms.intake import ToDesk
from lapor.desk.reading import waiting_answer, waiting_files
from lapor.kernel.fields import LongText
from lapor.reports.files import StoredFile
from lapor.reports.queries.evidence import find_evidence
from lapor.sop.vocabulary import Action


class FirstResponseForm(ToReporterForm):
    """The first response: that the report is in hand, and what happens next (S31)."""

    action = Action.RESPOND_FIRST
    text = LongText(
        label=_("First response to the reporter"),
        rows=8,
        help_text=_("Say that the report is in hand, what happens next and when. The public reads this too."),
    )


class FollowUpForm(FollowUpFields):
    """What was done by this desk (S66, S67)."""

    action = Action.FOLLOW_UP
    given: ClassVar[tuple[str, ...]] = ("text", "done_on", "done_by", "field_work")
    field_work = forms.BooleanField(label=_("Work in the field was needed"), required=False)


class ForwardForm(ToDesk):
    """The satuan kerja that must answer, and what it is asked (S9)."""

    action = Action.FORWARD
    template = "desk/forms/dispose.html"
    text = LongText(label=_("What is asked"), rows=3)


class AnswerForm(WithFiles, WithText):
    """A satuan kerja's answer to its liaison; not public until released (S11)."""

    text = LongText(label=_("Answer"), help_text=_("Your liaison officer reads this first and releases it."))
    field_order = ("text", "files")


class Releasing(ToReporterForm):
    """The unit's answer, edited by its liaison, with those of its files that shall go along (S12)."""

    text = LongText(label=_("Words to the reporter"), help_text=READ_BY_ALL, rows=8)
    pass_on = forms.MultipleChoiceField(
        label=_("Files of the satuan kerja that go along"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        """Begin with what the unit answered, and offer its files."""
        self.initial.setdefault("text", waiting_answer(self.case))
        super().prepare()
        self.offer("pass_on", [(file.token, file.name) for file in waiting_files(self.case)])
        if not waiting_files(self.case):
            del self.fields["pass_on"]

    def attachments(self) -> tuple[StoredFile, ...]:
        """Return the files typed with the words, and those of the unit that were ticked."""
        return (*super().attachments(), *self._passed_on())

    def _passed_on(self) -> Iterable[StoredFile]:
        chosen = self.cleaned_data.get("pass_on", ()) if "pass_on" in self.fields else ()
        public = bool(self.cleaned_data.get("files_public"))
        number, stage = self.case.report.number, AFTER if self.is_follow_up else ""
        for token in chosen:
            yield replace(find_evidence(self.officer.actor, number, token), is_public=public, stage=stage)


class ReleaseForm(Releasing):
    """The unit's answer as first response (S12)."""

    action = Action.RELEASE

    def arguments(self) -> dict[str, Any]:
        """Return the words, released as first response."""
        return {**super().arguments(), "as_follow_up": False}


class ReleaseFollowUpForm(Releasing, FollowUpFields):
    """The unit's answer as substantive follow-up (S13)."""

    action = Action.RELEASE_FOLLOW_UP

    def arguments(self) -> dict[str, Any]:
        """Return the words, released as follow-up."""
        return {**super().arguments(), "as_follow_up": True}


class BriefForm(WithText):
    """What the head should know and decide (S64)."""

    text = LongText(label=_("To the head"), help_text=_("What it is about, what was done, what must be decided."))


class InstructForm(WithText):
    """The head's instruction (S24)."""

    text = LongText(label=_("Instruction"), rows=3)


class AskBackForm(WithText):
    """What the head wants to know first (S24)."""

    text = LongText(label=_("Question to the liaison officer"), rows=3)


class EvaluateForm(WithOptionalText):
    """An adequate answer (S56)."""


class OutcomeForm(WithText):
    """What the Ombudsman found (C8)."""

    text = LongText(label=_("What the reporter and the agency shall know"))


class DataForm(WithFiles, WithText):
    """What the Ombudsman asked for (C8)."""

    text = LongText(label=_("Answer to the Ombudsman"))
    field_order = ("text", "files")


class ContributeForm(WithFiles, WithText):
    """A co-handler's part."""

    text = LongText(label=_("Contribution"), help_text=_("The lead unit reads this."))
    field_order = ("text", "files")


class NoWords(ActForm):
    """A step that is only confirmed."""


class Reason(WithWhy):
    """A step that wants a reason and nothing else."""
