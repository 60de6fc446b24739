"""Controls of the desk's own."""

from __future__ import annotations

from typing import Any

from django import forms

from lapor.agencies.also_called import also_called


class DeskSelect(forms.Select):
    """A list of desks that is searched by every name of each: `data-words` holds those that are not shown."""

    def create_option(self, name: str, value: Any, label: int | str, *args: Any, **options: Any) -> dict[str, Any]:
        """Return one option with its other names beside it."""
        option: dict[str, Any] = super().create_option(name, value, label, *args, **options)
        if value and (others := also_called(str(label))):
            option["attrs"]["data-words"] = " ".join(others)
        return option
