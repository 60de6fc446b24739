"""Regional language (S46): which part of a text is Javanese, Sundanese, Sasak, English ... and how sure that is.

Every word that a language's own list knows is a sign, and so are telling affixes and pairs of letters of a word that no
list knows; how telling a pair is follows from the lists themselves. Signs add up as in naive Bayes, words of one
language alone most. Indonesian starts ahead, so that a particle or a borrowed word ("wis", "arek") is no finding.
Advice for an officer; silent when unsure or the text is short. Linear in the length of the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lapor.language.data import table, words
from lapor.language.findings import Span, Words
from lapor.language.tokens import LONGEST
from lapor.language.word_signs import HOME, SHORTEST, affixes, is_common, known, likeness, plain

_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+(?:['’`´](?:[^\W\d_]|[\u0300-\u036f])+)*['’`´]?")
_END = re.compile(r"[.!?\n]")
MOST_WORDS = 40  # of one piece: where people write without full stops, a piece ends here

# What a sign adds to the logarithm of the odds.
OWN = 2.5  # a word of no other language
WORD = 1.6
COMMON = 0.5
AFFIX = 0.5
PAIR = 0.05  # share of what a pair of letters tells, because neighbouring pairs tell the same
AHEAD = 4.5  # what Indonesian begins with where a finding is asked for
SURE = 0.9
FEWEST = 3  # words of its own list, each counted once, that Indonesian does not have
SHARE = 0.12  # of the words of the piece

Scores = dict[str, float]


@dataclass(frozen=True)
class Regional:
    """A part of a text in another language than Indonesian: its code, certainty (0 to 1), place, name.

    `share` is the part of the text's words that lies in it, 0 to 1.
    """

    code: str
    chance: float
    span: Span
    share: float
    name: Words

    @property
    def is_whole(self) -> bool:
        """Tell whether nearly all of the text is in this language."""
        return self.share >= 0.8


@dataclass(frozen=True)
class _Piece:
    span: Span
    words: tuple[str, ...]


def regional(text: str) -> tuple[Regional, ...]:
    """Return the parts that are not Indonesian, in order; none for a short text or one that leaves a doubt."""
    pieces = list(_pieces(text[:LONGEST]))
    total = sum(len(piece.words) for piece in pieces) or 1
    found: list[Regional] = []
    run: list[_Piece] = []
    code = ""
    for piece, said in zip(pieces, [_sure(piece.words) for piece in pieces], strict=True):
        if said and said != code:
            found += _part(code, run, total)
            run, code = [], said
        if said or (code and not _is_home(piece.words)):
            run.append(piece)
        else:
            found += _part(code, run, total)
            run, code = [], ""
    found += _part(code, run, total)
    return tuple(found) or _whole(pieces, total)


def language_of(text: str) -> tuple[str, float]:
    """Return the likeliest language of a whole text and its certainty, however small; "id" where nothing speaks.

    For measuring, and where an answer must be had: Indonesian has no head start here.
    """
    said = [word for piece in _pieces(text[:LONGEST]) for word in piece.words]
    odds = _odds(_scores(said, ahead=0))
    best = max(odds, key=lambda code: odds[code])
    return best, odds[best]


def main_language(text: str) -> str:
    """Return the language of most of what is surely not Indonesian, or Indonesian; never a guess, for counting."""
    found = regional(text)
    return max(found, key=lambda part: part.share).code if found else HOME


def name_of(code: str) -> Words:
    """Return the name of a language of the list: "Jawa", "Javanese". Raises KeyError for another code."""
    return words(table("regional")["languages"][code]["name"])


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield sentences and lines, cut where they grow long."""
    held: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if held and (len(held) == MOST_WORDS or _END.search(text, held[-1].end(), match.start())):
            yield _piece(held)
            held = []
        held.append(match)
    if held:
        yield _piece(held)


def _piece(held: Sequence[re.Match[str]]) -> _Piece:
    return _Piece(Span(held[0].start(), held[-1].end()), tuple(plain(match.group()) for match in held))


def _part(code: str, run: Sequence[_Piece], total: int) -> list[Regional]:
    if not run:
        return []
    said = [word for piece in run for word in piece.words]
    span = Span(run[0].span.start, run[-1].span.end)
    return [Regional(code, _odds(_scores(said))[code], span, len(said) / total, name_of(code))]


def _whole(pieces: Sequence[_Piece], total: int) -> tuple[Regional, ...]:
    """Short sentences say too little each, but may say enough together."""
    code = _sure([word for piece in pieces for word in piece.words])
    return tuple(_part(code, pieces, total)) if code else ()


def _sure(said: Sequence[str]) -> str:
    """Return the language that these words certainly are in, or "" for Indonesian and for any doubt."""
    if len(set(said)) < FEWEST:
        return ""
    odds = _odds(_scores(said))
    best = max(odds, key=lambda code: odds[code])
    own = {word for word in said if best in (codes := known(word)) and HOME not in codes and not is_common(word)}
    enough = len(own) >= max(FEWEST, SHARE * len(said))
    return best if best != HOME and enough and odds[best] >= SURE else ""


def _is_home(said: Sequence[str]) -> bool:
    scores = _scores(said)
    return scores[HOME] - AHEAD >= WORD and max(scores, key=lambda code: scores[code]) == HOME


def _scores(said: Sequence[str], ahead: float = AHEAD) -> Scores:
    scores = dict.fromkeys(table("regional")["languages"], 0.0)
    scores[HOME] = ahead
    for word in said:
        codes, common = known(word), is_common(word)
        if common and HOME not in codes:
            scores[HOME] += COMMON
        if codes:
            telling = WORD if len(codes) > 1 or HOME in codes or common else OWN
            for code in codes:
                scores[code] += telling
            continue
        for code in affixes(word):
            scores[code] += AFFIX
        if not common and len(word) >= SHORTEST:
            for code, alike in zip(scores, likeness(word), strict=True):
                scores[code] += PAIR * alike
    return scores


def _odds(scores: Scores) -> Scores:
    top = max(scores.values())
    raised = {code: math.exp(score - top) for code, score in scores.items()}
    whole = sum(raised.values())
    return {code: value / whole for code, value in raised.items()}
