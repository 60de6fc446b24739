"""What one person sent us by any channel, for that person alone (UU 27/2022, Article 7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q

from lapor.identity.queries.contacts import proved_indexes
from lapor.intake.models import InboundMessage
from lapor.intake.seals import sender_of, text_of
from lapor.reports.models import Report

Became = InboundMessage.Became
BATCH = 200
OWN = (Became.REPORT, Became.REPLY, Became.COMMAND, Became.REPEAT)


def messages_of(account_id: int, ref: UUID) -> Iterator[dict[str, Any]]:
    """Yield what came from the addresses that this account has proved, and by what its reports were filed and told of.

    As plain data, oldest first, four queries and one for every 200 messages; what is forgotten is not there. `report`
    is the human number where the report is the person's own, and empty where an officer put the words to somebody
    else's: nobody learns of a report by having written about it. What strangers wrote, and an officer put to the
    person's report, is theirs.
    """
    kept = InboundMessage.objects.filter(forgotten_at=None)
    own_reports = list(Report.objects.filter(reporter_ref=ref).values_list("pk", flat=True))
    told = kept.filter(report__in=own_reports, state=InboundMessage.State.UNDERSTOOD, became__in=OWN)
    told = told.filter(Q(looked_by=None) | Q(became=Became.REPORT))
    came = kept.filter(sender_index__in=proved_indexes(account_id))
    # One question for each index: with an OR between them the database would look at every message there is.
    found = sorted({*told.values_list("pk", flat=True), *came.values_list("pk", flat=True)})
    for start in range(0, len(found), BATCH):
        yield from _batch(found[start : start + BATCH], ref)


def _batch(found: list[int], ref: UUID) -> Iterator[dict[str, Any]]:
    rows = InboundMessage.objects.filter(pk__in=found).select_related("report").defer("raw").order_by("pk")
    for row in rows:
        own = row.report if row.report and row.report.reporter_ref == ref else None
        yield {
            "channel": row.channel,
            "from": sender_of(row),
            "to": row.account,
            "sent_at": row.sent_at,
            "received_at": row.received_at,
            "text": text_of(row),
            "state": row.state,
            "became": row.became,
            "report": own.number if own else "",
        }
