"""One file of a report, for handing out: to an actor who may see the report, or to the holder of a signed link."""

from __future__ import annotations

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.files import StoredFile
from lapor.reports.models import Evidence
from lapor.reports.refusals import NotFound


def find_evidence(actor: Actor, code: str, token: str) -> StoredFile:
    """Return a file of this report. Raises NotFound, also for a file of another report. Two queries."""
    report = access.find_report(actor, code)
    return _stored(Evidence.objects.filter(report=report, token=token).first())


def linked_evidence(token: str) -> StoredFile:
    """Return a file by its random name alone: only for links that were signed after asking who sees the report."""
    return _stored(Evidence.objects.filter(token=token).first())


def _stored(row: Evidence | None) -> StoredFile:
    if row is None:
        raise NotFound
    return StoredFile(row.sha256, row.media_type, row.size, row.name, row.width, row.height, row.is_public, row.stage)
