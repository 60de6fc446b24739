"""Looking through the record: who arranged what, and when."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.audit import deeds
from lapor.desk.forms.arrangement import AuditForm
from lapor.desk.officer import Officer
from lapor.desk.page import page, show
from lapor.kernel.numbers import row_number

NAMES: dict[str, Any] = {
    "signed_in": _("Signed in"),
    "locked": _("Locked after wrong tries"),
    "factor_set": _("Second step set up"),
    "factor_removed": _("Second step removed"),
    "factor_reset": _("Second step reset by an admin"),
    "sessions_ended": _("Sessions ended"),
    "invited": _("Invited"),
    "sign_on_kept": _("Own sign-on set up"),
    "sign_on_removed": _("Own sign-on removed"),
    "support_began": _("Support visit begun"),
    "support_ended": _("Support visit ended"),
    "support_read": _("Read on a support visit"),
    "decree_registered": _("Decree registered"),
    "decree_file_kept": _("Decree's file kept"),
    "appointed": _("Appointed"),
    "appointment_ended": _("Appointment ended"),
    "handed_over": _("Seat handed over"),
    "absence_set": _("Absence noted"),
    "absence_cut": _("Back early"),
    "unit_founded": _("Unit founded"),
    "unit_changed": _("Unit renamed"),
    "unit_merged": _("Unit merged"),
    "unit_abolished": _("Unit let go"),
    "keyword_added": _("Keyword added"),
    "keyword_removed": _("Keyword removed"),
    "rule_added": _("Routing rule added"),
    "rule_removed": _("Routing rule removed"),
    "category_kept": _("Category changed"),
    "cause_changed": _("Promise of a shared cause changed"),
    "cause_fixed": _("Shared cause said to be fixed"),
    "suggestion_switched": _("Suggestions switched on or off"),
    "template_kept": _("Ready text kept"),
    "holiday_declared": _("Free day declared"),
    "holiday_revoked": _("Free day taken back"),
    "hours_kept": _("Service hours changed"),
    "look_chosen": _("Look chosen"),
    "profile_chosen": _("SOP profile chosen"),
    "message_reported": _("Incoming message made a report"),
    "message_attached": _("Incoming message attached to a report"),
    "message_dismissed": _("Incoming message kept as no report"),
    "message_released": _("Incoming message read again"),
    "file_taken": _("File taken along"),
}


@page("audit")
def audit(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the deeds that were asked for, newest first; a broken question shows all."""
    choices = sorted(((name, str(words)) for name, words in NAMES.items()), key=lambda one: one[1])
    form = AuditForm(request.GET or None, offered={"action": choices})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = deeds(officer.actor, zone=officer.desk.zone, **asked, before=row_number(request.GET.get("before")))
    rows = [(row, NAMES.get(row.action, row.action)) for row in found.rows]
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    older = urlencode({**kept, "before": found.older}) if found.older else ""
    context = {"form": form, "rows": rows, "older": older}
    return show(request, officer, "desk/audit.html", context, current="audit")
