"""Bringing a spreadsheet of manual complaints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SheetForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV, at most 10 MB and 50,000 rows. Nothing is entered before you have seen it."),
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            }
        ),
    )

    def content(self) -> tuple[bytes, str]:
        """Return the bytes and the name."""
        upload: Any = self.cleaned_data["file"]
        return upload.read(), upload.name
