"""Handing out a file of a report to an officer who may see the report."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import FileResponse

from lapor.desk.officer import Officer
from lapor.desk.page import page
from lapor.reports import files
from lapor.reports.queries.evidence import find_evidence


@page("evidence")
def evidence(request: HttpRequest, officer: Officer, number: str, token: str) -> FileResponse:
    """Return the file; pictures are shown, everything else is downloaded."""
    found = find_evidence(officer.actor, number, token)
    shown = found.media_type in files.IMAGES
    answer = FileResponse(
        files.open_stored(found.sha256), as_attachment=not shown, filename=found.name, content_type=found.media_type
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
