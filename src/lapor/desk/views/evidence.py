"""Handing out a file of a report to an officer who may see the report, and marking who else may."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lapor.desk.export import taken
from lapor.desk.officer import Officer
from lapor.desk.page import page
from lapor.reports import files
from lapor.reports.queries.evidence import find_evidence
from lapor.reports.usecases.mark_file import NotForThePublic, mark_file


@page("evidence")
def evidence(request: HttpRequest, officer: Officer, number: str, token: str) -> FileResponse:
    """Return the file; pictures are shown, everything else is downloaded.

    What is downloaded goes on record without its name: a citizen chose that.
    """
    found = find_evidence(officer.actor, number, token)
    answer = handed_out(found)
    if found.media_type in files.IMAGES:
        return answer
    return taken(answer, officer, name=f"lampiran-{number}", of=officer.desk.institution_id)


def handed_out(file: files.StoredFile) -> FileResponse:
    """Return a stored file: a picture is shown, anything else downloaded, and neither runs anything."""
    shown = file.media_type in files.IMAGES
    answer = FileResponse(
        files.open_stored(file.sha256), as_attachment=not shown, filename=file.name, content_type=file.media_type
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@page("mark_file")
def mark(request: HttpRequest, officer: Officer, number: str, token: str) -> HttpResponse:
    """Show a file to the public, or hide it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    shown = request.POST.get("public") == "yes"
    try:
        mark_file(code=number, token=token, is_public=shown, actor=officer.actor, now=officer.now)
    except NotForThePublic as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The public sees this file now.") if shown else _("The public no longer sees it."))
    return redirect(f"{reverse('desk:case', args=[number])}#bukti")
