"""`lapor clock`: does what is due by the SOP's clocks, all day long."""

from datetime import datetime

import click

from lapor.ops.rounds import each
from lapor.ops.runtime import ready


@click.command()
def command() -> None:
    """Remind, close, escalate and record breaches as they fall due, until stopped."""
    with ready():
        from lapor.ops.loops import Loop

        Loop("clock", work, rest=15.0).run()


def work(now: datetime) -> int:
    """Do one batch; return how many cases it moved, so that a backlog is worked off without resting."""
    from lapor.intake.usecases.retention import forget_due
    from lapor.reports.usecases.answer import forget_drafts
    from lapor.reports.usecases.cause import tell_fixed
    from lapor.reports.usecases.claim import forget_claims
    from lapor.reports.usecases.decree_news import owe_decree_warnings
    from lapor.reports.usecases.follow import forget_unconfirmed
    from lapor.reports.usecases.hand_over import give_back_due, pass_on_due
    from lapor.reports.usecases.head_digests import owe_digests
    from lapor.reports.usecases.leftovers import sweep_leftovers
    from lapor.reports.usecases.monthly_news import owe_months
    from lapor.reports.usecases.sweep import sweep
    from lapor.reports.usecases.upkeep import keep_up

    def deadlines(*, now: datetime) -> int:
        swept = sweep(now=now)
        return swept.acted + swept.breached

    each(now, pass_on_due, give_back_due)  # first: on the day of a hand-over it changes whose a deadline is
    moved = each(now, deadlines, tell_fixed)
    each(now, owe_digests, owe_decree_warnings, owe_months, keep_up)
    each(now, forget_unconfirmed, forget_claims, forget_drafts, forget_due, sweep_leftovers)
    return moved
