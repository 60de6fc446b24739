"""A new version of an SOP: its document, its first day, and a number for each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.agencies.usecases.sop_profiles import SopDraft
from lapor.desk.forms.base import DayField
from lapor.kernel.fields import LongText, PlainText
from lapor.sop.profile import ClockLimit, Profile
from lapor.sop.profile_bounds import LONGEST, Key
from lapor.sop.profile_revision import numbers_of

NAMES = {"target": _("Target"), "limit": _("Limit")}


@dataclass(frozen=True)
class Row:
    """One step of the form: what holds now, and the fields for its numbers."""

    key: Key
    now: ClockLimit
    target: BoundField | None
    limit: BoundField | None


class FollowForm(forms.Form):
    """The day from which an institution follows the shared profile again."""

    effective = DayField(label=_("In force from"), help_text=_("A working day to come."))


class SopForm(forms.Form):
    """The document first, then the numbers; `profile` is the version in force, whose numbers stand in it at first."""

    effective = DayField(label=_("In force from"), help_text=_("A working day to come."))
    number = PlainText(
        label=_("Number of the document"), max_length=120, help_text=_("The decree or SOP that sets these limits.")
    )
    signed_on = DayField(label=_("Signed on"))
    approver = PlainText(label=_("Approved by"), max_length=200)
    legal_basis = LongText(label=_("Legal basis"), rows=6, max_length=4000, help_text=_("One rule a line."))

    def __init__(self, data: Any = None, *, profile: Profile) -> None:
        super().__init__(data, initial={"legal_basis": "\n".join(profile.document.legal_basis)})
        self.profile = profile
        for key, (target, limit) in numbers_of(profile).items():
            self._offer(key, "target", target, needed=limit is None)
            self._offer(key, "limit", limit, needed=True)

    def _offer(self, key: Key, which: str, value: int | None, *, needed: bool) -> None:
        # A limit that the SOP lacks is no number to fill in; a target may be added where there is a limit.
        if value is None and (which == "limit" or key[0] not in self._with_targets()):
            return
        box = forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": LONGEST})
        label = f"{step_name(key)}: {NAMES[which]}"
        self.fields[field_name(key, which)] = forms.IntegerField(
            label=label, min_value=1, max_value=LONGEST, required=needed, initial=value, widget=box
        )

    def _with_targets(self) -> set[Any]:
        return {clock for clock, _kind in self.profile.clocks if clock.value in _MAY_HAVE_TARGETS}

    def rows(self) -> Iterator[Row]:
        """Return the steps in the order of the SOP, with their fields."""
        for key in numbers_of(self.profile):
            fields = (field_name(key, which) for which in ("target", "limit"))
            target, limit = (self[name] if name in self.fields else None for name in fields)
            yield Row(key, self.profile.clocks[key], target, limit)

    def document(self) -> list[BoundField]:
        """Return the fields about the document."""
        return [self[name] for name in ("effective", "number", "signed_on", "approver", "legal_basis")]

    def draft(self) -> SopDraft:
        """Return what was typed, for the use case; call it on a valid form."""
        said = self.cleaned_data
        numbers = {
            key: (said.get(field_name(key, "target")), said.get(field_name(key, "limit")))
            for key in numbers_of(self.profile)
        }
        document = {name: said[name] for name in ("effective", "number", "signed_on", "approver", "legal_basis")}
        return SopDraft(**document, numbers=numbers)


# Steps of an officer, who is shown amber after the target; a reminder or the reporter's own time has none.
_MAY_HAVE_TARGETS = frozenset(
    {
        "verify_national",
        "verify_agency",
        "dispose_agency",
        "accept",
        "first_response",
        "unit_receives",
        "unit_answers",
        "release",
        "head",
    }
)


def field_name(key: Key, which: str) -> str:
    """Return the name of the field for a number, as the use case names it in a refusal."""
    return f"{key[0]}-{key[1] or ''}-{which}"


def step_name(key: Key) -> str:
    """Return the step in the reader's language, with the kind of report where the limit depends on it."""
    language = get_language() or "id"
    return key[0].label(language) + (f" ({key[1].label(language)})" if key[1] else "")
