"""Change who may know: anonymous hides the reporter from the agency, secret hides the report from the public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._cause_count import secrecy_changed
from lapor.sop.vocabulary import Action, Role


@transaction.atomic(durable=True)
def change_secrecy(
    *, code: str, anonymous: bool, secret: bool, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Set both; only the reporter may give up what protects the reporter. Raises InvalidInput."""
    report = access.lock_report(actor, code, version)
    return protect(report, anonymous=anonymous, secret=secret, actor=actor, now=now)


def protect(report: Report, *, anonymous: bool, secret: bool, actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    turn = permit(report, Action.CHANGE_SECRECY, actor=actor, now=now)
    gives_up = (report.is_anonymous and not anonymous) or (report.is_secret and not secret)
    if gives_up and actor.role is not Role.REPORTER:
        raise InvalidInput(_("Only the reporter can give up a protection."), field="secret")
    report.is_anonymous, report.is_secret = anonymous, secret
    changed = advance(turn, Move(facts={"anonymous": anonymous, "secret": secret}))
    secrecy_changed(changed)
    return changed
