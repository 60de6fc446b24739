"""Photos and files of a form: stored as soon as they arrive, so that a refused form never asks for them again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import Refusal
from lapor.kernel.fields import Files
from lapor.portal import uploads
from lapor.portal.uploads import Kept
from lapor.reports.files import clean_name

MOST_FILES = 10


class WithFiles(forms.Form):
    """A form with files; `kept` holds those accepted, now or on an earlier try, whatever else is wrong."""

    data: QueryDict
    photos = Files(
        required=False,
        label=_("Photos or files"),
        help_text=_("Photos or PDF, at most 10. Where and when a photo was taken is removed from it."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kept: list[Kept] = []

    def clean_photos(self) -> tuple[Kept, ...]:
        """Take back what an earlier try stored, store what is new, and say of each refused file what is wrong."""
        reclaimed = uploads.reclaim(self.data.getlist("kept"))
        self.kept = reclaimed[:MOST_FILES]
        for surplus in reclaimed[MOST_FILES:]:
            self._leave_out(surplus.file.name)
        for upload in self.files.getlist("photos"):
            self._keep(upload)
        return tuple(self.kept)

    def _keep(self, upload: UploadedFile) -> None:
        if len(self.kept) >= MOST_FILES:
            self._leave_out(clean_name(upload.name or ""))
            return
        try:
            self.kept.append(uploads.keep(upload))
        except Refusal as refusal:
            self.refuse_file(str(refusal.sentence))

    def _leave_out(self, name: str) -> None:
        self.refuse_file(_("“%(name)s” was left out: at most 10 files go together.") % {"name": name})

    def refuse_file(self, sentence: str) -> None:
        """Say what is wrong with one file."""
        self.add_error("photos", sentence)
