"""The cast reads what it was told, but for the last days, so that what is new stands out when the demo opens."""

from __future__ import annotations

from datetime import datetime

from lapor.agencies.queries import cast, roles
from lapor.reports.usecases.read_messages import read_messages


def read_post(now: datetime) -> None:
    """Let everybody of the cast read everything that was told to them so far."""
    for account_id in {chair.account_id for chair in cast.chairs(now)}:
        if account := cast.account_of_chair(account_id):
            for reader in roles.actors_of(account, now):
                read_messages(actor=reader, now=now)
