"""`lapor worker`: reads what came in, sends what the workflow owes, and folds the counters."""

import os
import socket
from datetime import datetime

import click

from lapor.ops.rounds import each
from lapor.ops.runtime import ready


@click.command()
def command() -> None:
    """Send outgoing messages and keep the counters, until stopped."""
    with ready():
        from lapor.ops.loops import Loop

        Loop("worker", work, rest=5.0).run()


def work(now: datetime) -> int:
    """Do one round; return how many messages were taken and months folded."""
    from lapor.insights.folding import fold_months
    from lapor.intake.answers import drain_answers
    from lapor.intake.notes import drain_notes
    from lapor.intake.usecases.understand import understand_due
    from lapor.messaging import drain
    from lapor.messaging.decrees import drain_decrees
    from lapor.messaging.digests import drain_digests
    from lapor.messaging.followers import drain_followers
    from lapor.messaging.handed import drain_handed
    from lapor.messaging.monthly import drain_months
    from lapor.reports.usecases.answer import send_due
    from lapor.reports.usecases.counts import fold_counts
    from lapor.reports.usecases.sheets import forget_sheets, work_sheets

    def letters(*, now: datetime) -> int:
        return drain(now=now, worker=name)

    def understanding(*, now: datetime) -> int:
        return understand_due(now=now, worker=name)

    def counts(*, now: datetime) -> None:
        fold_counts()

    name = f"{socket.gethostname()}:{os.getpid()}"
    waited_for = each(now, send_due, letters, understanding, drain_answers, drain_notes)
    owed = each(now, drain_handed, drain_decrees, drain_digests, drain_followers, drain_months)
    each(now, counts, forget_sheets)
    return waited_for + owed + each(now, work_sheets, fold_months)
