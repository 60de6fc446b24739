"""One report as its reporter sees it: where it stands, who holds it, until when, what was said, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.identity.queries.news import ANY, ways_of_news
from lapor.identity.queries.reporters import Look, unmaskings_of
from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report, ReportText
from lapor.reports.queries.causes import CauseView, cause_told_to
from lapor.reports.queries.deadlines import ClockView, clocks_of
from lapor.reports.queries.timeline import FileView, LegView, Moment, files_of, legs, moments
from lapor.reports.situation import situation_of
from lapor.reports.zones import zone_of
from lapor.sop.engine import permitted
from lapor.sop.vocabulary import Action, Audience, Holder, Role, Status

REPORTER_HEARS = (Audience.PUBLIC, Audience.REPORTER)


@dataclass(frozen=True)
class Tracking:
    """What the tracking page shows. `actions` are the steps open to the reporter now."""

    report: Report
    original: str
    published: str
    files: tuple[FileView, ...]
    moments: tuple[Moment, ...]
    legs: tuple[LegView, ...]
    clocks: tuple[ClockView, ...]
    actions: tuple[Action, ...]
    unmaskings: tuple[Look, ...]
    zone: str
    way: str
    cause: CauseView | None = None

    @property
    def status(self) -> Status:
        """The report's status as a term."""
        return Status(self.report.status)

    @property
    def holder(self) -> Holder:
        """Who owes the next step."""
        return Holder(self.report.holder)


def track(actor: Actor, code: str, now: datetime) -> Tracking:
    """Return the report for the reporter who shows its code or is signed in. Raises NotFound. At most 18 queries."""
    report = access.find_report(actor, code)
    texts = ReportText.objects.get(report=report)
    ref = report.reporter_ref
    return Tracking(
        report=report,
        original=texts.original,
        published=texts.published,
        files=files_of(report),
        moments=moments(report, REPORTER_HEARS, internal=False),
        legs=tuple(leg for leg in legs(report, now) if leg.is_lead),
        clocks=clocks_of(report, actor, now),
        actions=permitted(situation_of(report, actor, now), Role.REPORTER),
        unmaskings=tuple(unmaskings_of(ref, report.code)) if ref else (),
        zone=zone_of(report),
        way=ways_of_news([ref]).get((ref, report.code), ANY) if ref else ANY,
        cause=cause_told_to(report),
    )
