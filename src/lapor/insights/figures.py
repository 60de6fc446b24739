"""Counts of a period: what came in, how it ended, what bounced, and how fast people were told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.aggregates import Aggregate

from lapor.insights.scope import Scope
from lapor.reports.models import OutgoingMessage, Report
from lapor.sop.vocabulary import ArchiveReason, Channel, Classification, CloseReason, Status, Told, Word

W = TypeVar("W", bound=Word)

DELIVERY_LIMIT = timedelta(minutes=1)  # S9, read by C5 as the system's own delivery after the officer's click


@dataclass(frozen=True)
class Intake:
    """The reports received in a period, as they stand now."""

    total: int
    by_status: Mapping[Status, int]
    by_channel: Mapping[Channel, int]
    by_classification: Mapping[Classification, int]
    unclassified: int


def intake(scope: Scope, first_day: date, last_day: date) -> Intake:
    """Return what came in: three grouped queries."""
    first, after = scope.instants(first_day, last_day)
    received = scope.reports().filter(received_at__gte=first, received_at__lt=after)
    kinds = _count(received, "classification", Classification)
    by_status = _count(received, "status", Status)
    total = sum(by_status.values())
    return Intake(total, by_status, _count(received, "channel", Channel), kinds, total - sum(kinds.values()))


@dataclass(frozen=True)
class Endings:
    """How reports ended in a period. The kinds are never added up: silence is no success (C19)."""

    closed: Mapping[CloseReason, int]
    archived: Mapping[ArchiveReason, int]
    escalated: int


def endings(scope: Scope, first_day: date, last_day: date) -> Endings:
    """Return the endings that still stand (a report reopened since is not closed), by their reason; three queries."""
    first, after = scope.instants(first_day, last_day)
    ended = scope.reports().filter(ended_at__gte=first, ended_at__lt=after)
    escalated = scope.reports().filter(escalated_at__gte=first, escalated_at__lt=after)
    return Endings(
        _count(ended.filter(status=str(Status.CLOSED)), "close_reason", CloseReason),
        _count(ended.filter(status=str(Status.ARCHIVED)), "archive_reason", ArchiveReason),
        escalated.count(),
    )


@dataclass(frozen=True)
class PingPong:
    """How often reports were handed back as "not our competence"."""

    reports: int
    returned_once: int
    returned_more: int
    returns: int


def ping_pong(scope: Scope, first_day: date, last_day: date) -> PingPong:
    """Return the returns of the reports received in a period; one query."""
    first, after = scope.instants(first_day, last_day)
    received = scope.reports().filter(received_at__gte=first, received_at__lt=after)
    hops = received.annotate(hops=F("unit_returns") + F("agency_returns"))
    figures = hops.aggregate(
        reports=Count("pk"),
        returned_once=Count("pk", filter=Q(hops=1)),
        returned_more=Count("pk", filter=Q(hops__gt=1)),
        returns=Sum("hops", default=0),
    )
    return PingPong(**figures)


@dataclass(frozen=True)
class Delivery:
    """How long messages took from the step to the provider; `median` and `slowest_of_20` (p95) are None without any."""

    sent: int
    within_limit: int
    median: timedelta | None
    slowest_of_20: timedelta | None
    nowhere: int
    waiting: int
    dead: int

    @property
    def rate(self) -> float | None:
        """The part delivered within a minute, 0 to 1."""
        return self.within_limit / self.sent if self.sent else None


def delivery(scope: Scope, first_day: date, last_day: date, *, told: Told | None = None) -> Delivery:
    """Return how fast people were told of what happened in a period (S9, S13); one query."""
    first, after = scope.instants(first_day, last_day)
    messages = OutgoingMessage.objects.filter(
        created_at__gte=first, created_at__lt=after, report__in=scope.reports().values("pk"), device=None
    )
    if told is not None:
        messages = messages.filter(told=str(told))
    state = OutgoingMessage.State
    sent = Q(state=state.SENT)
    took = ExpressionWrapper(F("sent_at") - F("created_at"), output_field=DurationField())
    figures = messages.annotate(took=took).aggregate(
        sent=Count("pk", filter=sent),
        within_limit=Count("pk", filter=sent & Q(took__lte=DELIVERY_LIMIT)),
        median=Percentile("took", part=0.5, filter=sent),
        slowest_of_20=Percentile("took", part=0.95, filter=sent),
        nowhere=Count("pk", filter=Q(state=state.NOWHERE)),
        waiting=Count("pk", filter=Q(state=state.WAITING)),
        dead=Count("pk", filter=Q(state=state.DEAD)),
    )
    return Delivery(**figures)


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont: the value below which a part (0 to 1) of all values lies."""

    function = "percentile_cont"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def _count(reports: QuerySet[Report], field: str, kind: type[W]) -> dict[W, int]:
    """Count by a column that holds codes of the vocabulary, in the vocabulary's order; empty codes are left out."""
    rows = dict(reports.order_by().values_list(field).annotate(n=Count("pk")))
    return {word: rows[word.value] for word in kind if word.value in rows}
