"""What is safer kept secret: signs of an oversight case, of harm and threats, and who asks for it."""

from __future__ import annotations

from functools import cache

from lapor.language.danger import emergencies
from lapor.language.data import table, words
from lapor.language.findings import Finding
from lapor.language.tokens import Phrases, tokens_of


@cache
def _signs() -> Phrases:
    return Phrases((phrase, "oversight") for phrase in table("secrecy")["oversight"]["signs"])


def oversight_signs(text: str) -> tuple[Finding, ...]:
    """Return the words by which a report may be a complaint "berkadar pengawasan": corruption, extortion, abuse."""
    reason = words(table("secrecy")["oversight"]["reason"])
    return tuple(Finding(span, rule, reason) for span, rule in _signs().within(tokens_of(text)))


@cache
def _secret() -> Phrases:
    known = table("secrecy")["secret"]
    return Phrases((phrase, "secret") for phrase in (*known["wishes"], *known["signs"]))


def secret_signs(text: str) -> tuple[Finding, ...]:
    """Return the words for which a report is safer kept secret: oversight, harm, threats, and who asks for it."""
    reason = words(table("secrecy")["secret"]["reason"])
    harmed = [Finding(one.span, "secret", reason) for one in emergencies(text) if one.kind == "harm"]
    asked = [Finding(span, rule, reason) for span, rule in _secret().within(tokens_of(text))]
    return (*oversight_signs(text), *asked, *harmed)


@cache
def _wishes() -> Phrases:
    return Phrases((phrase, "wish") for phrase in table("secrecy")["secret"]["wishes"])


def wishes_secrecy(text: str) -> bool:
    """Tell whether the words ask that their writer stay unknown."""
    return any(True for _ in _wishes().within(tokens_of(text)))
