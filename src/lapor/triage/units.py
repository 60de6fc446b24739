"""Where a report probably belongs, each suggestion with its reasons: a rule, a name in the text, what was done before.

Every reason can be checked by the officer who reads it. Nothing is learned from what this desk may not see: what was
done before is asked of public reports only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from lapor.agencies.also_called import also_called
from lapor.agencies.models import Category, Place
from lapor.agencies.names import region_of
from lapor.agencies.queries.routing import Suggestion, suggested_unit, upward
from lapor.agencies.queries.tree import AgencyInfo
from lapor.language.tokens import Phrases, tokens_of
from lapor.reports.models import Report
from lapor.reports.queries.alike import Alike
from lapor.reports.queries.past import disposed_like
from lapor.triage.learned import Learned

MOST = 3
SLIGHT = 0.05  # a chance below which the model's second and third answer are not worth a line
MOST_HOUSES = 128  # whose names stay looked apart in a process: 0.2 MB each for 150 units, 30 ms to do again
FEWEST = 3  # earlier reports, until they mean anything
RULE, NAMED, PAST, LIES_IN, SAME, LEARNED = "rule", "named", "past", "lies_in", "same", "learned"
_WEIGHT = {RULE: 4.0, NAMED: 3.0, LIES_IN: 3.0, PAST: 2.0, SAME: 2.5, LEARNED: 8.0}
_NO_NAMES = frozenset({"dinas", "badan", "bagian", "kantor", "umum", "dewan", "mataram"})  # say nothing alone


@dataclass(frozen=True)
class Why:
    """One reason: `kind` is "rule", "named", "past", "same", "lies_in" or "learned"; `what` its subject.

    `n` of `of` are what was counted; of "learned" the chance in hundredths, and `what` the words that spoke for it.
    """

    kind: str
    what: str = ""
    n: int = 0
    of: int = 0


@dataclass(frozen=True)
class Suggested:
    """A desk that may receive the report, and why."""

    code: str
    name: str
    why: tuple[Why, ...]


def suggest_units(
    report: Report,
    text: str,
    desks: Iterable[AgencyInfo],
    *,
    category: Category | None,
    same: Iterable[Alike] = (),
    learned: Learned | None = None,
) -> tuple[Suggested, ...]:
    """Return up to three units of the report's institution, the likeliest first.

    `desks` are the institution's desks, units and satuan kerja alike: a name of a satuan kerja speaks for its unit.
    `category` is the report's own, or the one that is proposed; `same` are reports that say nearly the same;
    `learned` is what a model of past dispositions says, if it may be shown.
    Three queries, and one for each level above the place.
    """
    known = list(desks)
    found: dict[str, list[Why]] = {}
    if report.agency_id and (rule := suggested_unit(report.agency_id, category, report.place)):
        found.setdefault(rule.code, []).append(Why(RULE, _subject(rule)))
    for code, name in _named(text, known):
        found.setdefault(code, []).append(Why(NAMED, name))
    for code, why in [*_learned(learned), *_past(report, category), *_same(same)]:
        found.setdefault(code, []).append(why)
    return _ranked(found, [desk for desk in known if desk.kind == "unit" and desk.is_receiving])


def suggest_institutions(text: str, place: Place | None, desks: Iterable[AgencyInfo]) -> tuple[Suggested, ...]:
    """Return up to three institutions that the text names, or in whose region the place lies. No query of its own."""
    known = list(desks)
    found: dict[str, list[Why]] = {}
    for code, name in _named(text, known):
        found.setdefault(code, []).append(Why(NAMED, name))
    for desk in known:
        region = region_of(desk.name)
        if place is not None and region and region in {level.name.casefold() for level in upward(place)}:
            found.setdefault(desk.code, []).append(Why(LIES_IN, place.name))
    return _ranked(found, known)


def _subject(rule: Suggestion) -> str:
    """Return what the rule is about, in the reader's language."""
    english = (get_language() or "id").startswith("en")
    category = rule.category_en if english else rule.category_id
    return f"{category}, {rule.place}" if rule.place else category


def _ranked(found: dict[str, list[Why]], offered: Iterable[AgencyInfo]) -> tuple[Suggested, ...]:
    scored = [
        (sum(_score(why) for why in found[desk.code]), Suggested(desk.code, desk.name, tuple(found[desk.code])))
        for desk in offered
        if desk.code in found
    ]
    return tuple(one for _, one in sorted(scored, key=lambda pair: (-pair[0], pair[1].name))[:MOST])


def _score(why: Why) -> float:
    return _WEIGHT[why.kind] * (why.n / why.of if why.of else 1)


def _named(text: str, desks: list[AgencyInfo]) -> Iterator[tuple[str, str]]:
    """Yield (code of the unit or institution, the name as written) of each desk that the text names, once."""
    units = {desk.id: desk.code for desk in desks}
    above = {desk.code: units.get(desk.parent_id or 0) for desk in desks if desk.kind == "subunit"}
    told: set[str] = set()
    for span, code in _phrases(tuple((desk.code, names_of(desk)) for desk in desks)).within(tokens_of(text)):
        lead = above.get(code) or code
        if lead not in told:
            told.add(lead)
            yield lead, span.of(text)


@lru_cache(maxsize=MOST_HOUSES)
def _phrases(names: tuple[tuple[str, tuple[str, ...]], ...]) -> Phrases:
    return Phrases((name, code) for code, known in names for name in known if _tells(name))


def names_of(desk: AgencyInfo) -> tuple[str, ...]:
    """Return every name by which a desk is looked for: its own, short, everyday and former ones."""
    return (desk.name, *also_called(desk.name, desk.short_name, desk.source_name))


def _tells(name: str) -> bool:
    words = [token.word for token in tokens_of(name)]
    return len(words) > 1 or (len(words) == 1 and len(words[0]) > 1 and words[0] not in _NO_NAMES)


def _past(report: Report, category: Category | None) -> Iterator[tuple[str, Why]]:
    """Yield where earlier reports of this category went; those of the same place where there are enough of them."""
    if report.agency_id is None or category is None:
        return
    rows = disposed_like(report.agency_id, category.pk)
    around = {level.pk for level in upward(report.place)}
    here = [row for row in rows if row.place in around]
    rows = here if len(here) >= FEWEST else rows
    if len(rows) < FEWEST:
        return
    for unit, n in Counter(row.unit for row in rows).most_common(MOST):
        yield unit, Why(PAST, n=n, of=len(rows))


def _same(same: Iterable[Alike]) -> Iterator[tuple[str, Why]]:
    """Yield where those went that say nearly the same, as far as they have gone anywhere."""
    went = [one.unit_code for one in same if one.unit_code]
    for unit, n in Counter(went).items():
        yield unit, Why(SAME, n=n, of=len(went))


def _learned(learned: Learned | None) -> Iterator[tuple[str, Why]]:
    """Yield what the model says, without what is hardly likely."""
    for guess in learned.guesses if learned and learned.is_shown else ():
        if guess.chance >= SLIGHT:
            yield guess.label, Why(LEARNED, ", ".join(guess.words), n=round(guess.chance * 100), of=100)
