"""Form fields of both faces: they forgive what phones and word processors do to a text."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 20_000  # as lapor.reports.drafts has it

TOO_LONG = _("Your text is too long: at most %(limit_value)d letters, now %(show_value)d.")

# What no keyboard types and PostgreSQL partly refuses; tabs and line breaks stay.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# What word processors put between words and into them: hyphens that do not show, spaces that do not break, line breaks
# by other names; and marks that turn the direction of what follows, which come along with a telephone number copied
# from a list of contacts. What a person meant stays: curly quotes, dashes, joined emoji.
_PASTED = str.maketrans(
    {"\u00ad": "", "\u200b": "", "\ufeff": "", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u3000": " "}
    | dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "")
    | dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
)
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]+")


class PlainText(forms.CharField):
    """A text as a person meant it: no control characters, line breaks as "\\n", nothing where nothing can be seen."""

    def to_python(self, value: object | None) -> str:
        """Return the text without what cannot be seen; raises nothing."""
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        text = _CONTROL.sub("", text.translate(_PASTED))
        return super().to_python(text) or "" if _INVISIBLE.sub("", text) else ""


class LongText(PlainText):
    """A PlainText in a box of several lines, at most 20,000 characters."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("max_length", LONGEST_TEXT)
        options["error_messages"] = {"max_length": TOO_LONG, **options.get("error_messages", {})}
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave `maxlength` out: browsers cut a pasted text short without a word, the server says how long it is."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class SeveralFiles(forms.ClearableFileInput):
    """A file input that hands over every chosen file, not the last one only."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> list[Any]:
        """Return all files sent under `name`."""
        return files.getlist(name)

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, Any], name: str) -> bool:
        """Tell whether nothing was sent under `name`."""
        return name not in files


class Files(forms.Field):
    """Files as they came; `WithFiles` looks into them."""

    # Each type by its name: iPhones then send their HEIC photos as JPEG by themselves.
    widget = SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})
