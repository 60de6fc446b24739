"""What the form says while somebody writes: it advises, with reasons, and stands in nobody's way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.translation import get_language

from lapor import language
from lapor.portal import subjects
from lapor.portal.forms.report import EASTERNMOST, KINDS
from lapor.reports.drafts import LONGEST_TEXT
from lapor.reports.queries.public import PublicRow
from lapor.reports.queries.similar import similar_public
from lapor.triage.kinds import kind_said

ENOUGH_TO_COMPARE = 60  # characters, until similar reports are looked for
ENOUGH_TO_ASK = 12  # characters, until the coach asks for more
MOST_NAMED = 4
MOST_CALLS = 2
UNCHOSEN = KINDS[0][0]  # what the form begins with


@dataclass(frozen=True)
class Asked:
    """One of the six questions: its name, whether the report answers it, and how to ask for it."""

    rule: str
    name: str
    found: bool
    ask: str


@dataclass(frozen=True)
class Chip:
    """A category or a kind of report that the words speak for, and these words."""

    code: str
    name: str
    because: str


@dataclass(frozen=True)
class Named:
    """What the words give away about their writer: the words and what they are."""

    words: str
    what: str


@dataclass(frozen=True)
class Advice:
    """All that the form shows beside its fields; `compared` once similar reports were looked for."""

    asked: tuple[Asked, ...] = ()
    title: str = ""
    kind: Chip | None = None
    chips: tuple[Chip, ...] = ()
    secret: str = ""
    named: tuple[Named, ...] = ()
    urgent: str = ""
    similar: tuple[PublicRow, ...] = ()
    compared: bool = False
    begun: bool = False

    @property
    def next(self) -> str:
        """The question to ask now, empty when all are answered."""
        return next((one.ask for one in self.asked if not one.found), "")


def advise(said: Mapping[str, Any], *, groups: list[Any], now: datetime, similar: bool = False) -> Advice:
    """Return the advice on what was typed so far; similar public reports cost three queries, the rest none."""
    text = str(said.get("text") or "")[:LONGEST_TEXT]
    names = subjects.names_of(groups)
    suggested = language.suggest_categories(text, names)
    kind = _kind(said, text)
    wanted = similar and len(text.strip()) >= ENOUGH_TO_COMPARE
    first = said.get("category") or (suggested[0].code if suggested else "")
    return Advice(
        asked=_asked(said, text, kind.code if kind else _chosen_kind(said), now.astimezone(EASTERNMOST).date()),
        title=language.propose_title(text),
        kind=kind,
        chips=tuple(Chip(one.code, names[one.code], ", ".join(one.because[:3])) for one in suggested),
        secret=_words(text, language.secret_signs(text)),
        named=_named(text, str(said.get("place_note") or "")),
        urgent=urgent_links(text),
        similar=_similar(said, text, first) if wanted else (),
        compared=wanted,
        begun=len(text.strip()) >= ENOUGH_TO_ASK,
    )


def urgent(*texts: str) -> str:
    """Return whom to call when the words speak of danger, as "113 (Pemadam kebakaran)"; empty where they do not."""
    return ", ".join(f"{call} ({name})" for call, name in _calls(*texts))


def urgent_links(*texts: str) -> str:
    """Return the same with each number as a link that a phone dials."""
    rows = [(call.split()[0], call, name) for call, name in _calls(*texts)]  # "119 ext. 8" dials 119
    return format_html_join(", ", '<a href="tel:{}">{}</a> ({})', rows)


def _calls(*texts: str) -> list[tuple[str, str]]:
    spoken = get_language() or "id"
    found = {one.call: one.name.label(spoken) for text in texts for one in language.emergencies(text)}
    return list(found.items())[:MOST_CALLS]


def _similar(said: Mapping[str, Any], text: str, category: str) -> tuple[PublicRow, ...]:
    agency, near = str(said.get("agency") or ""), f"{said.get('where') or ''} {text}"
    return similar_public(text, agency=agency, category=category, near=near)


def _asked(said: Mapping[str, Any], text: str, kind: str, today: date) -> tuple[Asked, ...]:
    """A date or a place that was chosen in its own field answers its question too."""
    chosen = {"when": said.get("happened_on"), "where": said.get("where") or said.get("place_note")}
    spoken = get_language() or "id"
    return tuple(
        Asked(one.rule, one.name.label(spoken), bool(one.found or chosen.get(one.rule)), one.ask.label(spoken))
        for one in language.missing(text, kind, today)
    )


def _chosen_kind(said: Mapping[str, Any]) -> str:
    return str(said.get("kind") or UNCHOSEN)


def _kind(said: Mapping[str, Any], text: str) -> Chip | None:
    """Return what the report plainly is, a wish or a question, while nobody chose a kind; it is asked as such."""
    plainly = kind_said(text) if _chosen_kind(said) == UNCHOSEN else None
    if not plainly:
        return None
    code, words = plainly
    name, _colon, _rest = str(dict(KINDS)[str(code)]).partition(":")
    return Chip(str(code), name, ", ".join(words))


def _named(*texts: str) -> tuple[Named, ...]:
    spoken = get_language() or "id"
    found = [
        Named(Truncator(one.span.of(text)).chars(40), one.reason.label(spoken))
        for text in texts
        for one in language.names_writer(text)
    ]
    return tuple(dict.fromkeys(found))[:MOST_NAMED]


def _words(text: str, findings: Iterable[language.Finding]) -> str:
    return ", ".join(list(dict.fromkeys(one.span.of(text).lower() for one in findings))[:3])
