"""Inputs, lists and groups of boxes drawn in Python: the same markup as Django's templates, at a tenth of their cost.

Django takes a template for each input and one more for each option, and a page of the desk has two hundred. What is not
named here is drawn by its template, as in any Django project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting

Widget = Mapping[str, Any]


class Drawn(TemplatesSetting):
    """The renderer of all forms (FORM_RENDERER)."""

    def render(self, template_name: str, context: Mapping[str, Any], request: Any = None) -> str:
        """Draw the widget of this template; the caller marks it as safe, so every value is escaped here."""
        draw = _DRAWN.get(template_name.removeprefix("django/forms/widgets/").removesuffix(".html"))
        return draw(context["widget"]) if draw else super().render(template_name, context, request)  # type: ignore[arg-type]


def _input(widget: Widget) -> str:
    value = "" if widget.get("value") is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{_text(widget["name"])}"{value}{_attributes(widget["attrs"])}>'


def _textarea(widget: Widget) -> str:
    words = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>\n{words}</textarea>'


def _select(widget: Widget) -> str:
    inner = "".join(
        f'<optgroup label="{_text(group)}">{_options(options)}</optgroup>' if group else _options(options)
        for group, options, _index in widget["optgroups"]
    )
    return f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>{inner}</select>'


def _options(options: Iterable[Widget]) -> str:
    return "".join(
        f'<option value="{_text(one["value"])}"{_attributes(one["attrs"])}>{_text(one["label"])}</option>'
        for one in options
    )


def _group(widget: Widget) -> str:
    inner = "".join(
        f"<div><label>{_text(group)}</label>{_boxes(options)}</div>" if group else _boxes(options)
        for group, options, _index in widget["optgroups"]
    )
    of_group = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    return f"<div{_attributes(of_group)}>{inner}</div>"


def _boxes(options: Iterable[Widget]) -> str:
    return "".join(f"<div>{_box(one)}</div>" for one in options)


def _box(widget: Widget) -> str:
    """Draw one radio button or tick, with its words unless the page writes them itself."""
    if not widget["wrap_label"]:
        return _input(widget)
    name = f' for="{_text(widget["attrs"]["id"])}"' if widget["attrs"].get("id") else ""
    return f"<label{name}>{_input(widget)} {_text(widget['label'])}</label>"


def _attributes(attrs: Mapping[str, Any]) -> str:
    """Write attributes, each after a blank; True writes the name alone, None and False nothing."""
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in attrs.items()
        if value is not None and value is not False
    )


def _text(value: object) -> str:
    """Escape a value unless it is markup already."""
    words = value if isinstance(value, str) else str(value)
    return words if hasattr(words, "__html__") else escape(words)


_DRAWN: dict[str, Callable[[Widget], str]] = {
    **dict.fromkeys(("input", "text", "number", "email", "url", "tel", "search", "password", "hidden", "date"), _input),
    **dict.fromkeys(("checkbox", "file"), _input),
    **dict.fromkeys(("radio", "checkbox_select"), _group),
    **dict.fromkeys(("radio_option", "checkbox_option"), _box),
    "select": _select,
    "textarea": _textarea,
}
