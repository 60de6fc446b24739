"""How a form's fields are drawn: `{% load controls %}`."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw a form field's input with the class that its kind needs."""
    return field.as_widget(attrs={"class": _control_class(field.field.widget)})


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
