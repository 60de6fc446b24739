"""The tags an institution keeps: which words are used now, and which old words mean the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from lapor.agencies.models import Tag
from lapor.kernel.actor import Actor


@dataclass(frozen=True)
class TagInfo:
    """One word; `becomes` is the word used instead, empty for one that was not merged."""

    id: int
    word: str
    is_active: bool
    becomes: str


def tags_of(institution_id: int) -> list[TagInfo]:
    """Return an institution's words, those no longer used too, by name; one query."""
    rows = Tag.objects.filter(institution=institution_id).select_related("merged_into").order_by("word")
    return [
        TagInfo(row.pk, row.word, is_active=row.is_active, becomes=row.merged_into.word if row.merged_into else "")
        for row in rows
    ]


def words_in_use(institution_id: int | None, words: Iterable[str]) -> dict[str, str | None]:
    """Return for each word the one used now: itself, or what it was merged into; None for one no longer used.

    A word nobody keeps is as good as any. No query for no words.
    """
    wanted = dict.fromkeys(words)
    if not wanted or institution_id is None:
        return {word: word for word in wanted}
    rows = Tag.objects.filter(institution=institution_id, word__in=wanted).select_related("merged_into")
    kept = {row.word: row.merged_into or row for row in rows}
    return {word: (kept[word].word if kept[word].is_active else None) if word in kept else word for word in wanted}


def words_meaning(actor: Actor, word: str) -> list[str]:
    """Return every word that means this tag at the actor's institution, the word itself first; one query.

    The national desk sees reports of all institutions, each with words of its own: there a word is only itself.
    """
    mine = Q(institution=actor.desk) | Q(institution__members=actor.desk)
    same = Q(word=word) | Q(merged_into__word=word) | Q(merged__word=word) | Q(merged_into__merged__word=word)
    found = Tag.objects.filter(mine & same).values_list("word", "merged_into__word").distinct()
    return list(dict.fromkeys([word, *(one for row in found for one in row if one)]))
