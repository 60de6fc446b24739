"""Masks: complaints whose redaction tags are filled with invented people and numbers, and what is covered beside them.

The redaction took more than people for names ("Salam [NAMA]"), and officials who are greeted are left readable on
purpose: the share of names is a lower bound. What is covered beside the tags need not be wrong: the redaction missed
some.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from lapor.language import Edit, Span, masks
from lapor.language.masks import kinds_of
from lapor.ops.evaluate.measures.language import STREAM, complaints
from lapor.ops.evaluate.row import Data, Row

NUMBERS = {
    "TELP": "0812 3456 7890", "NOPOL": "L 1234 AB", "EMAIL": "a@surel.example", "EMAIL DISENSOR": "b@surel.example",
    "NOMOR KTP DISENSOR": "3578012345678901",
}  # fmt: skip
FIRST, LAST = ("Budi", "Wati", "Slamet", "Rina", "Joko", "Dewi"), ("Contoh", "Peraga", "Santoso", "Utami", "Kusuma")
_TAG = re.compile(rf"\[(NAMA|{'|'.join(NUMBERS)})\]")
SUBJECT = "Masks, complaints"


def measure(data: Data) -> Iterator[Row]:
    """Yield how much of what was redacted would be covered, and in how many complaints something else."""
    chance = random.Random(6)  # noqa: S311 - invented names, no secret
    told = [_filled(text, chance) for text in complaints(data.file(STREAM))]
    read = [(filled, masks(text, anonymous=True)) for text, filled in told]
    for name, of_people in (("numbers and addresses covered", False), ("what was redacted as a name, covered", True)):
        asked = [_meets(span, edits) for filled, edits in read for span, tag in filled if (tag == "NAMA") == of_people]
        yield Row(SUBJECT, name, sum(asked) / max(1, len(asked)), len(asked))
    for name, writer in (("with a mask beside, as of an anonymous writer", True), ("of these for the writer", False)):
        kinds = [[kinds_of(edit.rule) for edit in _beside(filled, edits)] for filled, edits in read]
        some = [bool(found) if writer else any("writer" in one for one in found) for found in kinds]
        yield Row(SUBJECT, name, sum(some) / max(1, len(some)), len(some))


Filled = list[tuple[Span, str]]


def _filled(text: str, chance: random.Random) -> tuple[str, Filled]:
    """Return a text with its tags filled, and where each stands."""
    parts, found, length, end = [], [], 0, 0
    for match in _TAG.finditer(text):
        value = NUMBERS.get(match[1]) or f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        parts += [text[end : match.start()], value]
        length += match.start() - end
        found.append((Span(length, length + len(value)), match[1]))
        length, end = length + len(value), match.end()
    return "".join(parts) + text[end:], found


def _meets(span: Span, edits: tuple[Edit, ...]) -> bool:
    return any(edit.span.start < span.end and span.start < edit.span.end for edit in edits)


def _beside(filled: Filled, edits: tuple[Edit, ...]) -> list[Edit]:
    return [edit for edit in edits if not any(_meets(span, (edit,)) for span, _tag in filled)]
