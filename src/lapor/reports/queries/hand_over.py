"""What one officer has in hand besides the desk's reports, and what became of it when a colleague took over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from lapor.agencies.models import Agency
from lapor.agencies.queries.takers import Giver, seats_like
from lapor.identity.models import Account
from lapor.kernel.actor import Actor, person
from lapor.kernel.errors import NothingHere
from lapor.reports.access import visible_to
from lapor.reports.models import AnswerDraft, Claim, HandOver, HandOverItem, OutgoingMessage, Report, SavedView
from lapor.sop.vocabulary import Action, Role

MOST_SHOWN = 100
MOST_MENTIONS = 100  # the newest that nobody read; older ones stand in the report itself


@dataclass(frozen=True)
class InHand:
    """One answer that has not left: the report, the step, and when it was to leave (None: only kept)."""

    number: str
    title: str
    is_secret: bool
    action: Action
    saved_at: datetime
    send_at: datetime | None


@dataclass(frozen=True)
class Belongings:
    """What goes over. `more` tells of drafts beyond those shown; `views` are names shared with the desk."""

    drafts: tuple[InHand, ...]
    more: bool
    views: tuple[str, ...]
    mentions: int
    reading: int

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing would go over."""
        return not (self.drafts or self.views or self.mentions)


def belongings(giver: Giver, *, leaves: bool) -> Belongings:
    """Return what this officer has in hand; who only is away (`leaves` False) keeps the views. Four queries."""
    rows = drafts_of(giver.actor).select_related("report").order_by("report__due_ordinal", "pk")[: MOST_SHOWN + 1]
    shown = tuple(_in_hand(row) for row in rows)
    views = shared_views(giver.actor).order_by("name").values_list("name", flat=True) if leaves else ()
    return Belongings(
        drafts=shown[:MOST_SHOWN],
        more=len(shown) > MOST_SHOWN,
        views=tuple(views),
        mentions=mentions_of(giver.actor, giver.actor)[:MOST_MENTIONS].count(),
        reading=Claim.objects.filter(desk=giver.desk, account=person(giver.actor)).count(),
    )


def drafts_of(giver: Actor) -> QuerySet[AnswerDraft]:
    """Return the answers that have not left, of reports that the officer's seat lets read.

    Those begun under an earlier decree too: who is named anew each year has a seat for each (S18).
    """
    mine = AnswerDraft.objects.filter(account=person(giver), desk=giver.desk, appointment__in=seats_like(giver))
    return mine.filter(report__in=visible_to(giver))


def shared_views(giver: Actor) -> QuerySet[SavedView]:
    """Return the ways of looking at the pile that this officer shares with the desk."""
    return SavedView.objects.filter(desk=giver.desk, account=person(giver), is_shared=True)


def mentions_of(giver: Actor, reader: Actor) -> QuerySet[OutgoingMessage]:
    """Return what was told to this officer by name and never read, of reports that `reader` may read."""
    told = OutgoingMessage.objects.filter(account=person(giver), desk=None, read_at=None)
    return told.filter(report__in=visible_to(reader)).order_by("-pk")


def _in_hand(row: AnswerDraft) -> InHand:
    report = row.report
    return InHand(report.number, report.title, report.is_secret, Action(row.action), row.saved_at, row.send_at)


def left_behind(appointments: Iterable[int]) -> dict[int, int]:
    """Return how many answers that never left lie under each of these appointments; none: left out. One query."""
    rows = AnswerDraft.objects.filter(appointment__in=list(appointments)).values("appointment").annotate(n=Count("pk"))
    return {row["appointment"]: row["n"] for row in rows.order_by()}


@dataclass(frozen=True)
class Handed:
    """One thing of a hand-over; number and title are empty where the reader may not see the report."""

    kind: str
    what: str
    number: str
    title: str
    is_secret: bool
    send_at: datetime | None
    why_left: str

    @property
    def action(self) -> Action | None:
        """The step that a draft or an answer was written for."""
        answer = self.kind in (HandOverItem.Kind.DRAFT, HandOverItem.Kind.ANSWER)
        return Action(self.what) if answer else None


@dataclass(frozen=True)
class HandedOver:
    """A hand-over as its result page shows it; `done_at` is None while its day has not come.

    `taker` is the appointment under which the receiver works on what went over.
    """

    id: int
    giver: str
    receiver: str
    desk: str
    institution_code: str
    due_on: date
    done_at: datetime | None
    is_mine: bool
    taker: int
    items: tuple[Handed, ...]

    @property
    def gone(self) -> int:
        """How many things went over."""
        return sum(not item.why_left for item in self.items)

    @property
    def left(self) -> int:
        """How many stayed."""
        return len(self.items) - self.gone


def hand_over_of(actor: Actor, hand_over: int) -> HandedOver:
    """Return a hand-over for its receiver, or for who manages the desk. Raises NotFound. Five queries."""
    row = HandOver.objects.select_related("desk__institution").filter(pk=hand_over).first()
    if row is None or not _may_read(actor, row):
        raise NothingHere
    names = dict(Account.objects.filter(pk__in=[row.giver, row.receiver]).values_list("pk", "name"))
    items = list(HandOverItem.objects.filter(hand_over=row).order_by("kind", "pk"))
    seen = visible_to(actor).filter(pk__in={item.report_id for item in items if item.report_id}).in_bulk()
    return HandedOver(
        id=row.pk,
        giver=names.get(row.giver, ""),
        receiver=names.get(row.receiver, ""),
        desk=row.desk.name,
        institution_code=_home(row.desk).code,
        due_on=row.due_on,
        done_at=row.done_at,
        is_mine=row.receiver == actor.account,
        taker=row.taker,
        items=tuple(_handed(item, seen.get(item.report_id or 0)) for item in items),
    )


def _home(desk: Agency) -> Agency:
    return desk.institution or desk


def _may_read(actor: Actor, row: HandOver) -> bool:
    if actor.role is Role.NATIONAL_ADMIN:
        return True
    manages = actor.role is Role.AGENCY_ADMIN and _home(row.desk).pk == actor.desk
    return manages or row.receiver == actor.account


def _handed(item: HandOverItem, report: Report | None) -> Handed:
    return Handed(
        kind=item.kind,
        what=item.what,
        number=report.number if report else "",
        title=report.title if report else "",
        is_secret=bool(report and report.is_secret),
        send_at=item.send_at,
        why_left=item.why_left,
    )
