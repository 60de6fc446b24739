"""Drawing a sample, and judging one answer by the rubric (S56)."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.insights.monthly import MONTH, period_of
from lapor.insights.rubric import Criterion
from lapor.kernel.fields import LongText

MARKS = [("2", _("yes")), ("1", _("partly")), ("0", _("no"))]


class DrawForm(forms.Form):
    """Which month, how many, and the seed that makes the draw repeatable."""

    month = forms.CharField(
        label=_("Month in which they came in"), max_length=7, help_text=_("For example 2026-03."),
        widget=forms.TextInput(attrs={"type": "month"}),
    )  # fmt: skip
    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=100, initial=20)
    seed = forms.CharField(
        label=_("Seed"), max_length=40, help_text=_("Whoever knows it draws the same reports again."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.initial.setdefault("month", period_of("", today).code)
        self.initial.setdefault("seed", secrets.token_hex(4))

    def clean_month(self) -> date:
        """Return the first day of the month; refuses one that has not come."""
        typed = self.cleaned_data["month"].strip()
        found = period_of(typed, self.today)
        if found.code != typed or found.span != MONTH or found.first > self.today:
            raise forms.ValidationError(_("Write the month like 2026-03; it must have begun."))
        return found.first


class JudgeForm(forms.Form):
    """One question of the rubric after the other, and a note."""

    note = LongText(label=_("Note to the unit"), required=False, max_length=2000, rows=3)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # when it was judged, as the officer saw it

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "id"
        questions = {
            str(one): forms.ChoiceField(label=one.label(language), choices=MARKS, widget=forms.RadioSelect)
            for one in Criterion
        }
        self.fields = {**questions, "note": self.fields["note"], "seen": self.fields["seen"]}

    @property
    def marks(self) -> dict[str, int]:
        """Return the marks as numbers."""
        return {str(one): int(self.cleaned_data[str(one)]) for one in Criterion}
