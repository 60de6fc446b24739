"""An answer before it leaves: as the reporter will see it on each way, and what a careful colleague would remark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language

from lapor.desk.actions import ACTS
from lapor.desk.forms.answer import ToReporterForm
from lapor.desk.officer import Officer
from lapor.desk.reading import waiting_files
from lapor.kernel.errors import Refusal
from lapor.language.answers import Told, check_answer
from lapor.messaging.preview import MailPreview, Previews, ShortPreview, previews
from lapor.reports.files import IMAGES
from lapor.reports.queries.answers import last_answers
from lapor.reports.queries.case import Case
from lapor.sop.vocabulary import Action, Holder, ResponseKind, Word


@dataclass(frozen=True)
class Remark:
    """One finding: the words it is about, empty where it is about the whole; the reason in the reader's language."""

    rule: str
    words: str
    reason: str


@dataclass(frozen=True)
class GoesAlong:
    """One file that goes along with the answer, and whether the public sees it too."""

    name: str
    url: str
    is_image: bool
    is_public: bool


@dataclass(frozen=True)
class OnThePage:
    """The answer as a moment of the tracking page's timeline."""

    at: datetime
    lane: Holder
    actor: str
    action: Word
    text: str
    done_on: date | None
    done_by: str
    is_public: bool
    files: tuple[GoesAlong, ...]


@dataclass(frozen=True)
class Review:
    """Everything that is shown before an answer leaves. `refused` says why it could not leave as it is.

    `later` is when it leaves, None: in half a minute; `came_by` the channel by which the report came.
    """

    kind: ResponseKind
    remarks: list[Remark]
    page: OnThePage
    mail: MailPreview | None
    shorts: tuple[ShortPreview, ...]
    refused: str
    zone: str
    later: datetime | None
    came_by: str


def review(officer: Officer, case: Case, action: Action, form: ToReporterForm) -> Review:
    """Read the words of a form, finished or not. The step is tried out for its letters and taken back.

    What it would promise counts from when it leaves.
    """
    words, later = form.words(), form.planned()
    found, refused = _letters(officer, case, action, words, later or officer.now)
    return Review(
        kind=form.kind,
        remarks=_remarks(officer, case, form, words),
        page=_page(officer, case, action, form, words),
        mail=found.mail,
        shorts=found.shorts,
        refused=refused,
        zone=officer.desk.zone,
        later=later,
        came_by=case.report.channel,
    )


def _letters(
    officer: Officer, case: Case, action: Action, words: dict[str, Any], leaves: datetime
) -> tuple[Previews, str]:
    day = _day(words)
    fields = {**words, "done_on": day, "text": words["text"] or "-", "done_by": words.get("done_by") or "-"}
    if "done_on" in words and day is None:
        fields["done_on"] = _today(officer)  # the letter does not name it; the form asks for it by itself
    try:
        found = previews(code=case.report.number, action=action, fields=fields, actor=officer.actor, now=leaves)
    except Refusal as refusal:
        return Previews(), str(refusal.sentence)
    return found, ""


def _remarks(officer: Officer, case: Case, form: ToReporterForm, words: dict[str, Any]) -> list[Remark]:
    told = Told(
        question=f"{case.report.title}. {case.published}",
        is_follow_up=form.is_follow_up,
        today=_today(officer),
        done_on=_day(words),
        done_by=words.get("done_by", ""),
        earlier=last_answers(officer.actor, case.report),
    )
    text, language = words["text"], get_language() or "id"
    found = check_answer(text, told)
    return [Remark(one.rule, _quoted(one.span.of(text), text), one.reason.label(language)) for one in found]


def _quoted(words: str, text: str) -> str:
    return "" if len(words) == len(text) else words


def _page(officer: Officer, case: Case, action: Action, form: ToReporterForm, words: dict[str, Any]) -> OnThePage:
    return OnThePage(
        at=officer.now,
        lane=Holder.UNIT,
        actor=officer.desk.name,
        action=form.kind,
        text=words["text"],
        done_on=_day(words),
        done_by=words.get("done_by", ""),
        is_public=not case.report.is_secret,
        files=tuple(_files(case, action, form)),
    )


def _files(case: Case, action: Action, form: ToReporterForm) -> Iterator[GoesAlong]:
    """Yield the files of the draft, and of the satuan kerja's those that were ticked."""
    if form.draft is None:
        return
    number, slug, beside = case.report.number, ACTS[action].slug, form.draft.beside
    for file in form.files_of_draft:
        url = reverse("desk:answer_file", args=[number, slug, file.sha256])
        yield GoesAlong(file.name, url, file.media_type in IMAGES, file.is_public)
    for view in waiting_files(case):
        if view.token in beside.get("pass_on", ()):
            url = reverse("desk:evidence", args=[number, view.token])
            yield GoesAlong(view.name, url, view.media_type in IMAGES, bool(beside.get("files_public")))


def _day(words: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(words.get("done_on", ""))
    except ValueError:
        return None


def _today(officer: Officer) -> date:
    return officer.now.astimezone(ZoneInfo(officer.desk.zone)).date()
