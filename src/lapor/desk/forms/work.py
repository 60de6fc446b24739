"""Forms of the unit's work: responses, follow-ups, satuan kerja, head, closing (S9 to S13, S24, S31, S56 to S67)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.base import ActForm, DayField, WithFiles, WithOptionalText, WithPublicFiles, WithText, WithWhy
from lapor.desk.forms.intake import ToDesk
from lapor.desk.reading import waiting_answer
from lapor.kernel.fields import LongText, PlainText
from lapor.sop.vocabulary import Action

READ_BY_ALL = _("The reporter and the public read this. Leave out names, phone numbers and other people's data.")


class FirstResponseForm(WithPublicFiles, WithText):
    """The first response: that the report is in hand, and what happens next (S31)."""

    text = LongText(
        label=_("First response to the reporter"),
        help_text=_("Say that the report is in hand, what happens next and when. The public reads this too."),
    )
    field_order = ("text", "files", "files_public")


class FollowUpForm(WithPublicFiles, WithText):
    """What was done: the only thing that counts as a follow-up (S66, S67, C9)."""

    text = LongText(label=_("What was done"), help_text=READ_BY_ALL)
    done_on = DayField(label=_("When"))
    done_by = PlainText(label=_("By whom"), max_length=200, help_text=_("Office or team, no personal names."))
    field_work = forms.BooleanField(label=_("Work in the field was needed"), required=False)
    field_order = ("text", "done_on", "done_by", "field_work", "files", "files_public")

    def clean_done_on(self) -> date | None:
        """Refuse a day to come: what is announced is not done."""
        return self.past("done_on")


class ForwardForm(ToDesk):
    """The satuan kerja that must answer, and what it is asked (S9)."""

    action = Action.FORWARD
    template = "desk/forms/dispose.html"
    text = LongText(label=_("What is asked"), rows=3)


class AnswerForm(WithFiles, WithText):
    """A satuan kerja's answer to its liaison; not public until released (S11)."""

    text = LongText(label=_("Answer"), help_text=_("Your liaison officer reads this first and releases it."))
    field_order = ("text", "files")


class ReleaseForm(WithText):
    """The unit's answer, edited, as first response (S12)."""

    text = LongText(label=_("Words to the reporter"), help_text=READ_BY_ALL)

    def prepare(self) -> None:
        """Begin with what the unit answered."""
        self.initial.setdefault("text", waiting_answer(self.case))

    def arguments(self) -> dict[str, Any]:
        """Return the words, released as first response."""
        return {**super().arguments(), "as_follow_up": False}


class ReleaseFollowUpForm(ReleaseForm):
    """The unit's answer, edited, as substantive follow-up (S13)."""

    done_on = DayField(label=_("When"))
    done_by = PlainText(label=_("By whom"), max_length=200, help_text=_("Office or team, no personal names."))

    def clean_done_on(self) -> date | None:
        """Refuse a day to come."""
        return self.past("done_on")

    def arguments(self) -> dict[str, Any]:
        """Return the words, released as follow-up."""
        return {**super().arguments(), "as_follow_up": True}


class BriefForm(WithText):
    """What the head should know and decide (S64)."""

    text = LongText(label=_("To the head"), help_text=_("What it is about, what was done, what must be decided."))


class InstructForm(WithText):
    """The head's instruction (S24)."""

    text = LongText(label=_("Instruction"), rows=3)


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
