"""Give the code of a report a PIN, change it, or take it away again."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import CodePin, Report
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases.door import new_key
from lapor.sop.vocabulary import Role

_DIGITS = re.compile(r"[0-9]{6,8}")
_ROWS = ("01234567890123456789", "98765432109876543210")


@transaction.atomic(durable=True)
def set_pin(*, code: str, pin: str, actor: Actor, now: datetime) -> str:
    """Set or change the PIN and return the new key: every other browser must now show code and PIN.

    Raises InvalidInput for what is no PIN of 6 to 8 digits, or is among the first that anybody would try.
    """
    _check(pin)
    report = _own(actor, code)
    CodePin.objects.update_or_create(report=report, defaults={"hash": make_password(pin), "set_at": now})
    return _rekey(report, new_key())


@transaction.atomic(durable=True)
def remove_pin(*, code: str, actor: Actor) -> str:
    """Take the PIN away: the code alone opens the report again. Returns the key, which is empty now."""
    report = _own(actor, code)
    CodePin.objects.filter(report=report).delete()
    return _rekey(report, "")


def _own(actor: Actor, code: str) -> Report:
    if actor.role is not Role.REPORTER:
        raise InvalidInput(_("Only the reporter can change the PIN."), field="pin")
    return access.lock_report(actor, code)


def _rekey(report: Report, key: str) -> str:
    report.pin_key = key
    report.save(update_fields=["pin_key"])
    return key


def _check(pin: str) -> None:
    if not _DIGITS.fullmatch(pin):
        raise InvalidInput(_("A PIN has 6 to 8 digits."), field="pin")
    if len(set(pin)) == 1 or any(pin in row for row in _ROWS):
        raise InvalidInput(_("Everybody would try this PIN first. Choose another one."), field="pin")
