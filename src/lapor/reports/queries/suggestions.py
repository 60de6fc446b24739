"""How well suggestions agree with officers, for the admin of the institution; and which kinds are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum

from lapor.agencies.models import Category
from lapor.identity.models import Account
from lapor.kernel.actor import Actor
from lapor.reports.models import Suggestion, SuggestionCount, SuggestionSwitch
from lapor.reports.suggested import KINDS, UNIT
from lapor.sop.vocabulary import Role

MONTHS = 12  # this one with them
ENOUGH = 100  # answers, from which their share says how good they are: of fewer, ten points up or down are chance
NEWEST = 1_000  # suggestions that are looked through for what came back
MOST = 40  # categories shown
FIELDS = ("asked", "first", "among", "unsure")


@dataclass(frozen=True)
class Agreement:
    """Of `asked` choices: how often the first was taken, any of those offered, and how often nothing was offered."""

    asked: int = 0
    first: int = 0
    among: int = 0
    unsure: int = 0

    @property
    def wrong(self) -> int:
        """How often something was offered first that the officer did not choose."""
        return self.asked - self.first - self.unsure

    @property
    def answered(self) -> int:
        """How often something was offered."""
        return self.asked - self.unsure

    @property
    def share(self) -> float | None:
        """Of what was offered, the share whose first was chosen; None where nothing was."""
        return self.first / self.answered if self.answered else None


@dataclass(frozen=True)
class KindStanding:
    """One kind: whether it is shown, who switched it when, its figures by month, category (name, "" for none)
    and language (code, "" for what was counted before languages were).

    `came_back` of `accepted`: the newest suggestions that were shown and taken, whose report a unit sent back.
    """

    kind: str
    is_shown: bool
    by: str
    at: datetime | None
    total: Agreement
    months: tuple[tuple[date, Agreement], ...]
    categories: tuple[tuple[str, Agreement], ...]
    languages: tuple[tuple[str, Agreement], ...]
    accepted: int
    came_back: int

    @property
    def is_known(self) -> bool:
        """Tell whether so much was compared that the figures say how good the suggestions are."""
        return self.total.answered >= ENOUGH


def month_before(today: date, months: int) -> date:
    """Return the first day of the month so many months before today's."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(years, month + 1, 1)


def shown_kinds(agency: int) -> frozenset[str]:
    """Return the kinds of suggestion that the institution's officers see; one query."""
    rows = SuggestionSwitch.objects.filter(agency=agency, is_shown=True)
    return frozenset(rows.values_list("kind", flat=True))


def standings(actor: Actor, today: date) -> tuple[KindStanding, ...]:
    """Return the standing of each kind at the actor's own institution, nothing for anybody but its admin.

    `today` is the day at the actor's desk, as it is counted. Thirteen queries, whatever the size of the tables: figures
    are kept as they arise.
    """
    if actor.role is not Role.AGENCY_ADMIN or actor.desk is None:
        return ()
    switches = {row.kind: row for row in SuggestionSwitch.objects.filter(agency=actor.desk)}
    people = Account.objects.filter(pk__in=[row.account for row in switches.values()])
    names = {person.pk: str(person) for person in people}
    found = tuple(
        _standing(actor.desk, kind, switches.get(kind), names, month_before(today, MONTHS - 1)) for kind in KINDS
    )
    return _in_words(found)


def _in_words(found: tuple[KindStanding, ...]) -> tuple[KindStanding, ...]:
    """Return the standings with the names of categories in the reader's language instead of their codes."""
    codes = {code for one in found for code, _figures in one.categories}
    words = {one.code: one.name for one in Category.objects.filter(code__in=codes)}
    return tuple(
        replace(one, categories=tuple((words.get(code, ""), figures) for code, figures in one.categories))
        for one in found
    )


def _standing(
    agency: int, kind: str, switch: SuggestionSwitch | None, names: dict[int, str], since: date
) -> KindStanding:
    counts = SuggestionCount.objects.filter(agency=agency, kind=kind, month__gte=since)
    months = _grouped(counts, "month")
    accepted, came_back = _taken(agency) if kind == UNIT else (0, 0)
    return KindStanding(
        kind=kind,
        is_shown=bool(switch and switch.is_shown),
        by=names.get(switch.account or 0, "") if switch else "",
        at=switch.at if switch else None,
        total=_sum([one for _month, one in months]),
        months=tuple(months),
        categories=tuple(sorted(_grouped(counts, "category"), key=lambda one: -one[1].wrong)[:MOST]),
        languages=tuple(sorted(_grouped(counts, "language"), key=lambda one: -one[1].asked)),
        accepted=accepted,
        came_back=came_back,
    )


def _taken(agency: int) -> tuple[int, int]:
    """Return how many of the newest suggestions of a unit were shown and taken, and how many of these came back."""
    newest = Suggestion.objects.filter(agency=agency, kind=UNIT).order_by("-id")
    rows = newest.values_list("offered", "chosen", "was_shown", "report__unit_returns")[:NEWEST]
    returns = [returned for offered, chosen, shown, returned in rows if shown and offered[:1] == [chosen]]
    return len(returns), sum(returned > 0 for returned in returns)


def _grouped(counts: QuerySet[SuggestionCount], field: str) -> list[tuple[Any, Agreement]]:
    rows = counts.values_list(field).annotate(*map(Sum, FIELDS)).order_by(field)
    return [(value, Agreement(*sums)) for value, *sums in rows]


def _sum(found: Iterable[Agreement]) -> Agreement:
    rows = list(found)
    return Agreement(*(sum(getattr(one, name) for one in rows) for name in FIELDS))
