"""The texts an officer is offered for a step, and all of an institution's for its admin."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lapor.agencies.blanks import blanks
from lapor.agencies.models import Agency, Template
from lapor.kernel.actor import Actor


@dataclass(frozen=True)
class TemplateInfo:
    """One ready text. `kind` is a code of `Template.Kind`; `blanks` are the fields to be filled in by hand."""

    id: int
    institution_id: int | None
    kind: str
    name: str
    text: str
    category_id: int | None
    category: str
    category_code: str
    is_active: bool
    blanks: tuple[str, ...]


def templates_for(actor: Actor, kind: str, *, category_id: int | None = None) -> list[TemplateInfo]:
    """Return the texts in use for this step at the actor's desk; those of the report's category first. Two queries."""
    home = Agency.objects.filter(pk=actor.desk or 0).values_list("institution_id", flat=True).first() or actor.desk
    mine = Q(institution=home) | Q(institution=None)
    found = _infos(Template.objects.filter(mine, kind=kind, is_active=True))
    fitting = (one for one in found if one.category_id in (None, category_id))
    return sorted(fitting, key=lambda one: (one.category_id is None, one.institution_id is None, one.name.casefold()))


def templates_of(institution_id: int | None) -> list[TemplateInfo]:
    """Return an institution's own texts (None: those offered to all), those out of use too; one query."""
    return _infos(Template.objects.filter(institution=institution_id))


def templates_at(institution_id: int | None) -> list[TemplateInfo]:
    """Return an institution's own texts and then those offered to all, those out of use too; one query."""
    found = _infos(Template.objects.filter(Q(institution=institution_id) | Q(institution=None)))
    return sorted(found, key=lambda one: one.institution_id is None)


def _infos(rows: QuerySet[Template]) -> list[TemplateInfo]:
    return [
        TemplateInfo(
            id=row.pk,
            institution_id=row.institution_id,
            kind=row.kind,
            name=row.name,
            text=row.text,
            category_id=row.category_id,
            category=row.category.name if row.category else "",
            category_code=row.category.code if row.category else "",
            is_active=row.is_active,
            blanks=tuple(blanks(row.text)),
        )
        for row in rows.select_related("category").order_by("kind", "name", "pk")
    ]
