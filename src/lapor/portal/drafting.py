"""From a filled form to a draft that the use case takes."""

from __future__ import annotations

from typing import Any

from lapor.portal import subjects
from lapor.reports.drafts import Draft
from lapor.sop.vocabulary import Channel


def draft_from(said: dict[str, Any], *, at_institution: bool) -> Draft:
    """Return the draft. A place that is not in the list is kept in words beside the address: nothing typed is lost."""
    place = subjects.place_called(said["where"])
    note = said["place_note"] if place or not said["where"] else f"{said['where']}. {said['place_note']}".strip()
    return Draft(
        text=said["text"],
        title=said["title"],
        classification=said["kind"],
        category=said["category"],
        agency=said["agency"],
        place=place,
        place_note=note,
        happened_on=said["happened_on"],
        channel=str(Channel.AGENCY_WEB if at_institution else Channel.WEB),
        anonymous=said["anonymous"],
        secret=said["secret"],
        contact=said["contact"],
        name=said["name"],
        files=tuple(kept.file for kept in said["photos"]),
        position=said["position"],
        for_other=said["for_other"],
        consent=said["consent"],
    )
