"""Proposals to change a text, to be taken one by one: where, to what, by which rule, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from lapor.language.findings import Span, Words
from lapor.language.tokens import LONGEST

MOST_PIECES = 6_000  # words of both texts together that are compared


@dataclass(frozen=True, order=True)
class Edit:
    """One proposed change: the words at `span` become `text`. `rule` names who proposes it, `reason` says why."""

    span: Span
    text: str
    rule: str
    reason: Words

    @property
    def key(self) -> str:
        """A name for it within one text: "smartcase:0-45"."""
        return f"{self.rule}:{self.span.start}-{self.span.end}"


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with these edits made. They were proposed for exactly this text, and none lies in another.

    Raises ValueError for edits that overlap or lie outside.
    """
    parts, end = [], 0
    for edit in sorted(edits):
        if not end <= edit.span.start <= edit.span.end <= len(text):
            raise ValueError(f"{edit.key} does not fit")
        parts += [text[end : edit.span.start], edit.text]
        end = edit.span.end
    return "".join(parts) + text[end:]


def case_part(before: str, after: str) -> str:
    """Return `before` with the capitals of `after` wherever both have the same words: the first step between the two.

    What is left between it and `after` is a change of words. `before` itself where the texts are too long to compare.
    """
    if len(before) == len(after) and before.lower() == after.lower():
        return after
    old, new = before.split(" "), after.split(" ")
    if len(old) + len(new) > MOST_PIECES or len(before) > LONGEST:
        return before
    matcher = SequenceMatcher(a=[w.lower() for w in old], b=[w.lower() for w in new], autojunk=False)
    for block in matcher.get_matching_blocks():
        old[block.a : block.a + block.size] = new[block.b : block.b + block.size]
    return " ".join(old)
