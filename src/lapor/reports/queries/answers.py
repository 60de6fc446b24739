"""Answers that have not left, and what this desk answered lately: for the composer and its check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from lapor.kernel.actor import Actor
from lapor.reports.files import StoredFile
from lapor.reports.models import AnswerDraft, Report, Response
from lapor.sop.vocabulary import Action, ResponseKind

State = AnswerDraft.State
LAST = 10  # answers of a desk that a new one is held against


@dataclass(frozen=True)
class DraftView:
    """One answer that has not left. `is_mine` tells the writer; of a colleague's only the time is shown.

    `why` is the name of the refusal that held it back, empty where none did; `is_stale` tells that the report moved on
    since it was written.
    """

    action: Action
    fields: dict[str, Any]
    files: tuple[StoredFile, ...]
    beside: dict[str, Any]
    state: str
    send_at: datetime | None
    is_held: bool
    why: str
    saved_at: datetime
    is_mine: bool
    is_stale: bool

    @property
    def is_waiting(self) -> bool:
        """Tell whether it leaves by itself when its time comes."""
        return self.state == State.WAITING

    @property
    def is_held_back(self) -> bool:
        """Tell whether it was to leave and could not."""
        return self.state == State.HELD_BACK


def drafts_on(actor: Actor, report: Report) -> tuple[DraftView, ...]:
    """Return this officer's drafts on a report they may see, and what waits to leave from any desk. One query."""
    rows = AnswerDraft.objects.filter(Q(account=actor.account) | Q(state=State.WAITING), report=report)
    return tuple(_view(row, actor, report) for row in rows.order_by("action", "id"))


def draft_of(drafts: tuple[DraftView, ...], action: Action) -> DraftView | None:
    """Return one's own draft for a step, if there is one."""
    return next((draft for draft in drafts if draft.is_mine and draft.action is action), None)


def waiting(drafts: tuple[DraftView, ...]) -> DraftView | None:
    """Return the answer that waits to leave, if one does."""
    return next((draft for draft in drafts if draft.is_waiting), None)


def _view(row: AnswerDraft, actor: Actor, report: Report) -> DraftView:
    mine = row.account == actor.account
    return DraftView(
        action=Action(row.action),
        fields=row.fields if mine else {},
        files=tuple(StoredFile(**file) for file in row.files) if mine else (),
        beside=row.beside if mine else {},
        state=row.state,
        send_at=row.send_at,
        is_held=row.counts_from is not None,
        why=row.why,
        saved_at=row.saved_at,
        is_mine=mine,
        is_stale=row.version != report.version,
    )


def last_answers(actor: Actor, but: Report) -> tuple[str, ...]:
    """Return the newest answers that this desk sent to other reporters, newest first, at most LAST. One query."""
    told = (str(ResponseKind.FIRST_RESPONSE), str(ResponseKind.FOLLOW_UP))
    rows = Response.objects.filter(desk=actor.desk, kind__in=told).exclude(report=but)
    return tuple(rows.order_by("-id").values_list("text", flat=True)[:LAST])
