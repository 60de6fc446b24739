"""Traces of a text: numbers by which another text about the same thing is found in an index.

A trace is a hash, never a word: of a stem, of a street or lamp post, or of the text as a whole. The last kind are the
smallest hashes of its triples of words under four orders (min-hash: A. Broder, 1997): two texts that are nearly the
same share most of them, two others hardly one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from lapor.language.addresses import addresses
from lapor.language.stems import stem, words_said

BITS = 40  # of a trace; the index puts the time above them
MOST_STEMS, MOST_PLACES = 40, 6  # of one text
SHORTEST = 3  # letters of a word that is kept; numbers are kept from two figures
ORDERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)  # odd, 64 bits
_MASK = (1 << 64) - 1


@dataclass(frozen=True)
class Traces:
    """What is kept of one text: by its words, by the places it names, and by the text as a whole."""

    words: tuple[int, ...]
    places: tuple[int, ...]
    copies: tuple[int, ...]


def traces_of(text: str) -> Traces:
    """Return the traces of a text; linear in its length, at most 40 + 6 + 4 numbers of BITS bits."""
    stems = [stem(word) for word in words_said(text)]
    return Traces(
        words=tuple(trace_of(one) for one in _telling(stems)),
        places=tuple(_hash(f"place {one}") for one in _places(text)),
        copies=tuple(_copies(stems)),
    )


def traces_of_answer(text: str) -> tuple[int, ...]:
    """Return the traces of an answer as a whole; one too short for triples of words is alike only where it is equal.

    The shortest answers are the ones most often copied: "Sudah ditindaklanjuti." Signs without a word count as well.
    """
    stems = [stem(word) for word in words_said(text)]
    if copies := tuple(_copies(stems)):
        return copies
    whole = " ".join(stems) or "".join(text.split())
    return tuple(_hash(f"answer {number} {whole}") for number in range(len(ORDERS))) if whole else ()


@lru_cache(maxsize=50_000)
def trace_of(stemmed: str) -> int:
    """Return the trace of one stem."""
    return _hash(f"word {stemmed}")


def _telling(stems: Sequence[str]) -> list[str]:
    kept = dict.fromkeys(one for one in stems if len(one) >= SHORTEST or (len(one) > 1 and one.isdigit()))
    return list(kept)[:MOST_STEMS]


def _places(text: str) -> list[str]:
    where = addresses(text)
    return [*sorted(where.posts), *sorted(where.streets)][:MOST_PLACES]


def _copies(stems: Sequence[str]) -> Iterator[int]:
    """Yield the smallest hash of the triples under each order; a text of fewer than three words has none."""
    triples = {_hash(" ".join(stems[i : i + 3]), size=8) for i in range(len(stems) - 2)}
    for number, order in enumerate(ORDERS) if triples else ():
        yield _hash(f"copy {number} {min(triple * order & _MASK for triple in triples)}")


def _hash(of: str, size: int = BITS // 8) -> int:
    return int.from_bytes(blake2b(of.encode("utf-8", "surrogatepass"), digest_size=size).digest())
