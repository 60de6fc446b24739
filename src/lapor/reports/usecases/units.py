"""Let a unit go: never while a report lies there, for then nobody could answer it any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency, RoutingRule
from lapor.agencies.usecases import units
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import Refusal
from lapor.reports.models import Report
from lapor.reports.models.report import IS_OPEN
from lapor.reports.refusals import DeskNotReceiving


class HasOpenReports(Refusal):
    """Reports lie at the unit or below it; the sentence says how many and, in the buttons' own words, what to do."""

    def __init__(self, n: int, kind: str) -> None:
        said = _with_satuan_kerja(n) if kind == Agency.Kind.SUBUNIT else _with_unit(n)
        super().__init__(said % {"n": n}, field="unit")


def _with_unit(n: int) -> str:
    return ngettext(
        "%(n)d open report lies with this unit. First the institution's admin chooses “Hand all open reports to "
        "another unit”.",
        "%(n)d open reports lie with this unit. First the institution's admin chooses “Hand all open reports to "
        "another unit”.",
        n,
    )


def _with_satuan_kerja(n: int) -> str:
    return ngettext(
        "%(n)d open report lies with this satuan kerja. First its liaison officer opens it and chooses “Take back”.",
        "%(n)d open reports lie with this satuan kerja. First their liaison officer chooses “Take back” on each.",
        n,
    )


@transaction.atomic(durable=True)
def abolish_unit(*, unit: str, into: str = "", actor: Actor, now: datetime) -> Agency:
    """Let a unit receive nothing more; with `into`, another unit takes its work and routing rules over (a merger).

    Its reports stay as they were; what is learned from them is learned for the one that took over, and for who takes
    over from that one. Nobody can take over in a circle: whoever was let go receives nothing.
    Raises `NotYours`, `UnknownAgency`, `NoPlaceForUnit`, `DeskNotReceiving` for a successor that is none, and
    `HasOpenReports`: then nothing has changed.
    """
    found = units.locked(unit, "unit")
    check_may_manage(actor, found)
    house = units.check_is_unit(found)
    successor = _successor(found, into) if into else None
    family = [found.pk, *found.children.values_list("pk", flat=True)]
    _check_empty(family, found.kind)
    Agency.objects.filter(pk__in=family).update(is_receiving=False)
    Agency.objects.filter(pk=found.pk).update(merged_into=successor)
    rules = RoutingRule.objects.filter(unit__in=family)
    if successor is None:
        rules.delete()
    else:
        rules.update(unit=successor)
        Agency.objects.filter(merged_into=found).update(merged_into=successor)
    action = "unit_merged" if successor else "unit_abolished"
    about = f"{found.name} → {successor.name}" if successor else found.name
    note_deed(action, actor=actor, institution=house.pk, about=about, now=now, unit=found.code, into=into)
    return found


def _successor(found: Agency, into: str) -> Agency:
    same = Agency.objects.select_for_update().filter(institution=found.institution_id, kind=found.kind)
    chosen = same.filter(code=into, is_receiving=True).exclude(pk=found.pk).first()
    if chosen is None:
        raise DeskNotReceiving(field="into")
    return chosen


def _check_empty(family: list[int], kind: str) -> None:
    n = Report.objects.filter(IS_OPEN, Q(desk__in=family) | Q(unit__in=family)).count()
    if n:
        raise HasOpenReports(n, kind)
