"""The rubric of quality review (S56): what a good answer does, each judged 0 (no), 1 (partly) or 2 (yes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lapor.sop.vocabulary import Word


class Criterion(Word):
    """One question to an answer; together they are what the reporter was promised."""

    ANSWERS = "answers", "Menjawab yang ditanyakan pelapor", "It answers what the reporter asked"
    DONE = "done", "Menyebut apa yang dilakukan, kapan, dan oleh siapa", "It says what was done, when and by whom"
    EVIDENCE = (
        "evidence",
        "Disertai bukti, atau alasan mengapa tidak ada",
        "It shows evidence, or says why there is none",
    )
    CLEAR = "clear", "Mudah dipahami, tanpa istilah dinas", "Everybody understands it; no office jargon"
    RESPECT = "respect", "Sopan dan tidak membuka data orang lain", "It is polite and tells nothing of other people"


BEST = 2
Marks = Mapping[str, int]


def is_complete(marks: Marks) -> bool:
    """Tell whether every question was judged, within 0 to 2."""
    return marks.keys() == {str(one) for one in Criterion} and all(0 <= n <= BEST for n in marks.values())


def score(marks: Marks) -> float:
    """Return what an answer reached of everything, 0 to 1."""
    return sum(marks.values()) / (BEST * len(Criterion))


def mean_mark(some: Iterable[Marks]) -> float | None:
    """Return the average over several answers, 0 to 1; None without any."""
    scores = [score(marks) for marks in some]
    return sum(scores) / len(scores) if scores else None
