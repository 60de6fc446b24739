"""One conversation: what a report's people wrote and what was sent to them, by whichever channel, with receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.intake.contract import Why
from lapor.intake.models import InboundMessage
from lapor.intake.seals import text_of
from lapor.messaging.letters import NEWS_NOT_WANTED, NOT_DELIVERED
from lapor.messaging.models import Delivery
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.queries.timeline import Moment
from lapor.sop.vocabulary import Action, Audience, Channel, Role, Told

MOST = 100  # of each kind; the newest
WAITING, GIVEN_UP, NOT_SENT = "waiting", "given_up", "not_sent"  # states of a line that those of `Delivery` are not
Became, Sending = InboundMessage.Became, OutgoingMessage.State
_OWED = {Sending.WAITING: WAITING, Sending.DEAD: GIVEN_UP, Sending.NOWHERE: NOT_SENT}
# Who gave no address reads everything on the tracking page; who gave one is expected to have read what was written.
_MISSED = Q(state=Sending.NOWHERE, problem__in=[NEWS_NOT_WANTED, NOT_DELIVERED])


@dataclass(frozen=True)
class Line:
    """One message. `is_ours`: it was or will be sent to the reporter; then `state` is how far it came.

    `text` is what the reporter wrote or, where it is ours, the officer's words that it tells of; `action` the step. An
    answer to a command has no action; what came by a channel has the `deed` that it was understood as. A letter that
    has not left has no channel yet.
    """

    at: datetime
    is_ours: bool
    channel: str
    text: str = ""
    state: str = ""
    told_at: datetime | None = None
    action: Action | None = None
    problem: str = ""
    deed: str = ""
    is_forgotten: bool = False


def thread_of(report: Report, moments: Sequence[Moment], *, opening: str) -> tuple[Line, ...]:
    """Return the conversation of a report that the caller may read, oldest first. Three queries.

    `moments` are the steps of the report as the caller sees them, `opening` what it was filed with. A report about
    which nothing went to and fro has no conversation. What somebody wrote who is not proven to be its reporter is none
    of it: it waits for a person, or a person has put it here.
    """
    rows = InboundMessage.objects.filter(report=report, state=InboundMessage.State.UNDERSTOOD)
    came = [_came(row) for row in rows.exclude(became=Became.NOTHING).order_by("-pk")[:MOST]]
    told = {moment.seq: moment for moment in moments}
    lines = [*came, *_typed(moments, came), *_left(report, told), *_owed(report, told)]
    if lines and not any(line.deed == Action.SUBMIT or line.state == Became.REPORT for line in came):
        lines.append(Line(report.received_at, is_ours=False, channel=report.channel, text=opening))
    lines.reverse()  # each kind came newest first
    return tuple(sorted(lines, key=lambda line: (line.at, line.is_ours)))


def _came(row: InboundMessage) -> Line:
    """Return what came; `problem` names the files of it that could not be kept."""
    files = row.problem if row.became in (Became.REPORT, Became.REPLY) and row.looked_by is None else ""
    return Line(
        row.received_at,
        is_ours=False,
        channel=row.channel,
        text=text_of(row),
        state=row.became,
        deed=row.deed,
        problem=files,
        is_forgotten=row.forgotten_at is not None,
    )


def _typed(moments: Iterable[Moment], came: Iterable[Line]) -> list[Line]:
    """Return what the reporter wrote on the pages; what came by a channel stands there already, each word once."""
    stands = Counter(line.text.strip() for line in came if line.state != Became.REPEAT)
    own = [moment for moment in moments if moment.role is Role.REPORTER and moment.text]
    typed = []
    for moment in reversed(own[-MOST:]):
        if stands[moment.text.strip()]:
            stands[moment.text.strip()] -= 1
        else:
            web = str(Channel.WEB)
            typed.append(Line(moment.at, is_ours=False, channel=web, text=moment.text, action=moment.action))
    return typed


def _left(report: Report, told: dict[int, Moment]) -> list[Line]:
    ours = Delivery.objects.filter(report=report).exclude(Exists(_of_others(report)))
    rows = ours.select_related("message").order_by("-pk")[:MOST]
    return [
        Line(
            at=row.sent_at,
            is_ours=True,
            channel=row.channel,
            state=row.state,
            told_at=row.told_at,
            action=Action(row.message.action) if row.message else None,
            problem=row.problem,
            text=_words(row.message, told) if row.message else "",
        )
        for row in rows
    ]


def _of_others(report: Report) -> QuerySet[InboundMessage]:
    """Return the messages of who named this report and is not its reporter: they were answered, not the reporter."""
    answered = InboundMessage.objects.filter(pk=OuterRef("answers"))
    return answered.filter(~Q(report=report) | Q(why=Why.NOT_THEIRS))


def _owed(report: Report, told: dict[int, Moment]) -> list[Line]:
    """Return what waits to leave, what no address would take, and what its reader does not want or never got."""
    open_ = Q(state__in=[Sending.WAITING, Sending.DEAD]) | _MISSED
    waits = OutgoingMessage.objects.filter(report=report, told=str(Told.REPORTER), device=None)
    return [
        Line(
            at=row.created_at,
            is_ours=True,
            channel="",
            state=_OWED[Sending(row.state)],
            action=Action(row.action),
            problem=row.problem,
            text=_words(row, told),
        )
        for row in waits.filter(open_).order_by("-pk")[:MOST]
    ]


def _words(message: OutgoingMessage, told: dict[int, Moment]) -> str:
    """Return the officer's words that a letter tells of, where the reporter may hear them."""
    moment = told.get(message.seq)
    if moment is None or moment.role is Role.REPORTER or moment.audience is Audience.OFFICERS:
        return ""
    return moment.text
