"""Give each officer of a desk a report of their own to read, so that two never work on the same one.

A claim is soft: it forbids no step, ends by itself after LASTS, and goes with the report's next move (`_advance`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.kernel.actor import Actor, person
from lapor.reports import access
from lapor.reports.models import Claim, Report
from lapor.reports.queries.claims import Reading, live, queue, read_by_another

LASTS = timedelta(minutes=10)

_TAKE = """
INSERT INTO reports_claim (report_id, desk_id, account, since, until)
VALUES (%(report)s, %(desk)s, %(me)s, %(now)s, %(until)s)
ON CONFLICT (report_id, desk_id) DO UPDATE SET account = EXCLUDED.account, until = EXCLUDED.until,
    since = CASE WHEN reports_claim.account = EXCLUDED.account AND reports_claim.until > EXCLUDED.since
        THEN reports_claim.since ELSE EXCLUDED.since END
WHERE reports_claim.account = EXCLUDED.account OR reports_claim.until <= EXCLUDED.since
"""


@transaction.atomic(durable=True)
def claim_next(*, actor: Actor, now: datetime, leaving: str = "") -> str | None:
    """Return the number of the next report for this officer to read, claimed for LASTS; None when nothing is left.

    It is the one due first among those that wait for this role's first step at its own desk (unverified ones for an
    admin, disposed ones for a liaison) and that no colleague of the desk holds. `leaving` is the number of the report
    just seen or done: its claim ends, and if it still waits, the search goes on behind it and comes round to it last,
    so that "next" without a step skips. Never given to two officers at once: rows are locked, and skipped while another
    has them. Call it after a step's own transaction has committed, never inside one. At most eight queries.

        done = verify_report(code=number, ...)
        number = claim_next(actor=actor, now=now, leaving=number)   # the next one is there at once
    """
    _let_all_go(actor)
    left = queue(actor).filter(access.named(actor, leaving)).first() if leaving else None
    free = queue(actor).exclude(Exists(live(actor, now).filter(report=OuterRef("pk")).exclude(account=person(actor))))
    for part in _from(free, left):
        while (report := access.locked(part, skip=True)) is not None:
            if _take(report, actor, now):  # else a colleague's claim was committed since we looked: look again
                return Report.objects.values_list("number", flat=True).get(pk=report)
    return None


@transaction.atomic(durable=True)
def hold_report(*, code: str, actor: Actor, now: datetime) -> Reading | None:
    """Claim a report that this officer has opened, or renew the claim; return the colleague who has it, if any.

    Does nothing where the officer's desk has no step to take. Raises NotFound for a report the actor may not see.
    """
    report = access.find_row(actor, code)
    if not access.may_act(actor, report) or _take(report.pk, actor, now):
        return None
    return read_by_another(actor, report.pk, now)


@transaction.atomic(durable=True)
def let_go(*, code: str, actor: Actor) -> None:
    """End this officer's claim on a report, if there is one; a colleague's is never touched. Raises NotFound."""
    report = access.find_row(actor, code)
    Claim.objects.filter(report=report, desk=actor.desk, account=person(actor)).delete()


@transaction.atomic(durable=True)
def forget_claims(*, now: datetime) -> int:
    """Delete the claims that ran out, which nobody reads any more; returns how many."""
    return Claim.objects.filter(until__lte=now).delete()[0]


def _take(report: int, actor: Actor, now: datetime) -> bool:
    """Write or renew the claim; False when a colleague's still lasts."""
    values = {"report": report, "desk": actor.desk, "me": actor.account, "now": now, "until": now + LASTS}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        return bool(cursor.rowcount)


def _let_all_go(actor: Actor) -> None:
    """An officer reads one report at a time: asking for the next one lets all others go."""
    Claim.objects.filter(desk=actor.desk, account=person(actor)).delete()


def _from(free: QuerySet[Report], left: Report | None) -> list[QuerySet[Report]]:
    """Return where to look, in this order: behind the report left, before it, and last that report itself."""
    if left is None:
        return [free]
    due, same = left.due_ordinal, Q(due_ordinal=left.due_ordinal)
    dated = Q(due_ordinal__isnull=False)  # what owes nothing has no date and comes last
    later, sooner = (
        (Q(due_ordinal__gt=due) | ~dated, Q(due_ordinal__lt=due)) if due is not None else (Q(pk=None), dated)
    )
    behind, before = later | same & Q(pk__gt=left.pk), sooner | same & Q(pk__lt=left.pk)
    return [free.filter(behind), free.filter(before), free.filter(pk=left.pk)]
