"""One conversation: what a report's people wrote and what was sent to them, by whichever channel, with receipts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lapor.intake.models import InboundMessage
from lapor.intake.seals import text_of
from lapor.messaging.models import Delivery
from lapor.reports.models import Report
from lapor.reports.queries.timeline import Moment
from lapor.sop.vocabulary import Action, Channel, Role

MOST = 100  # of each kind; the newest


@dataclass(frozen=True)
class Line:
    """One message. `is_ours`: it was sent to the reporter; then `state` is how far it came and `action` what it told.

    `text` is what the reporter wrote. An answer to a command has no action.
    """

    at: datetime
    is_ours: bool
    channel: str
    text: str = ""
    state: str = ""
    told_at: datetime | None = None
    action: Action | None = None
    problem: str = ""


def thread_of(report: Report, moments: Iterable[Moment]) -> tuple[Line, ...]:
    """Return the conversation of a report that the caller may read, oldest first. Two queries.

    `moments` are the steps of the report as the caller sees them.
    """
    came = [_came(row) for row in InboundMessage.objects.filter(report=report).order_by("-pk")[:MOST]]
    said = {line.text.strip() for line in came}
    typed = [line for line in _typed(moments) if line.text.strip() not in said]
    return tuple(sorted([*came, *typed, *_left(report)], key=lambda line: line.at))


def _came(row: InboundMessage) -> Line:
    return Line(row.received_at, is_ours=False, channel=row.channel, text=text_of(row), state=row.became)


def _typed(moments: Iterable[Moment]) -> list[Line]:
    """Return what the reporter wrote on the pages; what came by a channel stands there already."""
    own = [moment for moment in moments if moment.role is Role.REPORTER and moment.text]
    return [Line(moment.at, is_ours=False, channel=str(Channel.WEB), text=moment.text) for moment in own[-MOST:]]


def _left(report: Report) -> list[Line]:
    rows = Delivery.objects.filter(report=report).select_related("message").order_by("-pk")[:MOST]
    return [
        Line(
            at=row.sent_at,
            is_ours=True,
            channel=row.channel,
            state=row.state,
            told_at=row.told_at,
            action=Action(row.message.action) if row.message else None,
            problem=row.problem,
        )
        for row in rows
    ]
