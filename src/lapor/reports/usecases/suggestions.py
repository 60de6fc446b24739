"""Suggestions are switched on by a named person, and measured against what officers choose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency
from lapor.agencies.queries import calendars
from lapor.agencies.refusals import UnknownAgency
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.language.regional import main_language
from lapor.reports.models import Report, ReportText, Suggestion, SuggestionCount, SuggestionSwitch
from lapor.reports.refusals import InvalidInput
from lapor.reports.suggested import CATEGORY, KINDS, UNIT, Advised


@transaction.atomic
def switch_suggestion(*, institution: str, kind: str, shown: bool, actor: Actor, now: datetime) -> None:
    """Let an institution's officers see suggestions of a kind, or only count them.

    Raises `NotYours`, `UnknownAgency`, `InvalidInput` for an unknown kind. Said again, nothing is written.
    """
    house = Agency.objects.select_for_update().filter(code=institution, kind=Agency.Kind.INSTITUTION).first()
    if house is None:
        raise UnknownAgency(field="institution")
    check_may_manage(actor, house)
    if kind not in KINDS:
        raise InvalidInput(_("Choose one of the kinds offered."), field="kind")
    row, _made = SuggestionSwitch.objects.get_or_create(agency=house, kind=kind, defaults={"at": now})
    if row.is_shown != shown:
        row.is_shown, row.account, row.at = shown, actor.account, now
        row.save()
        note_deed("suggestion_switched", actor=actor, institution=house.pk, about=kind, now=now, shown=shown)


def note_choices(report: Report, advised: Iterable[Advised], *, disposed: bool, now: datetime) -> None:
    """Write down, in the caller's transaction, what was suggested and what the officer chose; the first time only.

    A unit is a choice only where the report was disposed to one. Two queries, and at most three for each kind.
    """
    if report.agency is None:
        return
    known = set(Suggestion.objects.filter(report=report).values_list("kind", flat=True))
    choices = [(one, _chosen(report, one.kind)) for one in advised if disposed or one.kind != UNIT]
    fresh = [(one, chosen) for one, chosen in choices if chosen and one.kind not in known]
    language = main_language(ReportText.objects.get(report=report).original) if fresh else ""
    for one, chosen in fresh:
        _note(report, report.agency, one, chosen, language, now)


def _chosen(report: Report, kind: str) -> str:
    if kind == UNIT:
        return report.unit.code if report.unit else ""
    if kind == CATEGORY:
        return report.category.code if report.category else ""
    return report.classification


def _note(report: Report, desk: Agency, one: Advised, chosen: str, language: str, now: datetime) -> None:
    Suggestion.objects.create(
        report=report,
        agency=desk,
        kind=one.kind,
        version=one.version,
        offered=list(one.offered),
        chance=one.chance,
        was_shown=one.was_shown,
        chosen=chosen,
        at=now,
    )
    count, _made = SuggestionCount.objects.get_or_create(
        agency=desk,
        month=calendars.today(desk.calendar, now).replace(day=1),
        kind=one.kind,
        category=report.category.code if report.category else "",
        language=language,
        was_shown=one.was_shown,
    )
    SuggestionCount.objects.filter(pk=count.pk).update(
        asked=F("asked") + 1,
        first=F("first") + int(one.offered[:1] == (chosen,)),
        among=F("among") + int(chosen in one.offered),
        unsure=F("unsure") + int(not one.offered),
    )
