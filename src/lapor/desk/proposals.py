"""What the verification screen proposes for the words in the form, and what taking it changes (S44 to S48).

Corrections and masks are two groups: who takes all corrections has covered nobody's name yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lapor.agencies.queries.subjects import places_named
from lapor.agencies.queries.tree import AgencyInfo
from lapor.language import Edit, apply_edits, doubtful, masks, names_writer, smartcase, tidy
from lapor.language.findings import Words
from lapor.language.loud_names import possible_names
from lapor.language.masks import PREFIX, kinds_of
from lapor.sop.vocabulary import EditReason

SHOWN = 12  # proposals of a group as buttons; the others are taken with all
HARSH = {"insult", "hate"}
MASKS = "masks"  # "all" takes the corrections, this the masks
FIELDS = ("title", "text")
Propose = Callable[[str], tuple[Edit, ...]]


def corrections(names: Sequence[str] = ()) -> Propose:
    """Return what proposes the next step: sentences in capitals are calmed before their words are looked at."""
    return lambda text: smartcase(text, names) or tidy(text)


def names_in(typed: Mapping[str, str], desks: Iterable[AgencyInfo]) -> tuple[str, ...]:
    """Return the names that capitals hide: of the desks, and of the places that the words name.

    At most one query, and none where nothing is typed in capitals.
    """
    loud = [text for text in typed.values() if smartcase(text)]
    if not loud:
        return ()
    units = [name for desk in desks for name in (desk.name, desk.short_name) if name]
    return (*units, *places_named(name for text in loud for name in possible_names(text)))


def covers(*, anonymous: bool) -> Propose:
    """Return what proposes the masks of a report; an anonymous one covers its writer too."""
    return lambda text: masks(text, anonymous=anonymous)


def words_of(value: object) -> str:
    """Return a field's words with the line ends in which places are counted."""
    return str(value or "").replace("\r\n", "\n")


def proposed(typed: Mapping[str, str], propose: Propose) -> dict[str, Any]:
    """Return a group for the page: `all` how many, `shown` the first ones, `more` how many are not shown."""
    every = [
        {"field": name, "edit": edit, "before": edit.span.of(text)}
        for name, text in typed.items()
        for edit in propose(text)
    ]
    return {"all": len(every), "shown": every[:SHOWN], "more": len(every[SHOWN:])}


def left_open(text: str, propose: Propose) -> list[str]:
    """Return the words that seem to lead to somebody and that no proposed mask covers, each once."""
    covered = [edit.span for edit in propose(text)]
    found = [
        one.span.of(text)
        for one in names_writer(text)
        if not any(span.start < one.span.end and one.span.start < span.end for span in covered)
    ]
    return list(dict.fromkeys(found))


def doubts(typed: Mapping[str, str]) -> list[Words]:
    """Return the short words that may mean two things, each once."""
    return list(dict.fromkeys(found.reason for text in typed.values() for found in doubtful(text)))


def taken(data: Mapping[str, Any], which: str, *, anonymous: bool, desks: Iterable[AgencyInfo] = ()) -> dict[str, str]:
    """Return the words with proposals taken: "all" corrections, all "masks", or the one named "title smartcase:0-10".

    With them comes the reason, where none weightier was chosen and more than capitals changed; masks for another reason
    than the one that was chosen bring it as the second.
    """
    changes, rules = {}, set()
    covering = which == MASKS or f" {PREFIX}-" in which
    typed = {name: words_of(data.get(name)) for name in FIELDS}
    propose = covers(anonymous=anonymous) if covering else corrections(names_in(typed, desks))
    for name, text in typed.items():
        changes[name] = text
        for _round in range(2 if which == "all" else 1):  # capitals first, then the words
            edits = [edit for edit in propose(text) if which in ("all", MASKS, f"{name} {edit.key}")]
            rules |= {edit.rule for edit in edits}
            changes[name] = text = apply_edits(text, edits)
    return changes | _reasons(rules, data)


def _reasons(rules: set[str], data: Mapping[str, Any]) -> dict[str, str]:
    """Return what to choose as the reason and as the second one, where the officer has chosen none."""
    found, chosen = _to_mask(rules), data.get("reason", "")
    first = found[0] if found else _reason(rules)
    if chosen and not (chosen == EditReason.SPELLING and first == EditReason.ABBREVIATIONS):
        first = chosen  # spelling alone gives way to the weightier one, in whatever order they are taken
    second = data.get("also") or next((one for one in found if one != first), "")
    return {name: one for name, one in (("reason", first), ("also", second)) if one and one != data.get(name)}


def _to_mask(rules: set[str]) -> list[str]:
    hidden = frozenset[str]().union(*map(kinds_of, rules))
    harsh = hidden & HARSH
    return [*([EditReason.PERSONAL_DATA] if hidden - harsh else []), *([EditReason.TONE] if harsh else [])]


def _reason(rules: set[str]) -> str:
    if rules & {"abbreviation", "everyday", "doubling"}:
        return EditReason.ABBREVIATIONS
    return EditReason.SPELLING if rules - {"smartcase"} else ""
