"""Do two reports say the same of the same thing? A score for a pair, and the reasons a person can check.

Four looks: words by their stems, the rare ones counting most; what both say in the same words one after another; where;
and how long apart. The weights are ours, few and round: fitted ones would only learn the few pairs read.
Candidates are found among millions by their traces (`lapor.reports.queries.alike`); this orders and explains those few.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from lapor.language.addresses import Addresses, addresses
from lapor.language.stems import stem, words_said

STREET, NUMBER, NEIGHBOURHOOD, POST, PLACE, WORDS, PHRASES, DAYS = (
    "street", "number", "neighbourhood", "post", "place", "words", "phrases", "days",
)  # fmt: skip
OF_WORDS, OF_PHRASES, OF_TIME = 0.45, 0.35, 0.2
HALF_LIFE = 30.0  # days
SAME, OTHER, NO_PLACE = 0.1, 0.3, 0.05  # what a place adds, takes, and what nobody naming one takes
PLENTY = 0.5  # of the words or phrases, from which they are a reason
MOST_WORDS, SHORTEST = 3, 4  # words named as a reason, and their letters
LIKELY = 0.4  # the score from which an officer should look


@dataclass(frozen=True)
class Said:
    """One report: title and text, the day it came in (an ordinal with its fraction), its place's code, "" for none."""

    text: str
    day: float
    place: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in small letters, stretched letters made single."""
        return words_said(self.text)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Its words without beginnings and endings, in order."""
        return tuple(stem(word) for word in self.words)

    @cached_property
    def where(self) -> Addresses:
        """What the text says about where it is."""
        return addresses(self.text)


@dataclass(frozen=True)
class Reason:
    """Why two are thought the same, or not (`speaks_for`): what kind of reason, and what it is."""

    kind: str
    what: str
    speaks_for: bool = True


@dataclass(frozen=True)
class Likeness:
    """How much two reports look the same, 0 to 1 (no probability), and why."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Rarity:
    """How rare each stem is among an institution's reports; a stem that is unknown is rare."""

    seen: Mapping[str, int] = field(default_factory=dict)
    reports: int = 0

    @classmethod
    def of(cls, texts: Iterable[str]) -> Rarity:
        """Count in how many of these texts each stem stands."""
        seen: Counter[str] = Counter()
        reports = 0
        for text in texts:
            seen.update(set(Said(text, 0).stems))
            reports += 1
        return cls(seen, reports)

    def weight(self, stem: str) -> float:
        """Return what a stem counts: 1 for one that stands everywhere, more the rarer it is."""
        return 1 + math.log((1 + self.reports) / (1 + self.seen.get(stem, 0)))


def compare(one: Said, other: Said, rarity: Rarity) -> Likeness:
    """Compare two reports; it is the same which one comes first. Little more than linear in both lengths."""
    words, telling = _words(one, other, rarity)
    phrases = _phrases(one, other, rarity)
    days = abs(one.day - other.day)
    where = tuple(_where(one, other))
    score = OF_WORDS * words + OF_PHRASES * phrases + OF_TIME * 0.5 ** (days / HALF_LIFE) * (words + phrases) / 2
    reasons = (*where, *_said(phrases, telling), Reason(DAYS, str(int(days)), speaks_for=days <= HALF_LIFE))
    return Likeness(min(1.0, max(0.0, score + _by_place(where))), reasons)


def _by_place(where: Sequence[Reason]) -> float:
    if any(not reason.speaks_for for reason in where):
        return -OTHER
    return SAME if where else -NO_PLACE


def _said(phrases: float, telling: Sequence[str]) -> Iterator[Reason]:
    if phrases >= PLENTY:
        yield Reason(PHRASES, str(round(phrases * 100)))
    elif telling:
        yield Reason(WORDS, ", ".join(telling))


def _words(one: Said, other: Said, rarity: Rarity) -> tuple[float, list[str]]:
    """Return the cosine of the weighted stems, and the rarest that both have, as the first text writes them."""
    mine, theirs = set(one.stems), set(other.stems)
    both = mine & theirs
    whole = math.sqrt(_mass(mine, rarity) * _mass(theirs, rarity))
    typed = dict(zip(reversed(one.stems), reversed(one.words), strict=True))
    rare = sorted(both, key=lambda word: (-rarity.weight(word), word))
    readable = [typed[word] for word in rare if word.isalpha() and len(word) >= SHORTEST]
    return (_mass(both, rarity) / whole if whole else 0.0), readable[:MOST_WORDS]


def _mass(stems: Iterable[str], rarity: Rarity) -> float:
    return sum(rarity.weight(stem) ** 2 for stem in stems)


def _phrases(one: Said, other: Said, rarity: Rarity) -> float:
    """Return the weighted share of pairs of neighbours that both have, of the text that has fewer."""
    mine, theirs = set(pairwise(one.stems)), set(pairwise(other.stems))
    masses = [sum(rarity.weight(a) * rarity.weight(b) for a, b in pairs) for pairs in (mine & theirs, mine, theirs)]
    least = min(masses[1:])
    return masses[0] / least if least else 0.0


def _where(one: Said, other: Said) -> Iterator[Reason]:
    """Yield what the places say; nothing where one of the two names none."""
    here, there = one.where, other.where
    if here.posts and there.posts:
        yield _either(POST, here.posts, there.posts)
    if here.streets and there.streets:
        shared = sorted(a for a in here.streets for b in there.streets if _is_same(a, b))
        yield (
            Reason(STREET, shared[0])
            if shared
            else Reason(STREET, _both(here.streets, there.streets), speaks_for=False)
        )
    if here.houses and there.houses:
        yield _either(NUMBER, here.houses, there.houses)
    if here.neighbourhoods and there.neighbourhoods:
        yield _either(NEIGHBOURHOOD, here.neighbourhoods, there.neighbourhoods)
    if one.place and other.place:
        yield Reason(PLACE, one.place if one.place == other.place else f"{one.place} / {other.place}",
                     speaks_for=one.place == other.place)  # fmt: skip


def _either(kind: str, here: frozenset[str], there: frozenset[str]) -> Reason:
    shared = sorted(here & there)
    return Reason(kind, shared[0]) if shared else Reason(kind, _both(here, there), speaks_for=False)


def _both(here: frozenset[str], there: frozenset[str]) -> str:
    return f"{min(here)} / {min(there)}"


def _is_same(a: str, b: str) -> bool:
    """ "Mawar" may be "Mawar Barat", written short; "Mawar Barat" is not "Mawar Timur"."""
    return a == b or a.startswith(f"{b} ") or b.startswith(f"{a} ")
