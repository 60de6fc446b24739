"""The wording of a step where characters are counted: as many sentences as one short message holds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from lapor.language.sms import GSM7, sms_of
from lapor.messaging.texts import places


def short_text(action: str, language: str, known: Mapping[str, str], subject: str) -> str:
    """Return the short wording of a step; `known` has {code}. One without a wording says its subject."""
    table = all_shorts()
    if action in table and places(table[action][language][0]) <= known.keys():
        return fitting(table[action][language], known)
    return f"LAPOR! {known['code']}: {subject}."


def fitting(sentences: Sequence[str], known: Mapping[str, str]) -> str:
    """Return the first sentence, and of the others, in order, each that still fits into one part."""
    said = ""
    for sentence in sentences:
        if places(sentence) <= known.keys():
            more = f"{said} {sentence.format_map(known)}".strip()
            if not said or fits(more):
                said = more
    return said


def fits(text: str) -> bool:
    """Tell whether a text is one part of the GSM alphabet."""
    size = sms_of(text)
    return size.parts <= 1 and size.alphabet == GSM7


@cache
def all_shorts() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Return every short wording by action and language."""
    return tomllib.loads(files("lapor.messaging").joinpath("short.toml").read_text(encoding="utf-8"))
