"""What a support visit may do: read some pages, each one written down before it is shown. It acts nowhere."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lapor.agencies.usecases.support import note_read
from lapor.desk.officer import Officer
from lapor.kernel.errors import Refusal

READABLE = frozenset(
    {
        "inbox",
        "case",
        "deadline",
        "breaches",
        "steps",
        "on_time",
        "closings",
        "officers",
        "calendar",
        "support",
        "support_visit",
    }
)
LEAVING = "support_end"


class VisitReadsOnly(Refusal):
    """A visit reads; who acts at a desk is appointed to it by a decree (S16)."""

    status = 403
    sentence = _("On a support visit you only read, and not every page. End the visit to work at your own desk.")


def check(request: HttpRequest, officer: Officer, page: str) -> None:
    """Let a visit read this page, after writing down that it did. Raises VisitReadsOnly and VisitOver."""
    if page == LEAVING:
        return
    if page not in READABLE or request.method not in ("GET", "HEAD"):
        raise VisitReadsOnly
    if officer.visit is not None and officer.visitor is not None:
        note_read(
            visit=officer.visit.id,
            page=page,
            address=request.get_full_path(),
            actor=officer.visitor,
            now=officer.now,
        )
