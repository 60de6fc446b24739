"""The national categories: add, rename, move, merge, take out of use. Reports keep the category they have (S8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_national
from lapor.agencies.models import Category, RoutingRule, Template
from lapor.agencies.refusals import CategoryHasParts, CategoryKnown, UnknownCategory
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput

LONGEST = 120


@transaction.atomic
def keep_category(
    *, category: str = "", name_id: str, name_en: str, parent: str = "", actor: Actor, now: datetime
) -> Category:
    """Add a category, or with `category` (its code) give one other names or another subject above it.

    The code stays, so addresses, rules and old reports go on. Raises `NotYours`, `UnknownCategory`, `CategoryKnown`,
    `CategoryHasParts`, `InvalidInput`.
    """
    check_national(actor)
    row = _locked(category) if category else Category()
    above = _above(row, parent)
    names = words(name_id, "name_id", longest=LONGEST), words(name_en, "name_en", longest=LONGEST)
    was, (row.name_id, row.name_en), row.parent = row.name_id, names, above
    same = Category.objects.filter(is_active=True, parent=above, name_id__iexact=row.name_id).exclude(pk=row.pk)
    if same.exists():
        raise CategoryKnown(field="name_id")
    row.code = row.code or _new_code(row.name_id)
    row.save()
    _note(f"{was} menjadi {row.name_id}" if was and was != row.name_id else row.name_id, actor, now)
    return row


@transaction.atomic
def use_category(*, category: str, in_use: bool, actor: Actor, now: datetime) -> None:
    """Let nobody choose a category any more, or again. Raises `NotYours`, `UnknownCategory`, `CategoryHasParts`."""
    check_national(actor)
    row = _locked(category)
    if not in_use and row.children.filter(is_active=True).exists():
        raise CategoryHasParts
    if in_use and row.parent is not None and not row.parent.is_active:
        raise InvalidInput(_("The subject above it is not used any more. Choose another one first."), field="parent")
    row.is_active = in_use
    row.save(update_fields=["is_active"])
    _note(f"{row.name_id}: {'dipakai lagi' if in_use else 'tidak dipakai lagi'}", actor, now)


@transaction.atomic
def merge_category(*, category: str, into: str, actor: Actor, now: datetime) -> None:
    """Let one category go on as another: rules and ready texts go over, saved views and searches are led there.

    No report is touched: the old category points to the new one and its reports are found under it. A rule for an
    institution and place that has one for the new category already is removed; what it said is on record.
    Raises `NotYours`, `UnknownCategory`, `CategoryHasParts`, `InvalidInput`.
    """
    check_national(actor)
    old, new = _locked(category), _locked(into, field="into")
    if old == new or not new.is_active:
        raise InvalidInput(_("Choose another category that is in use."), field="into")
    if old.children.filter(is_active=True).exists():
        raise CategoryHasParts(field="into")
    rules, dropped = _move_rules(old, new)
    texts = Template.objects.filter(category=old).update(category=new)
    Category.objects.filter(merged_into=old).update(merged_into=new)
    old.is_active, old.merged_into = False, new
    old.save(update_fields=["is_active", "merged_into"])
    facts = {"rules": rules, "rules_removed": dropped, "texts": texts}
    note_deed("category_kept", actor=actor, institution=None, about=f"{old.name_id} ke {new.name_id}", now=now, **facts)


def _move_rules(old: Category, new: Category) -> tuple[int, int]:
    """Move the rules of one category to another; return how many went and how many were doubled by one there."""
    taken = set(RoutingRule.objects.filter(category=new).values_list("institution", "place"))
    rows = list(RoutingRule.objects.filter(category=old).values_list("pk", "institution", "place"))
    doubled = [pk for pk, *where in rows if tuple(where) in taken]
    RoutingRule.objects.filter(pk__in=doubled).delete()
    return RoutingRule.objects.filter(category=old).update(category=new), len(doubled)


def _locked(code: str, field: str = "category") -> Category:
    found = Category.objects.select_for_update().filter(code=code, merged_into=None).first()
    if found is None:
        raise UnknownCategory(field=field)
    return found


def _above(row: Category, parent: str) -> Category | None:
    if not parent:
        return None
    above = Category.objects.filter(code=parent, parent=None, is_active=True).first()
    if above is None or above.pk == row.pk:
        raise InvalidInput(_("Choose one of the subjects offered."), field="parent")
    if row.pk and row.children.exists():
        raise CategoryHasParts(field="parent")
    return above


def _new_code(name: str) -> str:
    """Return a code for addresses that no category has, made of the name."""
    plain = slugify(name)[:70] or "kategori"
    taken = set(Category.objects.filter(code__startswith=plain).values_list("code", flat=True))
    return next(code for code in (plain, *(f"{plain}-{n}" for n in range(2, len(taken) + 3))) if code not in taken)


def _note(about: str, actor: Actor, now: datetime) -> None:
    note_deed("category_kept", actor=actor, institution=None, about=about, now=now)
