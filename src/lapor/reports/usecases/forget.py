"""Forget who somebody is, at their wish (UU 27/2022)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.identity.usecases.accounts import erase_account, reporter_of
from lapor.identity.usecases.devices import forget_devices_of
from lapor.reports.models import Follow, Report
from lapor.reports.queries.mydata import indexes_of
from lapor.reports.usecases.comment import erase_comments


@transaction.atomic
def forget_person(*, account_id: int, now: datetime) -> None:
    """Close the account and forget name, addresses, passkeys, comments, and what took news: devices, and follows.

    The reports stay as they are. What the person sent by channels is forgotten by `lapor.intake.usecases.retention`,
    which calls this in its own transaction; that caller has checked a fresh one-time code.
    """
    reports = Report.objects.filter(reporter_ref=reporter_of(account_id).ref)
    forget_devices_of(report_codes=list(reports.values_list("code", flat=True)))
    Follow.objects.filter(index__in=indexes_of(account_id)).delete()
    erase_comments(account_id=account_id, now=now)
    erase_account(account_id=account_id, now=now)
