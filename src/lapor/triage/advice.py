"""Everything a desk is told beside an unverified report, in one answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lapor.agencies.models import Category
from lapor.agencies.queries import tree
from lapor.agencies.queries.tree import AgencyInfo
from lapor.kernel.actor import Actor
from lapor.language import (
    Emergency,
    Finding,
    Moment,
    Question,
    emergencies,
    missing,
    moments,
    oversight_signs,
    suggest_categories,
)
from lapor.language.bodies import Body, other_bodies
from lapor.reports.models import Report
from lapor.reports.queries.alike import Alike, others_of_reporter
from lapor.reports.queries.causes import CauseView, causes_of
from lapor.reports.queries.past import Answered, answers_to
from lapor.reports.queries.public import PublicRow
from lapor.reports.queries.similar import similar_public
from lapor.reports.suggested import CATEGORY, CLASSIFICATION, UNIT
from lapor.sop.vocabulary import Classification, Role
from lapor.triage.harsh import harsh
from lapor.triage.kinds import kind_said
from lapor.triage.learned import Learned, consult
from lapor.triage.same import Same, same_as
from lapor.triage.units import MOST, SLIGHT, Suggested, suggest_institutions, suggest_units


@dataclass(frozen=True)
class About:
    """A category that the words of the report speak for; `chance` in hundredths where past reports say so, else 0."""

    code: str
    name: str
    because: tuple[str, ...]
    chance: int = 0


@dataclass(frozen=True)
class Kind:
    """A kind of report that the words speak for; `chance` in hundredths where past reports say so, else 0."""

    classification: Classification
    because: tuple[str, ...]
    chance: int = 0


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
    oversight: tuple[Finding, ...]
    harsh: tuple[Finding, ...]
    urgent: tuple[Emergency, ...]
    alike: tuple[Same, ...]
    kind: Kind | None = None
    learned: tuple[Learned, ...] = ()
    moments: tuple[Moment, ...] = ()
    desks: tuple[AgencyInfo, ...] = ()  # that it can be disposed to, by name

    @property
    def unsure(self) -> frozenset[str]:
        """The kinds of suggestion that are switched on, but for which the past gives no answer here."""
        return frozenset(one.kind for one in self.learned if one.is_shown and one.is_unsure)


@dataclass(frozen=True)
class Around:
    """What other reports tell: which say the same, which are of the reporter, what was answered to ones like it.

    `causes` are the open ones on which those that say the same hang.
    """

    alike: tuple[Same, ...]
    causes: tuple[CauseView, ...]
    same_reporter: tuple[Alike, ...]
    answers: tuple[PastAnswer, ...]


def advise(
    actor: Actor, report: Report, *, original: str, published: str, today: date, compares: bool = True
) -> Advice:
    """Read an unverified report for this officer; `today` is the day it came, in its own zone.

    `compares` it with the other reports too, which takes as long as all the rest. At most 14 queries, whatever the size
    of the table.
    """
    told = f"{report.title}\n{published}"
    active = {one.code: one for one in Category.objects.filter(is_active=True)}
    is_national = actor.role is Role.NATIONAL_ADMIN
    desks = tree.institutions() if is_national else tree.desks_of(report.agency_id) if report.agency_id else []
    learned = consult(report, told, _in_use(active, desks)) if desks and not is_national else {}
    about = _categories(told, active, learned.get(CATEGORY))
    proposed = report.category or (active[about[0].code] if about else None)
    same = same_as(actor, report, told) if compares else ()
    return Advice(
        categories=about,
        units=_desks(actor, report, told, proposed, same, desks, learned.get(UNIT)),
        bodies=other_bodies(told),
        questions=missing(published, report.classification, today),
        oversight=oversight_signs(original),
        harsh=harsh(published),
        urgent=emergencies(original),
        alike=same,
        kind=_kind(told, learned.get(CLASSIFICATION)),
        learned=tuple(learned.values()),
        moments=moments(published, today),
        desks=tuple(desk for desk in desks if is_national or desk.kind == "unit"),
    )


def look_around(actor: Actor, report: Report, *, published: str) -> Around:
    """Return what this officer may read beside a report. At most 10 queries, whatever the size of the table."""
    told = f"{report.title}\n{published}"
    active = {one.code: one for one in Category.objects.filter(is_active=True)} if report.category is None else {}
    about = _categories(told, active, None)
    proposed = report.category or (active[about[0].code] if about else None)
    same = same_as(actor, report, told)
    causes = causes_of(actor, report, [one.one.id for one in same])
    return Around(same, causes, others_of_reporter(actor, report), _answers(report, told, proposed))


def _in_use(active: dict[str, Category], desks: list[AgencyInfo]) -> dict[str, frozenset[str]]:
    units = frozenset(desk.code for desk in desks if desk.kind == "unit" and desk.is_receiving)
    return {UNIT: units, CATEGORY: frozenset(active)}


def _categories(text: str, active: dict[str, Category], learned: Learned | None) -> tuple[About, ...]:
    """Return what the past says first, where it may be shown, then what the keywords say; three at most."""
    found = {one.code: About(one.code, active[one.code].name, one.because, one.chance) for one in _past_says(learned)}
    for said in suggest_categories(text, {code: one.name for code, one in active.items()}):
        found.setdefault(said.code, About(said.code, active[said.code].name, said.because))
    return tuple(found.values())[:MOST]


def _past_says(learned: Learned | None) -> Iterator[About]:
    for guess in learned.guesses if learned and learned.is_shown else ():
        if guess.chance >= SLIGHT:
            yield About(guess.label, "", guess.words, round(guess.chance * 100))


def _kind(text: str, learned: Learned | None) -> Kind | None:
    """Return what the past says about the kind of report, where it may be shown; else what its words say.

    Never an oversight case: taking that makes a report secret, and past habit is no sign of it. Only words of the text
    are (`Advice.oversight`).
    """
    best = learned.guesses[0] if learned and learned.is_shown and learned.guesses else None
    if best and best.label != Classification.OVERSIGHT:
        return Kind(Classification(best.label), best.words, round(best.chance * 100))
    said = kind_said(text)
    return Kind(said[0], said[1]) if said else None


def _desks(
    actor: Actor,
    report: Report,
    text: str,
    category: Category | None,
    same: tuple[Same, ...],
    desks: list[AgencyInfo],
    learned: Learned | None,
) -> tuple[Suggested, ...]:
    if actor.role is Role.NATIONAL_ADMIN:
        return suggest_institutions(text, report.place, desks)
    return (
        suggest_units(report, text, desks, category=category, same=[one.one for one in same], learned=learned)
        if desks
        else ()
    )


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
