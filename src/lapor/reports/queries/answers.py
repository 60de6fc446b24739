"""Answers that have not left, and what this desk answered lately: for the composer and its check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from lapor.identity.models import Account
from lapor.kernel.actor import Actor
from lapor.reports.files import StoredFile
from lapor.reports.models import AnswerDraft, Report, Response
from lapor.sop.vocabulary import Action, ResponseKind

State = AnswerDraft.State
LAST = 10  # answers of a desk that a new one is held against


@dataclass(frozen=True)
class DraftView:
    """One answer that has not left. `is_mine` tells the writer; of a colleague only time, reason and name are shown.

    `by` is the writer's name for those who answer for the report too, `desk` where they sit.

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
    by: str = ""
    desk: str = ""

    @property
    def is_waiting(self) -> bool:
        """Tell whether it leaves by itself when its time comes."""
        return self.state == State.WAITING

    @property
    def is_held_back(self) -> bool:
        """Tell whether it was to leave and could not."""
        return self.state == State.HELD_BACK


def drafts_on(actor: Actor, report: Report) -> tuple[DraftView, ...]:
    """Return this officer's drafts on a report they may see, and what waits to leave from any desk.

    What was held back is shown to the desks that answer for the report, as long as one of them wrote it; to the admin
    of the institution whichever of its desks wrote it. One query, and one for the names of colleagues.
    """
    answering = {report.desk_id, report.unit_id, report.agency_id} - {None}
    seen = Q(account=actor.account) | Q(state=State.WAITING)
    if actor.desk in answering:
        seen |= Q(state=State.HELD_BACK, desk__in=answering)
    if actor.desk == report.agency_id:
        seen |= Q(state=State.HELD_BACK, desk__institution=report.agency_id)
    rows = list(AnswerDraft.objects.select_related("desk").filter(seen, report=report).order_by("action", "id"))
    others = {row.account for row in rows} - {actor.account}
    known = others if actor.desk in answering | {row.desk_id for row in rows} else set()
    names = dict(Account.objects.filter(pk__in=known).values_list("pk", "name")) if known else {}
    return tuple(_view(row, actor, report, names) for row in rows)


def draft_of(drafts: tuple[DraftView, ...], action: Action) -> DraftView | None:
    """Return one's own draft for a step, if there is one."""
    return next((draft for draft in drafts if draft.is_mine and draft.action is action), None)


def waiting(drafts: tuple[DraftView, ...]) -> DraftView | None:
    """Return the answer that waits to leave, if one does."""
    return next((draft for draft in drafts if draft.is_waiting), None)


def _view(row: AnswerDraft, actor: Actor, report: Report, names: Mapping[int, str]) -> DraftView:
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
        by=names.get(row.account, ""),
        desk=row.desk.name,
    )


def last_answers(actor: Actor, but: Report) -> tuple[str, ...]:
    """Return the newest answers that this desk sent to other reporters, newest first, at most LAST. One query."""
    told = (str(ResponseKind.FIRST_RESPONSE), str(ResponseKind.FOLLOW_UP))
    rows = Response.objects.filter(desk=actor.desk, kind__in=told).exclude(report=but)
    return tuple(rows.order_by("-id").values_list("text", flat=True)[:LAST])
