"""The sentences below the title of a monthly report: whose, of when, and whom it may be shown to."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.insights.monthly import Monthly
from lapor.kernel.templatetags.ui import shortdate


def notes_of(report: Monthly) -> list[str]:
    """Return what a reader must know before the first number."""
    found = [_("Reports that came in during the period, as they stood when it was counted.")]
    if report.made_at:
        found[0] += " " + _("Counted %(when)s.") % {"when": shortdate(report.made_at, report.zone)}
    if report.without_secret:
        found.append(_("Without secret reports: it may be handed on."))
    elif report.secret:
        sentence = ngettext(
            "%(n)d secret report is counted in it: for this desk only, not to be handed on.",
            "%(n)d secret reports are counted in it: for this desk only, not to be handed on.",
            report.secret,
        )
        found.append(sentence % {"n": report.secret})
    return found
