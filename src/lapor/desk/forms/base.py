"""The form behind every step: it knows the case, keeps what was typed, and hands words to one use case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.officer import Officer
from lapor.kernel.fields import Files, LongText
from lapor.reports.files import StoredFile, accept
from lapor.reports.queries.case import Case

MOST_FILES = 10
EARLIEST, LATEST = 1945, 2100
EASTERNMOST = ZoneInfo("Asia/Jayapura")  # nobody's "today" in Indonesia is later


class DayField(forms.DateField):
    """A day, as a date input gives it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"])
        options.setdefault("error_messages", {"invalid": _("Write the day like 31/12/2026.")})
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """Return the day; years that nobody means, and no calendar holds, are slips of the keyboard."""
        day: date | None = super().to_python(value)
        if day and not EARLIEST <= day.year <= LATEST:
            raise forms.ValidationError(_("Please check the year."))
        return day


class UploadForm(forms.Form):
    """A form with files that may be refused."""

    @property
    def lost_files(self) -> bool:
        """Tell whether files came with a refused form: no browser fills a file input again."""
        return any(vars(self)["files"].values())  # a field may have the name that hides the instance's uploads


class ActForm(UploadForm):
    """The few words that a step needs. `version` tells the report as the officer saw it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, officer: Officer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case, self.officer = case, officer
        self.initial.setdefault("version", case.report.version)
        self.prepare()
        self._focus_first()

    def _focus_first(self) -> None:
        """Let whoever opens the form begin to type at once; a refused form shows what is wrong first."""
        first = next((field for field in self.visible_fields()), None)
        if first and not self.is_bound and not isinstance(first.field.widget, forms.RadioSelect):
            first.field.widget.attrs["autofocus"] = True

    def prepare(self) -> None:
        """Fill choices and suggestions from the case; forms that need none leave this."""

    def offer(self, name: str, choices: Iterable[Any], *, empty: Any = None) -> None:
        """Give a choice field its choices, with a line for none when `empty` is given."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [*([("", empty)] if empty is not None else []), *choices]

    def past(self, name: str) -> date | None:
        """Return a day of the form, refused while nobody in Indonesia has lived it."""
        day: date | None = self.cleaned_data[name]
        if day and day > self.officer.now.astimezone(EASTERNMOST).date():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def arguments(self) -> dict[str, Any]:
        """Return what the use case takes besides code, actor, moment and version; may raise a Refusal."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "files")}


class WithText(ActForm):
    """Words that must be written."""

    text = LongText(label=_("Text"))


class WithOptionalText(ActForm):
    """Words that may be written."""

    text = LongText(label=_("Remark"), required=False, rows=3)


class WithWhy(ActForm):
    """A reason."""

    why = LongText(label=_("Reason"), rows=3)


class WithFiles(ActForm):
    """Files that go with the words; they are stored before the step, which only refers to them."""

    files = Files(  # type: ignore[assignment]  # the class attribute becomes a field, the instance's are the uploads
        required=False,
        label=_("Photos or files"),
        help_text=_("Photos or PDF, at most 10. Where a photo was taken is removed from it."),
    )

    def clean_files(self) -> list[Any]:
        """Refuse more files than a report can take at once."""
        files: list[Any] = self.cleaned_data["files"] or []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most 10 files go with one step."))
        return files

    def arguments(self) -> dict[str, Any]:
        """Store the files; a refused one is a Refusal at this field."""
        public = bool(self.cleaned_data.get("files_public"))
        words = {name: value for name, value in super().arguments().items() if name != "files_public"}
        return {**words, "files": stored(self.cleaned_data["files"], public=public)}


class WithPublicFiles(WithFiles):
    """Files that the public may see when the officer says so."""

    files_public = forms.BooleanField(
        label=_("Show the files to the public"),
        required=False,
        initial=True,
        help_text=_("Not when faces, number plates or documents can be seen."),
    )


def stored(uploads: Iterable[Any], *, public: bool = False) -> tuple[StoredFile, ...]:
    """Store uploaded files in order. Raises FileRefused for the first that cannot be accepted."""
    return tuple(replace(accept(upload, upload.name), is_public=public) for upload in uploads)
