"""How a form's fields are drawn: `{% load controls %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw a form field's input with the class that its kind needs."""
    return field.as_widget(attrs={"class": _control_class(field.field.widget)})


@register.filter
def attributes(attrs: Mapping[str, Any], only: str = "") -> SafeString:
    """Write an element's attributes, each after a blank; True writes the name alone, False nothing.

    Our own templates of inputs, selects and groups use it in place of Django's, which include one more template for
    each option: half of what a form took.
    """
    told = [(name, attrs.get(name)) for name in (only.split() or attrs)]
    written = (_attribute(name, value) for name, value in told if value is not None and value is not False)
    return mark_safe("".join(written))  # noqa: S308 - each is escaped below; a page writes hundreds


def _attribute(name: str, value: Any) -> str:
    return f" {escape(name)}" if value is True else f' {escape(name)}="{conditional_escape(value)}"'


def _control_class(widget: forms.Widget) -> str:
    own = str(widget.attrs.get("class", ""))
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
        return own
    return f"{'form-select' if isinstance(widget, forms.Select) else 'form-control'} {own}".rstrip()


@register.filter
def control_kind(field: BoundField) -> str:
    """Say how a field is laid out: "check" (one box), "choices" (a group), "file" or "input"."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "input"
