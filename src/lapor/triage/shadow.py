"""Suggestions in the shadow of a replay or the demo: what the past says beside a choice, what came of it, as data."""

from __future__ import annotations

from typing import Any

from lapor.agencies.models import Category
from lapor.agencies.queries import tree
from lapor.kernel.actor import Actor
from lapor.language.regional import main_language
from lapor.reports import access
from lapor.reports.models import ReportText, Suggestion
from lapor.reports.suggested import CATEGORY, UNIT, Advised
from lapor.triage.learned import consult


def suggested_to(actor: Actor, code: str) -> tuple[Advised, ...]:
    """Return what the desk of this officer would be told from its past alone, as it is written down beside a choice.

    Reads what the verification screen reads. Raises NotFound.
    """
    report = access.find_report(actor, code)
    text = ReportText.objects.get(report=report).published
    desks = tree.desks_of(report.agency_id) if report.agency_id else []
    offered = {
        UNIT: frozenset(desk.code for desk in desks if desk.kind == "unit" and desk.is_receiving),
        CATEGORY: frozenset(Category.objects.filter(is_active=True).values_list("code", flat=True)),
    }
    return tuple(one.as_advised() for one in consult(report, f"{report.title}\n{text}", offered).values())


def all_noted() -> list[dict[str, Any]]:
    """Return every suggestion that was written down, in order, with its report's category and language; no words of it.

    `day` is the UTC day of the choice. For databases of a replay: it reads them whole.
    """
    rows = Suggestion.objects.select_related("agency", "report__category").order_by("id")
    texts = dict(ReportText.objects.filter(report__suggestions__isnull=False).values_list("report", "original"))
    return [
        {
            "institution": row.agency.code,
            "kind": row.kind,
            "offered": row.offered,
            "chance": row.chance,
            "chosen": row.chosen,
            "day": row.at.date().isoformat(),
            "category": row.report.category.code if row.report.category else "",
            "language": main_language(texts[row.report_id]),
        }
        for row in rows.iterator(chunk_size=500)
    ]
