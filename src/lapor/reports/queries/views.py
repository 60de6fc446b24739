"""The ways of looking at the pile that an officer may open: their own, and those a colleague shares with the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapor.kernel.actor import Actor, person
from lapor.reports.models import FirstView, SavedView


@dataclass(frozen=True)
class ViewInfo:
    """One saved view: `query` is an address of the inbox without its columns; `is_first` opens the inbox."""

    id: int
    name: str
    query: str
    columns: tuple[str, ...]
    is_shared: bool
    is_own: bool
    is_first: bool


def views_of(actor: Actor) -> tuple[ViewInfo, ...]:
    """Return the views this officer may open, own ones first, by name; one query."""
    first = FirstView.objects.filter(view=OuterRef("pk"), desk=actor.desk, account=person(actor))
    rows = openable(actor).annotate(is_first=Exists(first)).order_by("name", "pk")
    found = [
        ViewInfo(
            row.pk, row.name, row.query, tuple(row.columns), row.is_shared, row.account == actor.account, row.is_first
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda view: not view.is_own))


def openable(actor: Actor) -> QuerySet[SavedView]:
    """Return the rows: of this desk only, own or shared."""
    return SavedView.objects.filter(Q(account=person(actor)) | Q(is_shared=True), desk=actor.desk)
