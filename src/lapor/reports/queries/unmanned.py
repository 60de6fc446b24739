"""Desks at which open reports lie and nobody in force can act: no report without a holder (S16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef
from django.db.models.functions import Coalesce

from lapor.agencies.models import Agency
from lapor.agencies.queries.vacancies import NEEDED, vacant_desks
from lapor.kernel.actor import Actor
from lapor.reports.models import Report
from lapor.reports.models.report import IS_OPEN
from lapor.sop.vocabulary import Role

PAGE = 50
COUNTED_TO = 100  # open reports of one desk; beyond this the page says "more than"


@dataclass(frozen=True)
class Unmanned:
    """A desk without anybody who can act, the role it needs, and how many open reports lie there.

    `reports` is exact up to COUNTED_TO; `is_more` tells that there are more than that.
    """

    code: str
    name: str
    institution: str
    institution_code: str
    role: Role
    reports: int
    is_more: bool


@dataclass(frozen=True)
class UnmannedPage:
    """One page of such desks, counted from 1; `has_more` tells whether another follows."""

    rows: Sequence[Unmanned]
    page: int
    has_more: bool


def unmanned_desks(actor: Actor, *, now: datetime, page: int = 1) -> UnmannedPage:
    """Return a page of the desks without an officer in force: an institution's own for its admin, all for the nation.

    Those with open reports first, most of them first. One query; of each desk no more than COUNTED_TO open reports are
    looked at, so neither the reports nor the officers of the installation are read for it.
    """
    some = Report.objects.filter(IS_OPEN, desk=OuterRef("pk")).order_by().values("pk")[: COUNTED_TO + 1]
    within = None if actor.role is Role.NATIONAL_ADMIN else actor.desk or 0
    rows = (
        vacant_desks(now, within=within)
        .annotate(
            n=Func(ArraySubquery(some), function="cardinality", output_field=IntegerField()),
            house=Coalesce("institution__name", "name"),
            house_code=Coalesce("institution__code", "code"),
        )
        .order_by("-n", "house", "name", "pk")
    )
    first = (page - 1) * PAGE
    found = list(rows.values_list("code", "name", "house", "house_code", "kind", "n")[first : first + PAGE + 1])
    return UnmannedPage([_unmanned(row) for row in found[:PAGE]], page, len(found) > PAGE)


def _unmanned(row: tuple[str, str, str, str, str, int]) -> Unmanned:
    code, name, house, house_code, kind, n = row
    return Unmanned(
        code, name, house, house_code, NEEDED[Agency.Kind(kind)], min(n, COUNTED_TO), is_more=n > COUNTED_TO
    )
