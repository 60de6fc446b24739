"""Write what was said with a step, and the files that go with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lapor.agencies.blanks import check_filled
from lapor.reports import files as store
from lapor.reports.drafts import clean_text
from lapor.reports.files import StoredFile
from lapor.reports.models import Evidence, Report, Response
from lapor.reports.usecases import _prints
from lapor.reports.usecases._advance import Turn
from lapor.sop.vocabulary import Action, Audience, ResponseKind

Files = Iterable[StoredFile]
OURS = (ResponseKind.QUESTION, ResponseKind.FIRST_RESPONSE, ResponseKind.FOLLOW_UP, ResponseKind.DECISION)


def say(
    turn: Turn,
    kind: ResponseKind,
    audience: Audience,
    text: str,
    *,
    files: Files = (),
    done_on: date | None = None,
    done_by: str = "",
) -> Response:
    """Keep one contribution of this turn; the ledger will name it by its id, never by its words.

    No blank of a template reaches a reporter in an officer's words; those of the past are taken as they are. Raises
    InvalidInput, FieldLeftEmpty.
    """
    if turn.actor.is_officer and kind in OURS and turn.step.action is not Action.RECORD_SETTLED:
        check_filled(text)
    response = Response.objects.create(
        report=turn.report,
        kind=str(kind),
        audience=str(audience),
        role=str(turn.actor.role),
        desk_id=turn.actor.desk,
        appointment=turn.actor.appointment,
        action=str(turn.step.action),
        text=clean_text(text),
        done_on=done_on,
        done_by=done_by,
        at=turn.now,
    )
    if kind is ResponseKind.FOLLOW_UP and audience is not Audience.OFFICERS:
        _prints.keep(turn.report, response)
    attach(turn, files, response)
    turn.facts["response"] = response.pk
    return response


def say_if_any(turn: Turn, kind: ResponseKind, audience: Audience, text: str, *, files: Files = ()) -> None:
    """Keep a contribution whose words are optional."""
    if text.strip():
        say(turn, kind, audience, text, files=files)
    else:
        attach(turn, files, None)


def attach(turn: Turn, files: Files, response: Response | None) -> None:
    """Refer to stored files from the report; the files are on disk already."""
    rows = [
        Evidence(
            report=turn.report,
            response=response,
            token=store.new_token(),
            sha256=file.sha256,
            media_type=file.media_type,
            size=file.size,
            width=file.width,
            height=file.height,
            name=file.name,
            is_public=file.is_public,
            stage=file.stage,
            at=turn.now,
        )
        for file in files
    ]
    Evidence.objects.bulk_create(rows)
    if rows:
        turn.facts["files"] = [row.sha256 for row in rows]


def audience_of(report: Report) -> Audience:
    """Return how far an answer to the reporter is heard: in public, unless the report is secret."""
    return Audience.REPORTER if report.is_secret else Audience.PUBLIC
