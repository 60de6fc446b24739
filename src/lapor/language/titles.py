"""A title for a report, taken from its own words: from the sentence that names the matter and the place, politely."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import takewhile

from lapor.language.codes import HIDDEN, without_codes
from lapor.language.data import table, word_set
from lapor.language.findings import Span
from lapor.language.masks import kinds_of, masks
from lapor.language.people import to_its_end
from lapor.language.places import SEEN, place_worth
from lapor.language.reading import Reading
from lapor.language.regional import main_language
from lapor.language.secrecy import wishes_secrecy
from lapor.language.smartcase import calmed
from lapor.language.subjects import suggest_categories
from lapor.language.tokens import LONGEST, Phrases, Token, is_shouted, tokens_of
from lapor.language.tone import harsh_words
from lapor.language.writers import names_writer

LONGEST_TITLE = 80  # characters
LEFT_OUT = "…"
FEWEST = 3  # words of a title that is preferred to what the text says first
SENTENCES = 12  # looked at, until one is more than a greeting
_WINDOW = 2_000  # characters in which these lie
_END = re.compile(r"(?<=[.!?])\s+|\n+")
_ABBREVIATED = re.compile(
    r"\b(?:jl|jln|gg|kel|kec|kab|no|yth|tgl|bpk|hj?|dr|drs|ir|prof|sdr|a\.?n|u\.p|d\.a|s\.d|rp|kp|ds|dsn|pt|cv|st|pkl|perum)\.$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:rt|rw)\.$", re.IGNORECASE)  # shortened only before its number
_AGAIN, _LEADING = re.compile(rf"{LEFT_OUT}(?:[ ,]+{LEFT_OUT})+"), re.compile(rf"^{LEFT_OUT}[,;:.] *")
_ADDRESSED = re.compile(r"\bdi ?tempat$", re.IGNORECASE)  # "Kepada Yth. Bapak Wali Kota Mataram di tempat"
_ASKED = re.compile(r"\?[\s!?.\"'”’)]*$")
_NOUN = re.compile(r"pe\w{3,}an(?:nya)?|info|informasi|tindak")  # "mohon perbaikan jalan": "Perbaikan jalan"
_ASKS = ("mohon", "tolong", "minta")
LONGEST_OFFICE = 7  # words of its name after "Dinas"
_EDGES = " \t.,;:!?-–—*•'\"“”"


def propose_title(text: str) -> str:
    """Return the sentence that names matter and place, the first among equals, at most 80 characters, in sentence case.

    Greetings and "saya ingin melaporkan" are left out; a sentence that names its writer or insults somebody is taken
    only where there is no other, and then with "…" for the name, number or insult: titles are public. Empty where no
    whole word fits. A tracking code never stands in it.
    """
    text = without_codes(text[:LONGEST]).replace(HIDDEN, LEFT_OUT)
    bare = [found for found in map(_bare, _sentences(text)) if found]
    line = _best([found for found in bare if " " in found] or bare, is_english=main_language(text[:_WINDOW]) == "en")
    if others := _of_others(line):
        line = _without(line, others)
    line = _cut(calmed(line) if is_shouted(line) else line)
    return line[:1].upper() + line[1:]


def _best(lines: list[str], *, is_english: bool) -> str:
    decent = [line for line in lines if not names_writer(line)]
    if not any(_says_something(line) for line in decent):
        decent = [_without(line, _personal(line)) for line in lines]
    polite = [line for line in decent if not harsh_words(line)] or [
        _without(line, [one.span for one in harsh_words(line)]) for line in decent
    ]
    return max(polite, key=lambda line: _worth(line, is_english=is_english), default="")


def _says_something(line: str) -> bool:
    """Tell "Lampu mati" from "tolong pak", which says less than what names its writer too."""
    return len(line.split()) >= FEWEST or bool(suggest_categories(line))


def _worth(line: str, *, is_english: bool) -> int:
    """Return how much of a line's title says: nothing (a scrap, "Padahal ..."), its matter, or its place too.

    Matters are known by Indonesian words: of a report in English the first sentence that is no scrap names it.
    """
    line = _cut(line)
    first, *others = line.lower().split() or [""]
    is_scrap = len(others) + 1 < FEWEST or first in word_set("titles", "goes_on")
    if is_scrap or is_english:
        return int(not is_scrap)
    if wishes_secrecy(line):
        return -1  # "mohon rahasiakan nama saya" is for the officer
    if not suggest_categories(line):
        return 0
    if line.endswith("?"):
        return 1  # of several questions the first is what is wanted, not the one that names an office
    return 2 if place_worth(Reading(line, date.min)) >= SEEN else 1


def _personal(line: str) -> list[Span]:
    """Return the writer's name, and numbers and addresses that lead to somebody; a post or a home's street may stay."""
    loud = is_shouted(line)
    found = [found for found in names_writer(line) if found.rule not in ("role", "home", "kin")]
    return [to_its_end(line, one.span, in_capitals=loud) if one.rule == "name" else one.span for one in found]


def _of_others(line: str) -> list[Span]:
    """Return the names of private people and what else the public text covers."""
    return [mask.span for mask in masks(line, anonymous=False) if not kinds_of(mask.rule) <= {"insult", "hate"}]


def _without(line: str, found: Iterable[Span]) -> str:
    """Return a line with what was found left out, and "…" in its place: without it the rest may say something else."""
    parts, end = [], 0
    for span in sorted(found):
        if span.start >= end:
            parts += [line[end : span.start], LEFT_OUT]
            end = span.end
    rest = " ".join("".join([*parts, line[end:]]).split())
    rest = _LEADING.sub("", _AGAIN.sub(LEFT_OUT, rest)).strip(_EDGES)
    return rest if any(c.isalnum() for c in rest) else ""


def _sentences(text: str) -> list[str]:
    """Return the first sentences on one line each, without what cannot be seen; "Jl. Mawar" stays together."""
    parts: list[str] = []
    joins = counts = False
    for part in _END.split(text[: min(_WINDOW, LONGEST)].strip()):
        part = " ".join(_visible(part).split())
        if parts and (joins or (counts and part[:1].isdigit())):
            parts[-1] = f"{parts[-1]} {part}"
        elif part:
            parts.append(part)
        joins = bool(part) and _ABBREVIATED.search(part) is not None
        counts = bool(part) and _COUNTED.search(part) is not None
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
    tokens = tokens_of(sentence)
    i = _opened(tokens, _greeted(tokens, sentence))
    if i >= len(tokens):
        return ""
    bare = _quoted_whole(sentence[tokens[i].span.start if i else 0 :].strip(_EDGES), sentence)
    if i and _ADDRESSED.search(bare):
        return ""
    return f"{bare}?" if bare and _ASKED.search(sentence) else bare


def _opened(tokens: Sequence[Token], i: int) -> int:
    """Return where the words after "saya ingin melaporkan" begin; "mohon bantuannya untuk ..." is one wish."""
    while i < len(tokens) and (hit := _openings().at(tokens, i)):
        after = tokens[i + hit[0]].word if i + hit[0] < len(tokens) else ""
        if tokens[i].word in _ASKS and after in word_set("titles", "of_wish"):
            return i
        i += hit[0]
        while i < len(tokens) and tokens[i].word in word_set("titles", "about"):
            i += 1 + (tokens[i].word == "terkait" and i + 1 < len(tokens) and tokens[i + 1].word == "dengan")
    return i


def _greeted(tokens: Sequence[Token], sentence: str) -> int:
    """Return how many words greet, at the start of a sentence: those that tell of somebody or of a time do not."""
    if not tokens or tokens[0].word not in word_set("titles", "greetings"):
        return 0
    said = [token.word for token in takewhile(lambda token: token.word in word_set("titles", "greeting_words"), tokens)]
    i = len(said)
    after = [token.word for token in tokens[i : i + 2]] + ["", ""]
    if "mohon" in said[:-1] and said[said.index("mohon") + 1] not in word_set("titles", "politely"):
        return said.index("mohon")  # "mohon dinas terkait menebang pohon"
    if said[-1] == "mohon" and not _NOUN.fullmatch(after[0]):
        return i - 1  # "mohon tidak ada pungutan" without "mohon" says the contrary
    if i == 1 and said[0] in word_set("titles", "hours") and after[0] in word_set("titles", "of_hours"):
        return 0
    is_one = i < len(tokens) and sentence[tokens[i - 1].span.end : tokens[i].span.start] == " "
    is_kin = said[-1] in word_set("titles", "kin") and after[0] in ("saya", "kami")
    if is_one and is_kin and after[1] not in word_set("titles", "wants"):
        return i - 1  # "ibu saya belum dapat bansos"
    if is_one and said[-1] in ("pak", "bu") and after[0] in word_set("titles", "posts"):
        return i - 1
    return _after_office(tokens, i, sentence) if said[-1] == "dinas" else i


def _after_office(tokens: Sequence[Token], i: int, sentence: str) -> int:
    """ "Dinas Lingkungan Hidup, pohon tumbang": the whole name is greeted where a comma ends it, else nothing of it."""
    for j in range(i, min(i + LONGEST_OFFICE, len(tokens) - 1)):
        if "," in sentence[tokens[j].span.end : tokens[j + 1].span.start]:
            return j + 1
    return i - 1


def _quoted_whole(bare: str, sentence: str) -> str:
    """Give back the mark that ends a quotation which the words still open."""
    last = sentence.rstrip(" \t.,;:!?")[-1:]
    first = {"”": "“", "’": "‘"}.get(last, last)
    if not last or last not in "'\"”’" or bare.endswith(last):
        return bare
    is_open = bare.count(first) % 2 == 1 if first == last else first in bare and last not in bare
    return bare + last if is_open else bare


def _cut(line: str) -> str:
    if len(line) <= LONGEST_TITLE:
        return line
    words = line[: LONGEST_TITLE + 1].split(" ")[:-1]
    while words and words[-1].lower().strip(_EDGES) in word_set("titles", "no_end"):
        words.pop()
    return " ".join(words).strip(_EDGES)
