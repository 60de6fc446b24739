"""What the verification screen says about a text that is not in Indonesian."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lapor.language import Regional

register = template.Library()


@register.filter
def tongue(part: Regional) -> str:
    """Say in which language a part of the text, or all of it, seems to be."""
    said = (
        _("The text seems to be in %(language)s")
        if part.is_whole
        else _("Part of the text seems to be in %(language)s")
    )
    return said % {"language": part.name.label(get_language() or "id")}
