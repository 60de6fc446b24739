"""Who reporters are: from account to reference, names in clear, and who looked at them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser

from lapor.identity.models import Consent, Reporter, Unmasking
from lapor.identity.seals import name_of


@dataclass(frozen=True)
class Look:
    """One look at who a reporter is, as the reporter reads it."""

    at: datetime
    role: str
    desk_name: str
    reason: str


def reporter_ref_of(account: AbstractBaseUser) -> UUID | None:
    """Return the reference of the reporter who signs in with this account; None before a first report."""
    return Reporter.objects.filter(account_id=account.pk).values_list("ref", flat=True).first()


def names_of(refs: Iterable[UUID]) -> dict[UUID, str]:
    """Return names in clear, in one query, without those who gave none.

    For desks, and only for reports that are not anonymous: the caller decides, who knows the report.
    """
    reporters = Reporter.objects.filter(ref__in=set(refs), sealed_name__isnull=False)
    return {reporter.ref: name_of(reporter) for reporter in reporters}


def unmaskings_of(ref: UUID, report_code: str) -> list[Look]:
    """Return who looked at the reporter of this report and why, oldest first: the reporter's own list."""
    looks = Unmasking.objects.filter(reporter__ref=ref, report_code=report_code).order_by("at", "pk")
    return [Look(look.at, look.role, look.desk_name, look.reason) for look in looks]


def consent_to(ref: UUID, report_code: str, purpose: str) -> bool | None:
    """Return the reporter's answer; None while there is none."""
    answers = Consent.objects.filter(reporter__ref=ref, report_code=report_code, purpose=purpose)
    return answers.values_list("given", flat=True).first()
