"""The form grows as needed: each part but the text is folded to one line that says in words what it holds.

`frontend/js/form/parts.js` tells the same while somebody writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from lapor.kernel.templatetags.ui import longday
from lapor.portal.forms.report import ReportForm

PARTS = {
    "kind": ("kind", "title"),
    "files": ("photos",),
    "place": ("happened_on", "where", "place_note", "latitude", "longitude"),
    "whom": ("agency", "category"),
    "secrecy": ("anonymous", "secret"),
    "contact": ("contact", "name", "for_other"),
}


@dataclass(frozen=True)
class Part:
    """One folded part: what its line says (nothing when it is empty), and whether it stands open from the start."""

    said: str
    is_open: bool


def parts_of(form: ReportForm) -> dict[str, Part]:
    """Return the parts by name. What comes back from the server is open where it holds a value or an error.

    What the page itself chose (the institution whose address this is) is told in the line, and opens nothing.
    """
    return {name: _part(form, name, fields) for name, fields in PARTS.items()}


def _part(form: ReportForm, name: str, fields: tuple[str, ...]) -> Part:
    said = [told for field in fields if (told := _told(form[field]))]
    if name == "files" and form.kept:
        said.append(_("Files: {n}").format(n=len(form.kept)))
    is_held = bool(said) and (form.is_bound or bool(form.kept)) and (name != "kind" or not _is_usual_kind(form))
    has_error = any(field in form.errors for field in fields) or bool(name == "files" and form.left_out)
    return Part(" · ".join(said), is_held or has_error)


def _is_usual_kind(form: ReportForm) -> bool:
    """A complaint whose title was proposed is what most people send: its line tells all of it."""
    return bool(form["kind"].value() == form.fields["kind"].initial)


def _told(field: forms.BoundField) -> str:
    """Return one field's value in words, empty where nothing was chosen or typed."""
    value = field.value()
    if not value or field.field.widget.needs_multipart_form:  # files are counted, not named
        return ""
    if isinstance(field.field, forms.BooleanField):
        return str(field.label)
    if isinstance(field.field, forms.ChoiceField):
        return _chosen(field.field, str(value))
    if isinstance(field.field, forms.DateField):
        return _day(field.field, value)
    if field.is_hidden:
        return str(field.field.widget.attrs.get("data-told", ""))
    return str(value)


def _chosen(field: forms.ChoiceField, value: str) -> str:
    """Return the name of a choice, up to where it begins to explain itself."""
    named: dict[str, str] = {}
    for code, label in list(field.choices):  # type: ignore[arg-type]  # always pairs in this form
        named |= (
            {str(one): str(name) for one, name in label} if isinstance(label, list | tuple) else {str(code): str(label)}
        )
    return named.get(value, "").partition(":")[0]


def _day(field: forms.DateField, value: date | str) -> str:
    try:
        day = field.to_python(value)
    except forms.ValidationError:
        return str(value)
    return longday(day) if isinstance(day, date) else ""
