"""SMS keywords and the rules by which a report finds its unit (S8, S38, S73, C3)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency, Category, Keyword, Place, RoutingRule
from lapor.agencies.refusals import KeywordTaken, RuleKnown, UnknownAgency
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput

LONGEST = 40


@transaction.atomic
def add_keyword(*, institution: str, word: str, actor: Actor, now: datetime) -> Keyword:
    """Let text messages that begin with this word come to the institution, whatever their case, spaces and dots.

    Raises `NotYours`, `UnknownAgency`, `InvalidInput`, `KeywordTaken` where any institution has it.
    """
    house = _house(institution)
    check_may_manage(actor, house)
    plain = "".join(letter for letter in word.upper() if letter.isalnum())
    if not 2 <= len(plain) <= LONGEST or not plain.isascii():
        raise InvalidInput(_("A keyword has 2 to 40 letters and digits."), field="word")
    if Keyword.objects.filter(word=plain).exists():
        raise KeywordTaken(field="word")
    note_deed("keyword_added", actor=actor, institution=house.pk, about=plain, now=now)
    return Keyword.objects.create(agency=house, word=plain)


@transaction.atomic
def remove_keyword(*, institution: str, keyword: int, actor: Actor, now: datetime) -> None:
    """Take a keyword away; messages that begin with it go to the national desk from now on. Raises `NotYours`."""
    house = _house(institution)
    check_may_manage(actor, house)
    found = Keyword.objects.filter(pk=keyword, agency=house).first()
    if found is not None:
        found.delete()
        note_deed("keyword_removed", actor=actor, institution=house.pk, about=found.word, now=now)


@transaction.atomic
def add_rule(
    *, institution: str, category: str, unit: str, place: str = "", actor: Actor, now: datetime
) -> RoutingRule:
    """Let reports of a category, at a place (its code) or anywhere, be suggested to a unit of the institution.

    Raises `NotYours`, `UnknownAgency`, `InvalidInput` for an unknown category or place, `RuleKnown`.
    """
    house = _house(institution)
    check_may_manage(actor, house)
    subject = Category.objects.filter(code=category, is_active=True).first()
    if subject is None:
        raise InvalidInput(_("There is no such category."), field="category")
    where = Place.objects.filter(code=place).first() if place else None
    if place and where is None:
        raise InvalidInput(_("There is no such place."), field="place")
    desk = Agency.objects.filter(code=unit, institution=house, kind=Agency.Kind.UNIT, is_receiving=True).first()
    if desk is None:
        raise UnknownAgency(field="unit")
    if RoutingRule.objects.filter(institution=house, category=subject, place=where).exists():
        raise RuleKnown(field="category")
    about = " · ".join(filter(None, (subject.name_id, where.name if where else "", desk.name)))
    note_deed("rule_added", actor=actor, institution=house.pk, about=about, now=now)
    return RoutingRule.objects.create(institution=house, category=subject, place=where, unit=desk)


@transaction.atomic
def remove_rule(*, institution: str, rule: int, actor: Actor, now: datetime) -> None:
    """Take a rule away. Raises `NotYours`."""
    house = _house(institution)
    check_may_manage(actor, house)
    found = RoutingRule.objects.filter(pk=rule, institution=house).select_related("category", "unit").first()
    if found is not None:
        about = f"{found.category.name_id} · {found.unit.name}"
        found.delete()
        note_deed("rule_removed", actor=actor, institution=house.pk, about=about, now=now)


def _house(code: str) -> Agency:
    house = Agency.objects.select_for_update().filter(code=code, kind=Agency.Kind.INSTITUTION).first()
    if house is None:
        raise UnknownAgency(field="institution")
    return house
