"""Keep the texts that officers are offered, and take them out of use."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.blanks import FieldLeftEmpty, blanks, is_name, is_whole
from lapor.agencies.models import Agency, Category, Template
from lapor.agencies.refusals import TemplateKnown, UnknownAgency, UnknownTemplate
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput

LONGEST = 5000


@transaction.atomic
def keep_template(
    *,
    institution: str,
    template: int | None = None,
    kind: str,
    name: str,
    text: str,
    category: str = "",
    is_active: bool = True,
    actor: Actor,
    now: datetime,
) -> Template:
    """Write a new text for an institution's officers, or change one; the national desk's own are offered to all.

    Raises `NotYours`, `UnknownAgency`, `UnknownTemplate`, `TemplateKnown`, `InvalidInput`, and `FieldLeftEmpty` for a
    field that says nothing or is half written.
    """
    house = _house(institution)
    check_may_manage(actor, house)
    owner = None if house.kind == Agency.Kind.NATIONAL else house
    row = _row(template, owner)
    row.kind, row.name = _kind(kind), words(name, "name", longest=120)
    row.text, row.category, row.is_active = _text(text), _category(category), is_active
    row.changed_at, row.changed_by_id = now, actor.account
    if Template.objects.filter(institution=owner, kind=row.kind, name=row.name).exclude(pk=row.pk).exists():
        raise TemplateKnown(field="name")
    row.save()
    about = row.name
    note_deed("template_kept", actor=actor, institution=house.pk, about=about, now=now, in_use=is_active)
    return row


def _house(code: str) -> Agency:
    house = Agency.objects.select_for_update().filter(code=code, parent=None).first()
    if house is None:
        raise UnknownAgency(field="institution")
    return house


def _row(number: int | None, owner: Agency | None) -> Template:
    if number is None:
        return Template(institution=owner)
    row = Template.objects.filter(pk=number, institution=owner).first()
    if row is None:
        raise UnknownTemplate(field="template")
    return row


def _kind(typed: str) -> str:
    if typed not in Template.Kind.values:
        raise InvalidInput(_("Choose what the text is for."), field="kind")
    return typed


def _text(typed: str) -> str:
    kept = typed.replace("\0", " ").replace("\r\n", "\n").strip()
    if not kept:
        raise InvalidInput(_("Please fill this in."), field="text")
    if len(kept) > LONGEST:
        raise InvalidInput(_("This is longer than %(longest)s characters.") % {"longest": LONGEST}, field="text")
    if not all(is_name(blank) for blank in blanks(kept)):
        raise FieldLeftEmpty(_("Name each field between {{ and }}, for example {{ date }}."), field="text")
    if not is_whole(kept):
        raise FieldLeftEmpty(_("A field begins with {{ and ends with }}; one of them is missing."), field="text")
    return kept


def _category(code: str) -> Category | None:
    if not code:
        return None
    found = Category.objects.filter(code=code).first()
    if found is None:
        raise InvalidInput(_("There is no such category."), field="category")
    return found
