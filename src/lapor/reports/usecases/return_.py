"""Return a report that is not this desk's to answer; it names whose it is (S30, S32, S55)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.drafts import clean_text
from lapor.reports.models import Report
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._say import audience_of, say
from lapor.sop.vocabulary import Action, Audience, ResponseKind, Role

MOST_WORDS = 200


@transaction.atomic(durable=True)
def return_report(
    *, code: str, competent_body: str, why: str, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Send the report back one desk. From the second return on the coordinator decides, and it cannot bounce again.

    `competent_body` names who is competent, or says why nobody is. Raises InvalidInput when it names nobody.
    """
    report = access.lock_report(actor, code, version)
    return give_back(report, competent_body=competent_body, why=why, actor=actor, now=now)


def give_back(report: Report, *, competent_body: str, why: str, actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    body = clean_text(competent_body, field="competent_body", longest=MOST_WORDS)
    turn = permit(report, Action.RETURN, actor=actor, now=now)
    audience = Audience.OFFICERS if actor.role is Role.LIAISON else audience_of(report)
    say(turn, ResponseKind.DECISION, audience, why)
    if actor.role is Role.LIAISON:
        report.unit, report.unit_returns = None, report.unit_returns + 1
    else:
        report.agency, report.agency_returns = None, report.agency_returns + 1
    report.verified_at = report.accepted_at = None
    report.answer_waiting = False
    return advance(
        turn, Move(to=report.agency, facts={"returns": report.unit_returns + report.agency_returns}, named_body=body)
    )
