"""What belongs to whom: reports come to the account whose owner proved the address, or held the code (C24).

No report ever leaves an account, and the choice to be anonymous stays as it was.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lapor.identity.contacts import ContactInput
from lapor.identity.usecases import accounts, codes
from lapor.identity.usecases.accounts import Proved
from lapor.identity.usecases.devices import forget_devices_of
from lapor.kernel.actor import Actor
from lapor.ledger import book
from lapor.reports import access
from lapor.reports.models import Report
from lapor.reports.refusals import Refusal
from lapor.sop.vocabulary import Action, Role


class NotYours(Refusal):
    """The report belongs to an account, or was filed with an address that this account has not proved."""

    sentence = _(
        "This report was filed with another number, e-mail or account. Add that number or e-mail to your account, "
        "and the report comes along."
    )


def enter_by_code(*, code_id: int, contact: ContactInput, digits: str, language: str, now: datetime) -> Proved:
    """Sign in with the one-time code sent to an address; the account is made if there is none. Raises WrongCode."""
    codes.use_code(id=code_id, contact=contact, purpose=codes.SIGN_IN, digits=digits, now=now)
    try:
        return _enter(contact, language, now)
    except IntegrityError:  # the same person was quicker on another device
        return _enter(contact, language, now)


@transaction.atomic(durable=True)
def _enter(contact: ContactInput, language: str, now: datetime) -> Proved:
    proved = accounts.account_of_address(contact=contact, language=language, now=now)
    _bring_along(proved.shadow, proved.ref, now)
    return proved


def add_address(*, account_id: int, code_id: int, contact: ContactInput, digits: str, now: datetime) -> int:
    """Add a proved address to an account; return how many reports filed with it came along.

    Raises WrongCode, AnothersAddress.
    """
    codes.use_code(id=code_id, contact=contact, purpose=codes.CONTACT, digits=digits, now=now)
    with transaction.atomic(durable=True):
        reporter = accounts.reporter_of(account_id)
        shadow = accounts.confirm_address(reporter=reporter, contact=contact, now=now)
        return _bring_along(shadow, reporter.ref, now)


def silence_phones(*, account_id: int) -> int:
    """Forget the phones that listen to an account's reports, before their owner is forgotten; return how many."""
    with transaction.atomic(durable=True):
        reports = Report.objects.filter(reporter_ref=accounts.reporter_of(account_id).ref)
        return forget_devices_of(report_codes=reports.values_list("code", flat=True))


@transaction.atomic(durable=True)
def claim_report(*, code: str, actor: Actor, account_id: int, now: datetime) -> Report:
    """Keep a report in the account of who holds its code and PIN. Raises NotFound, NotYours.

    It must have been filed without any address: one filed with an address comes along when that address is proved.
    """
    report = access.lock_report(actor, code)
    reporter = accounts.reporter_of(account_id)
    if report.reporter_ref == reporter.ref:
        return report
    if report.reporter_ref is not None:
        shadow = accounts.find_shadow(report.reporter_ref)
        if shadow is None or shadow.contacts.exists():
            raise NotYours
        if not Report.objects.filter(reporter_ref=shadow.ref).exclude(pk=report.pk).exists():
            accounts.absorb(shadow, reporter)
    return _give(report, reporter.ref, now)


def _bring_along(shadow: UUID | None, ref: UUID, now: datetime) -> int:
    if shadow is None:
        return 0
    followed = list(Report.objects.select_for_update().filter(reporter_ref=shadow).order_by("pk"))
    for report in followed:
        _give(report, ref, now)
    return len(followed)


def _give(report: Report, ref: UUID, now: datetime) -> Report:
    """Write the new owner, and that it happened; who it is stands in no ledger."""
    report.reporter_ref = ref
    report.version += 1
    report.save(update_fields=["reporter_ref", "version"])
    book.append(
        subject=report.pk,
        rule="C24",
        action=str(Action.CLAIM),
        role=str(Role.REPORTER),
        appointment=None,
        desk=None,
        at=now,
        facts={"status": report.status, "holder": report.holder},
    )
    return report
