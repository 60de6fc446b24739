"""Commands in a mail: as in a short message, but the report is known where the mail came to its signed address."""

from __future__ import annotations

import re

from lapor.channels.commands import REPLY, Typed, find_command, first_command, verb_of
from lapor.intake.contract import Verb

_FIRST = re.compile(r"\W{0,3}([^\W\d_]+)\s*[:,.\-!]?\s*")
CLOSING = frozenset({"TUTUP", "TTP", "CLOSE"})  # "Selesai 3 hari lalu" is a sentence, "Tutup 3" is none


def command_in(subject: str, text: str) -> Typed | None:
    """Return the command of a mail to one of our open addresses.

    A subject is one where nothing stands below it, or where it names a report.
    """
    said = first_command(subject)
    if said and (not text or said.code):
        if said.verb == REPLY or (said.verb != Verb.STATUS and text and not said.rest):
            return Typed(said.verb, said.code, text or said.rest, said.rating)
        return said
    return first_command(text)


def command_for_report(subject: str, text: str) -> Typed | None:
    """Return the command of a mail to a report's signed address, where it needs no code."""
    if typed := find_command(text or subject):
        return typed
    first = _FIRST.match(text)
    verb = verb_of(first[1]) if first else None
    if first is None or verb not in (Verb.NOT_DONE, Verb.DONE):
        return None
    if verb == Verb.NOT_DONE:
        return Typed(verb, rest=text)
    rated = re.match(r"([1-5])(?!\d)\s*(?:/\s*5)?[\s.,;:!-]*", text[first.end() :])
    if rated is None or first[1].upper() not in CLOSING:
        return None
    return Typed(verb, rest=text[first.end() + rated.end() :].strip(), rating=int(rated[1]))
