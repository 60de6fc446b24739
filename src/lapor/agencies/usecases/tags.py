"""An institution's own tags: add, rename, merge, take out of use. Reports keep the words they have."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency, Tag
from lapor.agencies.refusals import TagKnown, UnknownAgency, UnknownTag
from lapor.agencies.usecases._input import words
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput

LONGEST = 40


@transaction.atomic
def add_tag(*, institution: str, word: str, actor: Actor, now: datetime) -> Tag:
    """Keep a word; one that was out of use is used again. Raises `NotYours`, `UnknownAgency`, `TagKnown`."""
    house = _house(institution, actor)
    plain = _plain(word)
    known = Tag.objects.filter(institution=house, word=plain).first()
    if known and known.is_active:
        raise TagKnown(field="word")
    tag = known or Tag(institution=house, word=plain)
    tag.is_active, tag.merged_into = True, None
    tag.save()
    _note(house, plain, actor, now)
    return tag


@transaction.atomic
def retire_tag(*, institution: str, tag: int, actor: Actor, now: datetime) -> None:
    """Let nobody choose a word any more; reports that have it keep it. Raises `NotYours`, `UnknownTag`."""
    house = _house(institution, actor)
    row = _tag(house, tag)
    row.is_active = False
    row.save(update_fields=["is_active"])
    _note(house, f"{row.word}: tidak dipakai lagi", actor, now)


@transaction.atomic
def replace_tag(*, institution: str, tag: int, word: str, actor: Actor, now: datetime) -> Tag:
    """Rename a word, or merge it into one that is there: from now on `word` is used, and finds the old reports too.

    No report is touched: the old word points to the new one. Raises `NotYours`, `UnknownTag`, `InvalidInput`.
    """
    house = _house(institution, actor)
    old, plain = _tag(house, tag), _plain(word)
    if plain == old.word:
        raise InvalidInput(_("Write another word."), field="word")
    new, _made = Tag.objects.get_or_create(institution=house, word=plain)
    new.is_active, new.merged_into = True, None
    new.save()
    Tag.objects.filter(merged_into=old).exclude(pk=new.pk).update(merged_into=new)
    old.is_active, old.merged_into = False, new
    old.save()
    _note(house, f"{old.word} menjadi {new.word}", actor, now)
    return new


def _house(code: str, actor: Actor) -> Agency:
    house = Agency.objects.select_for_update().filter(code=code, kind=Agency.Kind.INSTITUTION).first()
    if house is None:
        raise UnknownAgency(field="institution")
    check_may_manage(actor, house)
    return house


def _tag(house: Agency, number: int) -> Tag:
    found = Tag.objects.filter(pk=number, institution=house, merged_into=None).first()
    if found is None:
        raise UnknownTag
    return found


def _plain(word: str) -> str:
    plain = words(word, "word", longest=LONGEST).lower()
    if "," in plain:
        raise InvalidInput(_("A tag has no comma."), field="word")
    return plain


def _note(house: Agency, about: str, actor: Actor, now: datetime) -> None:
    note_deed("category_kept", actor=actor, institution=house.pk, about=f"Tag: {about}", now=now)
