"""Which steps are answers to the reporter, and how one is taken from plain, kept arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lapor.kernel.actor import Actor
from lapor.reports.files import StoredFile
from lapor.reports.models import Report
from lapor.reports.usecases.forward import release_answer
from lapor.reports.usecases.respond import follow_up, respond_first
from lapor.sop.vocabulary import Action


@dataclass(frozen=True)
class Sendable:
    """One step: its use case, what it takes from the officer, and what is fixed."""

    call: Callable[..., Report]
    takes: tuple[str, ...]
    fixed: Mapping[str, Any] = field(default_factory=dict)


_DONE = ("text", "done_on", "done_by")

SENDABLE: dict[Action, Sendable] = {
    Action.RESPOND_FIRST: Sendable(respond_first, ("text",)),
    Action.FOLLOW_UP: Sendable(follow_up, (*_DONE, "field_work")),
    Action.RELEASE: Sendable(release_answer, ("text",), {"as_follow_up": False}),
    Action.RELEASE_FOLLOW_UP: Sendable(release_answer, _DONE, {"as_follow_up": True}),
}
FOLLOW_UPS = (Action.FOLLOW_UP, Action.RELEASE_FOLLOW_UP)

# What may happen to a report without changing what there is to answer; anything else holds a waiting answer back.
QUIET = frozenset(
    {
        Action.NOTE,
        Action.CONSULT,
        Action.CLASSIFY,
        Action.MARK_FILE,
        Action.LINK,
        Action.UNLINK,
        Action.JOIN_CAUSE,
        Action.LEAVE_CAUSE,
        Action.CAUSE_FIXED,
        Action.BREACH,
        Action.EXPLAIN_BREACH,
        Action.ACKNOWLEDGE_BREACH,
        Action.REMIND_SILENCE,
        Action.ASK_CONSENT,
        Action.HOLD_BACK,
    }
)


def take(
    action: Action,
    fields: Mapping[str, Any],
    files: tuple[StoredFile, ...],
    *,
    code: str,
    actor: Actor,
    now: datetime,
    version: int | None,
) -> Report:
    """Take the step inside the caller's transaction: the very use case, without the transaction around it.

    `fields` may hold days as ISO text. Raises what the use case raises.
    """
    step = SENDABLE[action]
    given = {name: _value(name, fields.get(name)) for name in step.takes}
    call = inspect.unwrap(step.call)
    done: Report = call(code=code, **given, **step.fixed, files=files, actor=actor, now=now, version=version)
    return done


def _value(name: str, kept: Any) -> Any:
    if name == "done_on":
        return date.fromisoformat(kept) if isinstance(kept, str) and kept else kept or None
    if name == "field_work":
        return bool(kept)
    return kept or ""
