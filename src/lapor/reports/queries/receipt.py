"""The receipt: what the reporter was promised, from the clocks that were started."""

from __future__ import annotations

from lapor.reports.drafts import Promise, Receipt
from lapor.reports.models import Deadline, Filing, Report
from lapor.sop.vocabulary import Clock

PROMISED = (Clock.VERIFY_NATIONAL, Clock.VERIFY_AGENCY, Clock.DISPOSE_AGENCY, Clock.FIRST_RESPONSE, Clock.ESCALATION)


def receipt_of(report: Report, *, repeated: bool = False) -> Receipt:
    """Return the receipt of a report, with its promised days in order. Two queries."""
    clocks = Deadline.objects.filter(report=report, leg=None, epoch=1, clock__in=[str(c) for c in PROMISED])
    promises = sorted(
        (Promise(Clock(d.clock), d.promised_on) for d in clocks if d.promised_on), key=lambda promise: promise.day
    )
    return Receipt(
        code=report.code,
        number=report.number,
        agency=report.agency.name if report.agency else "",
        received_at=report.received_at,
        promises=tuple(promises),
        repeated=repeated,
        for_other=Filing.objects.filter(report=report, for_other=True).exists(),
    )
