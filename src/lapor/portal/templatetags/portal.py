"""Small words that only the citizen's pages need: `{% load portal %}`."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lapor.kernel.codes import show_code
from lapor.portal import links
from lapor.portal.rulebook import reached
from lapor.sop.profile import ClockLimit
from lapor.sop.table import To
from lapor.sop.vocabulary import Holder, Status

register = template.Library()
register.filter("shown_code", show_code)
register.filter("file_address", links.address)


@register.filter
def leads_to(to: Status | Holder | To) -> str:
    """Name the status or desk a step leads to."""
    word = reached(to)
    return word.label(get_language() or "id") if isinstance(word, Status | Holder) else str(word)


@register.filter
def allowed(limit: ClockLimit | None) -> str:
    """Say what a profile allows: "5 hari kerja", "target 3, paling lama 5 hari kerja", or a dash."""
    if limit is None:
        return "–"
    unit = limit.unit.label(get_language() or "id")
    if limit.limit is None:
        return _("target %(target)d %(unit)s") % {"target": limit.target, "unit": unit}
    if limit.target is None:
        return f"{limit.limit} {unit}"
    return _("target %(target)d, at most %(limit)d %(unit)s") % {
        "target": limit.target,
        "limit": limit.limit,
        "unit": unit,
    }
