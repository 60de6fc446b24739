"""Small words that only the citizen's pages need: `{% load portal %}`."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lapor.kernel.templatetags import limits
from lapor.messaging.webpush import public_key
from lapor.portal import links
from lapor.portal.rulebook import reached
from lapor.sop.table import Step, To
from lapor.sop.vocabulary import Holder, Status

register = template.Library()
register.filter("preview", links.preview)
register.filter("named", limits.named)
register.filter("allowed", limits.allowed)
register.simple_tag(public_key, name="push_key")


@register.filter
def leads_to(to: Status | Holder | To) -> str:
    """Name the status or desk a step leads to."""
    word = reached(to)
    return word.label(get_language() or "id") if isinstance(word, Status | Holder) else str(word)


@register.filter
def rule(step: Step) -> str:
    """Return the rules of a step as people of the page's language read them."""
    english = (get_language() or "id").startswith("en")
    return step.rule if english else step.rule.replace("practice", "praktik").replace("law", "undang-undang")


@register.filter
def grouped(number: int) -> str:
    """Write a number with its thousands apart: 1.284 in Indonesian, 1,284 in English."""
    text = f"{number:,}"
    return text if (get_language() or "id").startswith("en") else text.replace(",", ".")


# What could end the script element or begin another one, written so that JSON reads the same.
_SAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def linked_data(context: template.Context, said: dict[str, Any]) -> SafeString:
    """Write JSON-LD into a script element with the request's nonce; nothing in it can end the element."""
    text = mark_safe(json.dumps(said, ensure_ascii=False).translate(_SAFE))  # noqa: S308 - escaped just here
    nonce = getattr(context.get("request"), "csp_nonce", "")
    return format_html('<script type="application/ld+json" nonce="{}">{}</script>', nonce, text)
