"""What only the verification screen shows: words that a rule saw, and why a desk is suggested."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from lapor.language import Emergency, Finding, Moment
from lapor.triage.units import LEARNED, LIES_IN, NAMED, PAST, RULE, SAME, Why

register = template.Library()


@register.filter
def words_of(finding: Finding | Emergency | Moment, text: str) -> str:
    """Return the words of the text that a rule saw."""
    return finding.span.of(text)


@register.filter
def reason(why: Why) -> str:
    """Say why a desk is suggested."""
    said = {
        RULE: _("rule for “%(what)s”"),
        NAMED: _("named in the text: “%(what)s”"),
        LIES_IN: _("%(what)s lies there"),
        PAST: _("%(n)s of the last %(of)s of this category went there"),
        SAME: _("%(n)s that says nearly the same went there"),
    }
    if why.kind == LEARNED:
        words = _("past reports: %(sure)s") % {"sure": likelihood(why.n)}
        return f"{words} ({why.what})" if why.what else words
    return said[why.kind] % {"what": why.what, "n": why.n, "of": why.of}


@register.filter
def likelihood(chance: int) -> str:
    """Say in words what a chance in hundredths means; the percentage beside it says the rest. No guess is certain."""
    chance = min(chance, 99)
    said = _("almost certain") if chance >= 85 else _("likely") if chance >= 50 else _("possible, not sure")
    return f"{said}, {chance}\u00a0%"


@register.filter
def of(texts: dict[str, Any], action: str) -> Any:
    """Return what stands under an action."""
    return texts.get(str(action))
