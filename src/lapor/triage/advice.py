"""Everything a desk is told beside an unverified report, in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lapor.agencies.models import Category
from lapor.agencies.queries import tree
from lapor.kernel.actor import Actor
from lapor.language import (
    Emergency,
    Finding,
    Question,
    emergencies,
    harsh_words,
    missing,
    names_writer,
    oversight_signs,
    suggest_categories,
)
from lapor.language.bodies import Body, other_bodies
from lapor.reports.models import Report
from lapor.reports.queries.alike import Alike, alike, others_of_reporter
from lapor.reports.queries.past import Answered, answers_to
from lapor.reports.queries.public import PublicRow
from lapor.reports.queries.similar import similar_public
from lapor.sop.vocabulary import Role
from lapor.triage.units import Suggested, suggest_institutions, suggest_units


@dataclass(frozen=True)
class About:
    """A category that the words of the report speak for."""

    code: str
    name: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class PastAnswer:
    """A public report that says nearly the same, and what was answered."""

    row: PublicRow
    answer: Answered


@dataclass(frozen=True)
class Advice:
    """What to consider, each part with what it is taken from."""

    categories: tuple[About, ...]
    units: tuple[Suggested, ...]
    bodies: tuple[Body, ...]
    questions: tuple[Question, ...]
    personal: tuple[Finding, ...]
    oversight: tuple[Finding, ...]
    harsh: tuple[Finding, ...]
    urgent: tuple[Emergency, ...]
    alike: tuple[Alike, ...]
    same_reporter: tuple[Alike, ...]
    answers: tuple[PastAnswer, ...]


def advise(actor: Actor, report: Report, *, original: str, published: str, today: date) -> Advice:
    """Read an unverified report for this officer. At most 13 queries, whatever the size of the table."""
    told = f"{report.title}\n{published}"
    active = {one.code: one for one in Category.objects.filter(is_active=True)}
    about = _categories(told, active)
    proposed = report.category or (active[about[0].code] if about else None)
    same = alike(actor, report, told)
    return Advice(
        categories=about,
        units=_desks(actor, report, told, proposed, same),
        bodies=other_bodies(told),
        questions=missing(published, report.classification, today),
        personal=names_writer(published),
        oversight=oversight_signs(original),
        harsh=harsh_words(published),
        urgent=emergencies(original),
        alike=same,
        same_reporter=others_of_reporter(actor, report),
        answers=_answers(report, told, proposed),
    )


def _categories(text: str, active: dict[str, Category]) -> tuple[About, ...]:
    found = suggest_categories(text, {code: one.name for code, one in active.items()})
    return tuple(About(one.code, active[one.code].name, one.because) for one in found)


def _desks(
    actor: Actor, report: Report, text: str, category: Category | None, same: tuple[Alike, ...]
) -> tuple[Suggested, ...]:
    if actor.role is Role.NATIONAL_ADMIN:
        return suggest_institutions(text, report.place, tree.institutions())
    if report.agency_id is None:
        return ()
    return suggest_units(report, text, tree.desks_of(report.agency_id), category=category, same=same)


def _answers(report: Report, text: str, category: Category | None) -> tuple[PastAnswer, ...]:
    near = report.place.name if report.place else ""
    rows = similar_public(
        text,
        agency=report.agency.code if report.agency else "",
        category=category.code if category else "",
        near=near,
        answered=True,
    )
    found = answers_to(row.id for row in rows)
    return tuple(PastAnswer(row, found[row.id]) for row in rows if row.id in found and row.number != report.number)
