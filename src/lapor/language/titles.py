"""A title for a report, taken from its own words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from lapor.language.data import table, word_set
from lapor.language.tokens import LONGEST, Phrases, is_shouted, tokens_of
from lapor.language.writers import names_writer

LONGEST_TITLE = 80  # characters
SENTENCES = 12  # looked at, until one is more than a greeting
_WINDOW = 2_000  # characters in which these lie
_END = re.compile(r"(?<=[.!?])\s+|\n+")
_ABBREVIATED = re.compile(r"\b(?:jl|jln|gg|kel|kec|kab|no|yth|tgl|bpk|hj?|dr|prof)\.$", re.IGNORECASE)
_EDGES = " \t.,;:!?-–—*•'\"“”"


def propose_title(text: str) -> str:
    """Return the first sentence that says something, at most 80 characters, whole words, in sentence case.

    Greetings and "saya ingin melaporkan" are left out; a sentence that names its writer is taken only where there is no
    other, because titles are public. Empty where no whole word fits.
    """
    bare = [found for found in map(_bare, _sentences(text)) if found]
    telling = [found for found in bare if " " in found] or bare
    line = next((found for found in telling if not names_writer(found)), telling[0] if telling else "")
    if is_shouted(line):
        line = _sentence_case(line)
    line = _cut(line)
    return line[:1].upper() + line[1:]


def _sentences(text: str) -> list[str]:
    """Return the first sentences on one line each, without what cannot be seen; "Jl. Mawar" stays together."""
    parts: list[str] = []
    joins = False
    for part in _END.split(text[: min(_WINDOW, LONGEST)].strip()):
        part = " ".join(_visible(part).split())
        if joins and parts:
            parts[-1] = f"{parts[-1]} {part}"
        elif part:
            parts.append(part)
        joins = bool(part) and _ABBREVIATED.search(part) is not None
    return parts[:SENTENCES]


def _visible(part: str) -> str:
    return "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in part if unicodedata.category(c) != "Cf"
    )


@cache
def _openings() -> Phrases:
    return Phrases((phrase, "opening") for phrase in table("titles")["openings"])


def _bare(sentence: str) -> str:
    """Return a sentence without greeting and opening; empty when nothing is left."""
    tokens, greeting, i = tokens_of(sentence), word_set("titles", "greeting_words"), 0
    if tokens and tokens[0].word in word_set("titles", "greetings"):
        while i < len(tokens) and tokens[i].word in greeting:
            i += 1
    while i < len(tokens) and (hit := _openings().at(tokens, i)):
        i += hit[0]
    if i >= len(tokens):
        return ""
    return sentence[tokens[i].span.start if i else 0 :].strip(_EDGES)


def _sentence_case(line: str) -> str:
    """Return a line typed in capitals as people write: abbreviations stay, what follows "Jalan" keeps its capital."""
    shown, end, named = [], 0, False
    for token in tokens_of(line):
        shown.append(line[end : token.span.start].lower())
        shown.append(_word_case(token.typed, named))
        named, end = token.word in word_set("titles", "before_names"), token.span.end
    return "".join(shown) + line[end:].lower()


def _word_case(typed: str, named: bool) -> str:
    if typed.lower() in word_set("titles", "capitals"):
        return typed.upper() if typed.lower() not in ("jl", "rp") else typed.capitalize()
    return typed.capitalize() if named else typed.lower()


def _cut(line: str) -> str:
    if len(line) <= LONGEST_TITLE:
        return line
    words = line[: LONGEST_TITLE + 1].split(" ")[:-1]
    while words and words[-1].lower().strip(_EDGES) in word_set("titles", "no_end"):
        words.pop()
    return " ".join(words).strip(_EDGES)
