"""What only the desk's pages show: differences, subjects of messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.routing import Suggestion
from lapor.desk.diff import Piece, differences
from lapor.desk.officer import Officer
from lapor.desk.pages import MAY_OPEN
from lapor.desk.talk import ICONS, channel_name
from lapor.insights.breaches import BreachRow
from lapor.insights.indicators import BY_KEY
from lapor.insights.written import read_from
from lapor.kernel.shares import percent
from lapor.kernel.templatetags.ui import label
from lapor.messaging.letters import desk_page
from lapor.messaging.texts import text_of
from lapor.reports.queries.case import Case
from lapor.reports.queries.messages import OfficerMessage

register = template.Library()
register.filter(percent)
register.filter(channel_name)

HELD_BACK = {
    "NoRole": _("The role under which you wrote it was no longer in force when its time came."),
    "StalePage": _("Something happened to the report before its time came."),
    "NotPermitted": _("The step was no longer possible when its time came."),
    "NotYourDesk": _("Another desk had the report when its time came."),
    "HandedOver": _("A colleague planned it and handed it over to you before its time came."),
    "NotFound": _("Your desk could no longer see the report when its time came."),
    "": _("It could not leave when its time came."),
}
HELD_BACK_FOR_OTHERS = {
    "NoRole": _("The writer's role was no longer in force when its time came."),
    "HandedOver": _("It was planned by somebody else and handed over before its time came."),
    "NotFound": _("The writer's desk could no longer see the report when its time came."),
}


@register.filter
def way_icon(channel: str) -> str:
    """Return the sign of a channel."""
    return ICONS.get(channel, "message-2")


@register.filter
def published_difference(case: Case) -> list[Piece]:
    """Return what led from the citizen's words to the published ones."""
    return differences(case.original, case.published)


@register.filter
def subject_name(suggestion: Suggestion) -> str:
    """Return what a routing rule is about, in the reader's language: the category, and the place where it is narrow."""
    english = (get_language() or "id").startswith("en")
    category = suggestion.category_en if english else suggestion.category_id
    return f"{category}, {suggestion.place}" if suggestion.place else category


@register.filter
def subject(message: OfficerMessage) -> str:
    """Return what a message says in one line; the step's name where the table has no words for it."""
    try:
        return text_of(str(message.action), str(message.told)).render(get_language() or "id", {}).subject
    except KeyError:
        return str(label(message.action))


@register.filter
def explainable_by(row: BreachRow, officer: Officer) -> bool:
    """Tell whether this officer's desk was late and has not explained yet (S21)."""
    return row.explained_at is None and row.desk == officer.desk.id and officer.actor.role in MAY_OPEN["explain_breach"]


@register.filter
def acknowledgeable_by(row: BreachRow, officer: Officer) -> bool:
    """Tell whether this officer may acknowledge what was explained (S21)."""
    waits = row.explained_at is not None and row.acknowledged_at is None
    return waits and officer.actor.role in MAY_OPEN["acknowledge_breach"]


@register.filter
def plain_number(rate: float | None) -> str:
    """Return a part for an attribute, with a point whatever the language."""
    return f"{rate or 0:.3f}"


@register.filter
def from_top(height: float) -> str:
    """Return where a column of this height (0 to 100) begins, counted from the top of its drawing."""
    return f"{100 - height:.3f}"


@register.filter
def at(some: Sequence[object], place: int) -> object:
    """Return the item at a place, where a template walks through two lists at once."""
    return some[place]


@register.filter
def rate_of(counts: Mapping[str, int], key: str) -> str:
    """Return an indicator of these counts as it is read: `{{ row.counts|rate_of:"follow_up_rate" }}`."""
    return read_from(BY_KEY[key], counts)


@register.filter
def held_back_because(why: str) -> str:
    """Say in a sentence why an answer did not leave: `why` is the name of the refusal."""
    return str(HELD_BACK.get(why, HELD_BACK[""]))


@register.filter
def held_back_for_others(why: str) -> str:
    """Say the same to a colleague of the writer."""
    return str(HELD_BACK_FOR_OTHERS.get(why) or HELD_BACK.get(why, HELD_BACK[""]))


@register.filter
def to_the_second(moment: datetime, zone: str) -> str:
    """Return a moment of today to the second, in a zone: half a minute is to be seen passing."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H.%M.%S}"


@register.filter
def address(message: OfficerMessage) -> str:
    """Return where a message leads: to the question where the desk is asked one, else to the case."""
    return desk_page(str(message.action), str(message.told), message.number)
