"""What an officer last wrote to a reporter, for who can read it nowhere but in the message itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lapor.reports.models import Response
from lapor.sop.vocabulary import Audience, Role

HEARD = (str(Audience.PUBLIC), str(Audience.REPORTER))


def last_words(report: int) -> str:
    """Return the newest words of an officer that the reporter may read, on one line; empty for none."""
    said = Response.objects.filter(report=report, audience__in=HEARD).exclude(role=str(Role.REPORTER))
    return " ".join((said.order_by("-pk").values_list("text", flat=True).first() or "").split())


def heard_since(report: int, then: datetime) -> bool:
    """Tell whether an officer has said something to the reporter since then."""
    said = Response.objects.filter(report=report, audience__in=HEARD, at__gt=then)
    return said.exclude(role=str(Role.REPORTER)).exists()


def words_of_responses(responses: Iterable[int | None]) -> dict[int, str]:
    """Return by id what was written to the reporter, each on one line; what only officers hear is left out."""
    said = Response.objects.filter(pk__in=[pk for pk in responses if pk], audience__in=HEARD)
    return {pk: " ".join(text.split()) for pk, text in said.values_list("pk", "text")}
