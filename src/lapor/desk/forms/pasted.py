"""A chat message or letter put into the manual form: each part a proposal beside what was typed, never over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.subjects import place_called
from lapor.language.letters import take_apart

LABELS = {
    "name": _("Reporter's name"),
    "contact": _("Mobile number or e-mail"),
    "happened_on": _("When did it happen?"),
    "place": _("Kelurahan or district"),
    "place_note": _("Address or landmark"),
    "text": _("What the reporter tells"),
}
_FIELDS = {"name": "name", "contact": "contact", "date": "happened_on", "place": "place"}


@dataclass(frozen=True)
class Proposal:
    """What a message says for one field; `is_taken` is False where something was typed there already."""

    field: str
    label: Any
    said: str
    is_taken: bool


def proposals(message: str, typed: dict[str, Any], today: date) -> list[Proposal]:
    """Return what the message says, in the order of the form. A place that is not known goes to the address."""
    letter = take_apart(message, today)
    said = {_FIELDS[part.kind]: part.said for part in letter.parts if part.kind in _FIELDS}
    if (place := said.get("place")) and not place_called(place):
        said["place_note"] = said.pop("place")
    if letter.rest:
        said["text"] = letter.rest
    return [Proposal(name, LABELS[name], said[name], is_taken=not typed.get(name)) for name in LABELS if said.get(name)]
