"""One decree: its dates, how long it still gives roles, and the decree itself as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lapor.agencies.queries import decrees, tree
from lapor.agencies.queries.decrees import DecreeInfo
from lapor.agencies.usecases.decrees import keep_decree_file
from lapor.desk.export import taken
from lapor.desk.forms.arrangement import DecreeFileForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.desk.views.officers import WARNING_DAYS, today_of
from lapor.kernel.errors import NotFound, Refusal
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.reports import files
from lapor.sop.vocabulary import Role


@page("decree_page")
def decree(request: HttpRequest, officer: Officer, decree: int) -> HttpResponse:
    """Show a decree; on POST keep its file."""
    found = _within_reach(officer, decree)
    form, status = DecreeFileForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = WRONG_INPUT
        if form.is_valid():
            try:
                _keep(form, found, officer)
            except Refusal as refusal:
                status = note_refusal(form, refusal)
            else:
                messages.success(request, _("The decree is kept."))
                return redirect("desk:decree_page", decree=found.id)
    context = {
        "decree": found,
        "home": tree.agency_infos([found.institution_id])[found.institution_id],
        "file_name": decrees.decree_file_name(found.id),
        "form": form,
        "warning_days": WARNING_DAYS,
    }
    return show(request, officer, "desk/decree.html", context, current="officers", status=status)


def _keep(form: DecreeFileForm, found: DecreeInfo, officer: Officer) -> None:
    """Clean the upload as every file is cleaned, then keep it with its decree."""
    upload = form.cleaned_data["file"]
    stored = files.accept(upload, upload.name)
    with files.open_stored(stored.sha256) as cleaned:
        content = cleaned.read()
    keep_decree_file(
        decree=found.id,
        name=stored.name,
        media_type=stored.media_type,
        content=content,
        actor=officer.actor,
        now=officer.now,
    )


@page("decree_file")
def download(request: HttpRequest, officer: Officer, decree: int) -> HttpResponse:
    """Hand the decree itself out, always as a download."""
    found = _within_reach(officer, decree)
    kept = decrees.decree_file(found.id)
    if kept is None:
        raise NotFound(_("Nobody has handed this decree in yet."))
    answer = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    extension = {"application/pdf": "pdf", "image/png": "png"}.get(kept.media_type, "jpg")
    name = f"SK-{found.id}.{extension}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return taken(answer, officer, name=name, of=found.institution_id)


def _within_reach(officer: Officer, decree: int) -> DecreeInfo:
    found = decrees.find_decree(decree, on=today_of(officer))
    if found is None or (officer.actor.role is not Role.NATIONAL_ADMIN and found.institution_id != officer.desk.id):
        raise NotFound(_("There is no such decree."))
    return found
