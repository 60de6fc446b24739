"""What the verification screen says about why another report may be the same, or is at another place."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from lapor.triage.duplicates import DAYS, NEIGHBOURHOOD, NUMBER, PHRASES, PLACE, POST, STREET, WORDS, Reason
from lapor.triage.same import CAMPAIGN, SENT_AGAIN, Same

register = template.Library()


@register.filter
def why_alike(same: Same) -> list[str]:
    """Return the reasons as a person reads them: places first, then what both say, then the days between them."""
    return [said for reason in same.reasons if (said := _sentence(reason))]


@register.filter
def seems(same: Same) -> str:
    """Say what the other report seems to be, and what is proposed; empty where it is only alike."""
    if same.kind == SENT_AGAIN:
        return _("Sent again by the same reporter: link it as a duplicate.")
    if same.kind == CAMPAIGN:
        return _("One text of %(n)d senders, a campaign: join the reports to a cause.") % {"n": same.senders}
    return ""


def _sentence(reason: Reason) -> str:
    same = {
        STREET: _("same street: %(what)s"),
        NUMBER: _("same house number: %(what)s"),
        NEIGHBOURHOOD: _("same RT or RW: %(what)s"),
        POST: _("same lamp post: %(what)s"),
        PHRASES: _("%(what)s %% in the same words"),
        WORDS: _("both say: %(what)s"),
        PLACE: _("same place"),
        DAYS: _("%(what)s days apart") if reason.what != "0" else _("on the same day"),
    }
    other = {
        STREET: _("different streets: %(what)s"),
        NUMBER: _("different house numbers: %(what)s"),
        NEIGHBOURHOOD: _("different RT or RW: %(what)s"),
        POST: _("different lamp posts: %(what)s"),
        PLACE: _("different places"),
        DAYS: _("%(what)s days apart"),
    }
    said = (same if reason.speaks_for else other).get(reason.kind, "")
    return said % {"what": _shown(reason)}


def _shown(reason: Reason) -> str:
    """Write names as names: "mawar barat" is "Mawar Barat", "rt 2" is "RT 2"."""
    if reason.kind == STREET:
        return reason.what.title()
    return reason.what.upper() if reason.kind in (NEIGHBOURHOOD, POST) else reason.what
