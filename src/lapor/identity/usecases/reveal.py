"""Look at who a reporter is: never without a reason, never without a trace that the reporter sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.identity.models import Reporter, Unmasking
from lapor.identity.seals import address_of, name_of
from lapor.kernel.errors import InvalidInput

SHORTEST_REASON, LONGEST_REASON = 10, 500


@dataclass(frozen=True)
class Revealed:
    """A reporter in clear: name and addresses as (kind, address); not to be kept anywhere."""

    name: str
    contacts: tuple[tuple[str, str], ...]


@transaction.atomic
def reveal(
    *, reporter_ref: UUID, report_code: str, appointment: int, role: str, desk_name: str, reason: str, now: datetime
) -> Revealed:
    """Return who reported, after writing down which officer asked and why.

    Whether the officer may ask is for the caller to decide, who knows the report (an anonymous one tells its agency
    nothing). Raises `InvalidInput` on the field "reason".
    """
    reporter = Reporter.objects.get(ref=reporter_ref)
    Unmasking.objects.create(
        reporter=reporter,
        report_code=report_code,
        appointment=appointment,
        role=role,
        desk_name=desk_name,
        reason=_reason(reason),
        at=now,
    )
    contacts = reporter.contacts.select_related("reporter").order_by("pk")
    return Revealed(name_of(reporter), tuple((contact.kind, address_of(contact)) for contact in contacts))


def _reason(typed: str) -> str:
    reason = " ".join(typed.replace("\0", " ").split())
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise InvalidInput(
            _("Say in a sentence why you need to know who reported; the reporter will read it."), field="reason"
        )
    return reason
