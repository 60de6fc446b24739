"""Texts ready to be sent to a reporter: the institution's own templates, and first words where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lapor.agencies.queries.templates import TemplateInfo, templates_at
from lapor.desk.officer import Officer
from lapor.kernel.templatetags.ui import label
from lapor.messaging.texts import Rendered, text_of
from lapor.reports.queries.case import Case
from lapor.sop.vocabulary import Action, ArchiveReason, Told

# Which templates an outcome takes, and the field that holds them.
PLACES = {
    "question": (Action.ASK, "ask-question"),
    "first_response": (Action.HANDLE_HERE, "handle_here-text"),
    "return": (Action.RETURN, "return-why"),
    "archive": (Action.ARCHIVE, "archive-text"),
}
FIRST_WORDS = {
    ArchiveReason.UNCLEAR: _(
        "Thank you for your report. We read it carefully, but we cannot tell from it what happened and where, so no "
        "office can act on it. You may bring it back and add what is missing: what happened, where and when."
    ),
    ArchiveReason.SUGGESTION: _(
        "Thank you for your suggestion. It does not ask for an act of one office, so we keep it in the archive, where "
        "all offices can find it when they plan."
    ),
    ArchiveReason.NOT_GOVERNMENT: _(
        "Thank you for your report. What it is about is not a matter of the government or of a public service, so no "
        "office here can decide it."
    ),
    ArchiveReason.SPAM: _("This message is advertising or sent by a machine, so no office will act on it."),
    ArchiveReason.HATE: _(
        "This message holds nothing but words against a group of people, so it is not published and no office acts on "
        "it. If there is a complaint behind it, please write again in other words."
    ),
}


@dataclass(frozen=True)
class ReadyText:
    """One text: its `key` for the button, the name shown, the form field it goes into, and the words."""

    key: str
    name: str
    action: Action
    field: str
    text: str


def texts(officer: Officer, case: Case) -> dict[str, list[ReadyText]]:
    """Return the ready texts by outcome, those of the report's category first; one query."""
    rows = templates_at(officer.desk.institution_id)
    fitting = [row for row in rows if row.is_active and row.category_id in (None, case.report.category_id)]
    found = {kind: _of(kind, fitting) for kind in PLACES}
    found["archive"] += _first_words()
    return {str(PLACES[kind][0]): ready for kind, ready in found.items()}


def _of(kind: str, rows: Iterable[TemplateInfo]) -> list[ReadyText]:
    action, field = PLACES[kind]
    found = sorted((row for row in rows if row.kind == kind), key=lambda row: row.category_id is None)
    return [ReadyText(f"{kind}-{row.id}", row.name, action, field, row.text) for row in found]


def _first_words() -> list[ReadyText]:
    """Return a beginning for each reason, in Indonesian: the reporter reads it."""
    with override("id"):
        words = {reason: str(text) for reason, text in FIRST_WORDS.items()}
    action, field = PLACES["archive"]
    return [ReadyText(f"archive-{reason}", label(reason), action, field, text) for reason, text in words.items()]


def put_in(key: str, offered: dict[str, list[ReadyText]]) -> dict[str, str]:
    """Return the change that a ready text makes in the form: its field, the outcome, and an archive's reason."""
    found: Iterable[ReadyText] = (one for ready in offered.values() for one in ready if one.key == key)
    for one in found:
        reason = key.removeprefix("archive-")
        coded = {"archive-reason": reason} if reason in set(ArchiveReason) else {}
        return {one.field: one.text, "outcome": str(one.action), **coded}
    return {}


def archive_message() -> Rendered:
    """Return the message that the reporter of an archived report gets, in Indonesian, before the officer's words."""
    return text_of(str(Action.ARCHIVE), str(Told.REPORTER)).render("id", {})
