"""Fields of a template that a person fills in: `{{ tanggal selesai }}`. What still has one is not sent."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import InvalidInput

_FIELD = re.compile(r"\{\{([^{}]{0,200})\}\}")


class FieldLeftEmpty(InvalidInput):
    """The text still holds a field of its template; the sentence names the first."""


def blanks(text: str) -> list[str]:
    """Return what must still be filled in, each once, in the order of the text; an unnamed field is an empty string."""
    return list(dict.fromkeys(" ".join(name.split()) for name in _FIELD.findall(text)))


def check_filled(text: str, *, field: str = "text") -> None:
    """Refuse a text in which a field of a template was left, or only half removed. Raises `FieldLeftEmpty`."""
    left = blanks(text)
    if left:
        raise FieldLeftEmpty(
            _("Fill in “%(name)s” first: it is still the field of the template.") % {"name": left[0] or "{{ }}"},
            field=field,
        )
    if not is_whole(text):
        raise FieldLeftEmpty(_("Half of a template's field is left: remove the {{ or }} that remains."), field=field)


def is_whole(text: str) -> bool:
    """Tell whether each {{ has its }}: nothing of a field remains when the fields are taken away."""
    rest = _FIELD.sub("", text)
    return "{{" not in rest and "}}" not in rest
