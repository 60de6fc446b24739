"""Texts that nobody should send: every check answers all of them, and the work grows no faster than the text."""

from __future__ import annotations

import base64
import importlib
import re
import sys
from collections.abc import Callable
from datetime import date
from pkgutil import iter_modules
from typing import Any

import pytest

import lapor.language
from lapor.language import (
    apply_edits,
    doubtful,
    emergencies,
    harsh_words,
    masks,
    missing,
    moments,
    names_writer,
    oversight_signs,
    propose_title,
    regional,
    secret_signs,
    smartcase,
    suggest_categories,
    tidy,
    tokens,
)

TODAY = date(2026, 3, 2)
CHECKS: dict[str, Callable[[str], object]] = {
    "six questions": lambda text: missing(text, "complaint", TODAY),
    "moments": lambda text: moments(text, TODAY),
    "masks": lambda text: apply_edits(text[:20_000], masks(text, anonymous=True)),
    "wording": lambda text: apply_edits(text[:20_000], tidy(text)),
    "capitals": lambda text: apply_edits(text[:20_000], smartcase(text)),
    "doubtful": doubtful,
    "tone": harsh_words,
    "danger": emergencies,
    "language": regional,
    "writer": names_writer,
    "title": propose_title,
    "subjects": suggest_categories,
    "oversight": oversight_signs,
    "secret": secret_signs,
}
SENTENCE = "Lampu jalan di depan pasar mati sejak kemarin, tolong Pak Budi hubungi 0812 3456 7890 dan jembtan rusak. "
BAD = {
    "nothing": "",
    "a blank": " \n\t ",
    "one word": "Tolong",
    "50,000 characters": SENTENCE * 480,
    "one word of 10,000 letters": "jembatan" * 1_250,
    "one loud word": "A" * 10_000,
    "only emoji": "😀🔥👍🏽" * 2_000,
    "mixed scripts": "Jаlаn rusak 道路 дорога طريق सड़क " * 300,  # the first word has two Cyrillic letters
    "zalgo": "".join(c + "\u0301\u0336\u0360\u0489" * 5 for c in "jalan rusak ") * 80,
    "look-alikes": "ｊａｌａｎ 𝐫𝐮𝐬𝐚𝐤 ⓙⓐⓛⓐⓝ " * 500,
    "base64": base64.b64encode(bytes(range(256)) * 60).decode(),
    "code": "<script>if (a[i] < b) { x = '\\'; }</script>\n" * 300,
    "the same 500 times": "Jalan rusak di depan rumah. " * 500,
    "marks": "!?.,;:" * 2_000,
    "names without end": "Pak H. Fulan bin H. Fulan, S.Pd. " * 400,
    "codes without end": "8gzyc kewab 4 " * 800,
    "stops": "a'" * 5_000,
    "control characters": "".join(map(chr, range(32))) * 100,
    "half a letter": "jalan \ud800 rusak",
    "capitals that grow": "İSTANBUL ẞ ŉ ǰ " * 500,
}


@pytest.mark.parametrize("name", BAD)
def test_every_check_answers_every_bad_text(name: str) -> None:
    for check in CHECKS.values():
        check(BAD[name])


PIECES = [
    *(SENTENCE, "a", "é\u0301", "di ", "DI XQUZA ", "0 8.", "rumah jl ", "Sdr.", "sejak ", "12/", "senin ", "mohon "),
    *("jembtan kluraha sekolh ", "BRI 1", "\n", "JALAN MAWARXX "),
]


@pytest.mark.parametrize("name", CHECKS)
def test_twice_the_text_takes_about_twice_the_work(name: str) -> None:
    """Work is counted in calls, not in seconds."""
    check = CHECKS[name]
    for piece in PIECES:
        _work(check, piece, 200)  # lists and the dictionary are read once
        assert _work(check, piece, 3_000) <= 2.5 * _work(check, piece, 1_500) + 2_000, piece
    assert _work(check, SENTENCE, 200_000) <= 16 * _work(check, SENTENCE, 1_500) + 5_000  # 20,000 are looked at


def test_no_pattern_that_is_searched_for_begins_with_a_run_without_end() -> None:
    """Such a one is tried anew at every letter of a run, within one call that the count of calls does not see."""
    begun = [f"{module}.{name}" for module, name, found in _patterns() if _runs(found)]
    assert [name for name in begun if name.rpartition(".")[2] not in MATCHED_WHOLE] == []
    assert [name for name in MATCHED_WHOLE if not any(one.endswith("." + name) for one in begun)] == []


# Only matched from a place on (`fullmatch`), or matching wherever they begin.
MATCHED_WHOLE = ("_DERIVED", "_VERB", "_WORD")


def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    modules = [
        importlib.import_module(found.name) for found in iter_modules(lapor.language.__path__, "lapor.language.")
    ]
    return [(m.__name__, name, one) for m in modules for name, one in vars(m).items() if isinstance(one, re.Pattern)]


def _runs(pattern: re.Pattern[str]) -> bool:
    return _begins_with_run(list(re._parser.parse(pattern.pattern, pattern.flags)))  # type: ignore[attr-defined]


def _begins_with_run(items: list[Any]) -> bool:
    if not items:
        return False
    (kind, what), rest = items[0], items[1:]
    match str(kind):
        case "MAX_REPEAT" | "MIN_REPEAT":
            _least, most, repeated = what
            return bool(rest) if str(most) == "MAXREPEAT" else _begins_with_run(list(repeated))
        case "SUBPATTERN":
            return _begins_with_run([*what[-1], *rest])
        case "BRANCH":
            return any(_begins_with_run([*one, *rest]) for one in what[1])
    return False


def _work(check: Callable[[str], object], piece: str, size: int) -> int:
    text, calls = piece * (size // len(piece)), 0
    tokens._tokens.cache_clear()  # the words of a text that was read before cost nothing

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        check(text)
    finally:
        sys.setprofile(None)
    return calls
