"""`lapor worker`: sends what the workflow owes, and folds the counters."""

import os
import socket
from datetime import datetime

import click

from lapor.ops.runtime import ready


@click.command()
def command() -> None:
    """Send outgoing messages and keep the counters, until stopped."""
    with ready():
        from lapor.ops.loops import Loop

        Loop("worker", work, rest=5.0).run()


def work(now: datetime) -> int:
    """Do one round; return how many messages were taken."""
    from lapor.messaging import drain
    from lapor.messaging.followers import drain_followers
    from lapor.reports.usecases.counts import fold_counts

    fold_counts()
    told = drain_followers(now=now)
    return told + drain(now=now, worker=f"{socket.gethostname()}:{os.getpid()}")
