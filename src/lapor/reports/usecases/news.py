"""By which way the reporter of one report wants its news."""

from __future__ import annotations

from lapor.identity.usecases.news import choose_news
from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.refusals import NotFound


def choose_news_of_report(*, code: str, way: str, actor: Actor) -> None:
    """Keep the choice with the reporter. Raises NotFound, also for a report that has no reporter to be told."""
    report = access.find_report(actor, code)
    if report.reporter_ref is None:
        raise NotFound
    choose_news(ref=report.reporter_ref, way=way, report_code=report.code)
