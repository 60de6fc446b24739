"""One question and one answer box, for a phone in the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.desk.forms.base import MOST_FILES, UploadForm, stored
from lapor.kernel.fields import Files, LongText
from lapor.reports.files import StoredFile

PICTURES = {"accept": "image/jpeg,image/png,image/webp"}


class TaskForm(UploadForm):
    """Words, which an approval may leave out, and photos, taken now or chosen."""

    text = LongText(label=_("Your answer"), rows=6, required=False)
    camera = Files(label=_("Take a photo"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, with_photo: bool, must_say: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.must_say = must_say
        self.fields["camera"].widget.attrs.update({**PICTURES, "capture": "environment"})
        if not with_photo:
            del self.fields["camera"]
        else:
            self.fields["files"] = Files(label=_("Choose photos or a PDF"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the step needs them, and refuse too many files."""
        data = super().clean() or self.cleaned_data
        if self.must_say and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Please write your answer."))
        if len(self._uploads()) > MOST_FILES:
            self.add_error("camera", _("At most 10 files go with one step."))
        return data

    def _uploads(self) -> list[Any]:
        return [*(self.cleaned_data.get("camera") or ()), *(self.cleaned_data.get("files") or ())]

    def photos(self) -> tuple[StoredFile, ...]:
        """Return the files, stored. Raises FileRefused."""
        return stored(self._uploads())
