"""What an answer to the reporter is written in: the words, what was done, files, a ready text, a time to leave."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.blanks import blanks, check_filled
from lapor.agencies.queries.templates import TemplateInfo, templates_for
from lapor.desk.forms.base import MOST_FILES, ActForm, DayField, stored
from lapor.kernel.errors import Refusal
from lapor.kernel.fields import Files, LongText, PlainText
from lapor.reports.files import StoredFile
from lapor.reports.queries.answers import DraftView, draft_of, drafts_on
from lapor.sop.vocabulary import Action, ResponseKind

BEFORE, AFTER = "before", "after"
READ_BY_ALL = _("The reporter and the public read this. Leave out names, phone numbers and other people's data.")


class ToReporterForm(ActForm):
    """An answer that the reporter reads. `action` is its step, `kind` what it counts as; a draft fills it in."""

    template = "desk/answer/form.html"
    is_answer = True
    action: Action
    kind: ResponseKind = ResponseKind.FIRST_RESPONSE
    given: ClassVar[tuple[str, ...]] = ("text",)  # what the step takes, beside files
    # what a draft keeps for the form alone
    shown_again: ClassVar[tuple[str, ...]] = ("files_public", "later", "pass_on")
    kept_files = False  # whether what came with a refused form lies with its draft

    text = LongText(label=_("First response to the reporter"), rows=8)
    ready = forms.ChoiceField(label=_("Ready text"), required=False)
    files = Files(  # type: ignore[assignment]  # the class attribute becomes a field, the instance's are the uploads
        required=False, label=_("Photos or files"), help_text=_("Photos or PDF, at most 10.")
    )
    keep = forms.MultipleChoiceField(label=_("Files kept"), required=False, widget=forms.CheckboxSelectMultiple)
    files_public = forms.BooleanField(
        label=_("Show these files to the public"),
        required=False,
        help_text=_("Not when faces, number plates or documents can be seen. Each file can be changed later."),
    )
    later = forms.DateTimeField(
        label=_("Send later"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        help_text=_("Empty: it leaves in half a minute. The deadline is met when it leaves."),
    )

    def prepare(self) -> None:
        """Offer ready texts and kept files, and begin with the draft where there is one."""
        self.offer("ready", [(str(one.id), one.name) for one in self.ready_texts], empty=gettext("Choose"))
        self._offer_kept()
        if self.case.report.is_secret:
            del self.fields["files_public"]
        if self.draft is not None:
            self.initial.update(self.draft.fields | self.draft.beside)

    def _offer_kept(self) -> None:
        if not self.files_of_draft:
            self.fields.pop("keep", None)
            return
        self.fields["keep"] = deepcopy(self.base_fields["keep"])
        self.offer("keep", [(file.sha256, _named(file)) for file in self.files_of_draft])
        self.initial["keep"] = [file.sha256 for file in self.files_of_draft]

    def show_kept(self) -> None:
        """Offer, in a refused form, the files that were kept with its draft: no browser fills a file input again."""
        del self.drafts
        self._offer_kept()
        data = QueryDict(mutable=True)
        data.update(self.data)
        data.setlist("keep", self.initial.get("keep", []))
        self.data, self.kept_files = data, True

    @property
    def lost_files(self) -> bool:
        """Tell whether files came that must be chosen again."""
        return super().lost_files and not self.kept_files

    @property
    def files_of_draft(self) -> list[StoredFile]:
        """Return the draft's files without those of the satuan kerja, which are ticked by themselves."""
        if self.draft is None:
            return []
        return list(self.draft.files[: self.draft.beside.get("own", len(self.draft.files))])

    @cached_property
    def drafts(self) -> tuple[DraftView, ...]:
        """Return what has not left yet on this report."""
        return drafts_on(self.officer.actor, self.case.report)

    @property
    def draft(self) -> DraftView | None:
        """Return this officer's own draft for this step."""
        return draft_of(self.drafts, self.action)

    @cached_property
    def ready_texts(self) -> list[TemplateInfo]:
        """Return the institution's texts for this kind of answer."""
        return templates_for(self.officer.actor, str(self.kind), category_id=self.case.report.category_id)

    @property
    def is_follow_up(self) -> bool:
        """Tell whether it counts as a follow-up."""
        return self.kind is ResponseKind.FOLLOW_UP

    @property
    def blanks(self) -> list[str]:
        """Return the fields of a ready text that still wait to be filled in."""
        return [name for name in blanks(str(self["text"].value() or "")) if name]

    def clean_text(self) -> str:
        """Refuse words in which a field of a ready text was left."""
        text: str = self.cleaned_data["text"]
        try:
            check_filled(text)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.sentence)) from refusal
        return text

    def planned(self) -> datetime | None:
        """Return when it is to leave, also of a form that was not sent; None for at once or a time that is over."""
        try:
            later: datetime | None = self.fields["later"].clean(self["later"].value() or "")
        except forms.ValidationError:
            return None
        local = later.replace(tzinfo=ZoneInfo(self.officer.desk.zone)) if later else None
        return local if local and local > self.officer.now else None

    def clean_later(self) -> datetime | None:
        """Read the time as the desk's own."""
        later: datetime | None = self.cleaned_data["later"]
        return later.replace(tzinfo=ZoneInfo(self.officer.desk.zone)) if later else None

    def clean(self) -> dict[str, Any]:
        """Refuse more files than one step takes."""
        data = super().clean() or self.cleaned_data
        if len(self._uploads()) + len(data.get("keep") or ()) > MOST_FILES:
            self.add_error("files", _("At most 10 files go with one step."))
        return data

    def words(self) -> dict[str, Any]:
        """Return what was typed for the step, valid or not, as a draft keeps it."""
        fields = {name: self[name].value() for name in self.given}
        return {name: value if isinstance(value, bool) else str(value or "") for name, value in fields.items()}

    def beside(self) -> dict[str, Any]:
        """Return what else was chosen, as it shall stand in the form when it is opened again."""
        chosen = {name: self[name].value() for name in self.shown_again if name in self.fields}
        kept = {name: value if isinstance(value, bool | list) else str(value or "") for name, value in chosen.items()}
        return kept | {"own": len(self.own_files)}  # the satuan kerja's come after them

    @cached_property
    def own_files(self) -> tuple[StoredFile, ...]:
        """Return the files kept and the new ones, each once however often it was chosen. Raises FileRefused.

        They are stored when first asked for: an upload is read once.
        """
        public = bool(self.data.get("files_public")) and not self.case.report.is_secret
        kept = (replace(file, is_public=public) for file in self._kept())
        return tuple({(file.sha256, file.stage): file for file in (*kept, *self._new(public))}.values())

    def attachments(self) -> tuple[StoredFile, ...]:
        """Return every file that goes along. Raises FileRefused."""
        return self.own_files

    def _kept(self) -> Iterable[StoredFile]:
        chosen = set(self.data.getlist("keep")) if hasattr(self.data, "getlist") else set()
        return [file for file in self.files_of_draft if file.sha256 in chosen]

    def _new(self, public: bool) -> Iterable[StoredFile]:
        stage = AFTER if self.is_follow_up else ""
        yield from (replace(file, stage=stage) for file in stored(self._sent("files"), public=public))
        if "before" in self.fields:
            before = stored(self._sent("before"), public=public)
            yield from (replace(file, stage=BEFORE) for file in before)

    def _sent(self, name: str) -> list[Any]:
        """Return the uploads of one input, also of a form that is not valid."""
        sent: list[Any] = self.fields[name].widget.value_from_datadict(self.data, self._given, name)
        return sent

    @property
    def _given(self) -> Any:
        return vars(self)["files"]  # the instance's uploads, which the field of this name hides from the type checker

    def _uploads(self) -> list[Any]:
        return [*(self.cleaned_data.get("files") or ()), *(self.cleaned_data.get("before") or ())]

    def step_arguments(self) -> dict[str, Any]:
        """Return what the step takes besides its files."""
        return {name: self.cleaned_data[name] for name in self.given}

    def arguments(self) -> dict[str, Any]:
        """Return everything the use case takes, with the files stored."""
        return {**self.step_arguments(), "files": self.attachments()}


def _named(file: StoredFile) -> str:
    """Return a kept file's name with what it shows, where that was said."""
    stage = {BEFORE: gettext("before the work"), AFTER: gettext("after the work")}.get(file.stage)
    return f"{file.name} ({stage})" if stage else file.name


class FollowUpFields(ToReporterForm):
    """What was done, when and by whom: the only thing that counts as a follow-up (S66, S67, C9)."""

    kind = ResponseKind.FOLLOW_UP
    given: ClassVar[tuple[str, ...]] = ("text", "done_on", "done_by")

    text = LongText(label=_("What was done"), help_text=READ_BY_ALL, rows=8)
    done_on = DayField(label=_("When"))
    done_by = PlainText(label=_("By whom"), max_length=200, help_text=_("Office or team, no personal names."))
    before = Files(required=False, label=_("Photos from before the work"))

    def prepare(self) -> None:
        """Name the files for what they are."""
        super().prepare()
        self.fields["files"].label = _("Photos from after the work, or files")

    def clean_done_on(self) -> Any:
        """Refuse a day to come: what is announced is not done."""
        return self.past("done_on")
