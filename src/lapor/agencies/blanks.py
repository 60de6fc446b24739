"""Fields of a template that a person fills in: `{{ tanggal selesai }}`. What still has one is not sent.

Officers bring their own habits from letters: `[tanggal]`, `[...]` and `____` are blanks just as much. A number in
square brackets, such as a footnote's, is none.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from lapor.kernel.errors import InvalidInput

_CURLY = r"\{\{([^{}]{0,200})\}\}"
_FIELD = re.compile(_CURLY)
_BLANK = re.compile(rf"{_CURLY}|(\[(?![\s\d.,;-]*\d[\s\d.,;-]*\])[^\[\]\n]{{0,80}}\]|_{{3,}})")


class FieldLeftEmpty(InvalidInput):
    """The text still holds a field of its template; the sentence names the first."""


def blanks(text: str) -> list[str]:
    """Return what must still be filled in, each once, in the order of the text.

    The name of a field, also of one in square brackets; an unnamed one as it stands, but `{{ }}` as an empty string.
    """
    return list(dict.fromkeys(_name(found) for found in _BLANK.finditer(text)))


def _name(found: re.Match[str]) -> str:
    curly, other = found.groups()
    if curly is not None:
        return " ".join(curly.split())
    inside = " ".join(other.strip("[]").split())
    return inside if is_name(inside) else str(other)


def is_name(blank: str) -> bool:
    """Tell whether a blank says what belongs there."""
    return any(sign.isalpha() for sign in blank)


def check_filled(text: str, *, field: str = "text") -> None:
    """Refuse a text in which a field of a template was left, or only half removed. Raises `FieldLeftEmpty`."""
    left = blanks(text)
    if left:
        said = {"name": left[0] or "{{ }}"}
        if _FIELD.search(text):
            raise FieldLeftEmpty(
                _("Fill in “%(name)s” first: it is still the field of the template.") % said, field=field
            )
        raise FieldLeftEmpty(
            _("Fill in “%(name)s” first: it looks like a blank. Write round brackets if it is none.") % said,
            field=field,
        )
    if not is_whole(text):
        raise FieldLeftEmpty(_("Half of a template's field is left: remove the {{ or }} that remains."), field=field)


def is_whole(text: str) -> bool:
    """Tell whether each {{ has its }}: nothing of a field remains when the fields are taken away."""
    rest = _FIELD.sub("", text)
    return "{{" not in rest and "}}" not in rest
