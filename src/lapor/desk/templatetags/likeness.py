"""What the verification screen says about why another report may be the same, or is at another place."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from lapor.reports.queries.alike import Alike
from lapor.reports.queries.case import Case
from lapor.triage.duplicates import NEIGHBOURHOOD, NUMBER, PHRASES, POST, STREET, WORDS, Rarity, Reason, Said, compare

register = template.Library()


@register.filter
def why_alike(one: Alike, case: Case) -> list[str]:
    """Return the reasons that the row itself does not show: streets, numbers, and what both say."""
    mine = Said(f"{case.report.title}\n{case.published}", case.report.received_at.timestamp() / 86_400)
    theirs = Said(f"{one.title}\n{one.excerpt}", one.received_at.timestamp() / 86_400)
    return [said for reason in compare(mine, theirs, Rarity()).reasons if (said := _sentence(reason))]


def _sentence(reason: Reason) -> str:
    same = {
        STREET: _("same street: %(what)s"),
        NUMBER: _("same house number: %(what)s"),
        NEIGHBOURHOOD: _("same RT or RW: %(what)s"),
        POST: _("same lamp post: %(what)s"),
        PHRASES: _("%(what)s %% in the same words"),
        WORDS: _("both say: %(what)s"),
    }
    other = {
        STREET: _("different streets: %(what)s"),
        NUMBER: _("different house numbers: %(what)s"),
        NEIGHBOURHOOD: _("different RT or RW: %(what)s"),
        POST: _("different lamp posts: %(what)s"),
    }
    said = (same if reason.speaks_for else other).get(reason.kind, "")
    return said % {"what": _shown(reason)}


def _shown(reason: Reason) -> str:
    """Write names as names: "mawar barat" is "Mawar Barat", "rt 2" is "RT 2"."""
    if reason.kind == STREET:
        return reason.what.title()
    return reason.what.upper() if reason.kind in (NEIGHBOURHOOD, POST) else reason.what
