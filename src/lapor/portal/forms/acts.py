"""The forms behind the reporter's buttons; `arguments` are those of the use case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.kernel.fields import LongText
from lapor.portal.forms.evidence import WithFiles
from lapor.sop.vocabulary import Blame, Concern, Praise, Word

EMPTY = {"required": _("Please write a few words.")}


class ActForm(forms.Form):
    """What every act carries: the report's code (the authority to act) and the version the person looked at."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """Return what the use case needs beside code, version, actor and now."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("code", "version")}

    def words(self) -> str:
        """Return what was typed into the form's box, if it has one."""
        return str(self.data.get("text") or self.data.get("why") or "").replace("\r\n", "\n").strip()


class MessageForm(WithFiles, ActForm):
    """Words that must be there, and files that may."""

    text = LongText(label=_("Your message"), error_messages=EMPTY)
    field_order: tuple[str, ...] = ("text", "photos")

    def arguments(self) -> dict[str, Any]:
        """Return the words, the stored files, and what is found wrong where the form asks for it."""
        said = {"text": self.cleaned_data["text"], "files": tuple(kept.file for kept in self.kept)}
        return said | ({"concern": self.cleaned_data["concern"]} if "concern" in self.fields else {})


class _Label:
    """A word of the vocabulary, in the reader's language when it is shown."""

    def __init__(self, word: Word) -> None:
        self._word = word

    def __str__(self) -> str:
        return self._word.label(get_language() or "id")


def _labels(words: Iterable[Word]) -> list[tuple[str, object]]:
    return [(str(word), lazystr(_Label(word))) for word in words]


class TellForm(MessageForm):
    """A message, which may say what is wrong where the SOP knows no objection yet."""

    concern = forms.ChoiceField(
        label=_("Is something wrong?"),
        required=False,
        choices=[("", _("No, just a message")), *_labels(Concern)],
    )
    field_order = ("concern", "text", "photos")


class CompletionForm(MessageForm):
    """The answer to a desk's question."""

    text = LongText(label=_("Your answer"), error_messages=EMPTY)


class ObjectionForm(MessageForm):
    """Why it is not done, or what else is wrong."""

    concern = forms.TypedChoiceField(
        label=_("What is wrong?"),
        required=False,
        choices=_labels(Concern),
        empty_value=str(Concern.NOT_DONE),
        widget=forms.RadioSelect,
        initial=str(Concern.NOT_DONE),
    )
    field_order = ("concern", "text", "photos")
    text = LongText(
        label=_("What is not done yet?"),
        help_text=_("A photo of how it looks now helps most."),
        error_messages=EMPTY,
    )


class ConfirmForm(ActForm):
    """It is done: one to five stars, and words if wanted."""

    rating = forms.TypedChoiceField(
        label=_("How well was it handled?"),
        coerce=int,
        choices=[(n, str(n)) for n in range(1, 6)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one to five stars.")},
    )
    good = forms.MultipleChoiceField(
        label=_("What was good?"), required=False, choices=_labels(Praise), widget=forms.CheckboxSelectMultiple
    )
    bad = forms.MultipleChoiceField(
        label=_("What was not good?"), required=False, choices=_labels(Blame), widget=forms.CheckboxSelectMultiple
    )
    text = LongText(label=_("In your own words"), required=False, rows=3)


class WithdrawForm(ActForm):
    """Take the report back."""

    text = LongText(label=_("Why do you withdraw it?"), required=False, rows=3)


class ReopenForm(WithFiles, ActForm):
    """It was closed, but it is not over; a photo helps."""

    why = LongText(label=_("Why must it be opened again?"), error_messages=EMPTY)
    field_order = ("why", "photos")

    def arguments(self) -> dict[str, Any]:
        """Return the reason and the stored files."""
        return {"why": self.cleaned_data["why"], "files": tuple(kept.file for kept in self.kept)}


class RestoreForm(ActForm):
    """Out of the archive again."""

    text = LongText(
        label=_("What should the officers know?"),
        help_text=_("Write what was unclear, or why this does concern the government."),
        error_messages=EMPTY,
    )


class ConsentForm(ActForm):
    """May the Ombudsman learn who the reporter is (C8)?"""

    given = forms.TypedChoiceField(
        label=_("May we give the Ombudsman your name and how to reach you?"),
        coerce=lambda typed: typed == "yes",
        choices=[("yes", _("Yes, you may")), ("no", _("No, send the report without my identity"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )


class SecrecyForm(ActForm):
    """Who may know."""

    anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_("Officers who handle your report do not see your name or how to reach you."),
    )
    secret = forms.BooleanField(
        label=_("Secret"),
        required=False,
        help_text=_("Only officers who handle it can read your report. It never appears on public pages."),
    )


class CodeForm(forms.Form):
    """The tracking code, as it was written down."""

    code = forms.CharField(
        label=_("Report code"),
        max_length=40,
        error_messages={"required": _("Please type the code of your report.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "ABCDE-12345-X",
            }
        ),
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=20,
        required=False,
        help_text=_("Only if you gave this code a PIN."),
        widget=forms.PasswordInput(
            attrs={"autocomplete": "off", "inputmode": "numeric", "size": 8}, render_value=False
        ),
    )


class SignInForm(forms.Form):
    """Login name and password."""

    login = forms.CharField(
        label=_("Login name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
