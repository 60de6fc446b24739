"""From a short message to what it means: a command, words for a report, a new report, or something for a person."""

from __future__ import annotations

import re

from lapor.channels.addressed import addressed, robot
from lapor.channels.commands import REPLY, Typed, code_in, find_command
from lapor.channels.courtesy import courtesy
from lapor.channels.sms.wire import read_query
from lapor.intake.answers import is_ours
from lapor.intake.contract import (
    Command,
    ForPerson,
    NewReport,
    Nothing,
    Proof,
    Received,
    Reply,
    Understood,
    Verb,
    Why,
)

_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)


def read(received: Received) -> Understood:
    """Read one short message (see `lapor.intake.contract`); the network vouches for the sender's number."""
    text = read_query(received.raw).text
    words = _QUOTED.sub("", text).strip() or text
    if received.sender is None:
        return ForPerson(why=Why.NO_REPLY_POSSIBLE, text=text)
    if not words:
        return ForPerson(why=Why.NO_WORDS, proves=Proof.SENDER)
    if is_ours(words):
        return Nothing(why="our own words", text=text)
    if automatic := robot(words):
        return automatic
    if typed := find_command(words):
        return _command(typed, words)
    if code := code_in(words) or code_in(text):  # a quoted message of ours tells what it answers
        return Reply(text=words, code=code, proves=Proof.SENDER)
    if polite := courtesy(words):
        return polite
    return _report(words)


def _command(typed: Typed, words: str) -> Reply | Command:
    if typed.verb == REPLY:
        return Reply(text=typed.rest, code=typed.code, proves=Proof.SENDER)
    said = typed.rest if typed.verb == Verb.DONE else typed.rest or words
    return Command(verb=Verb(typed.verb), code=typed.code, rating=typed.rating, text=said, proves=Proof.SENDER)


def _report(words: str) -> NewReport | ForPerson:
    agency, rest = addressed(words)
    if not rest:
        return ForPerson(why=Why.NO_WORDS, text=words, agency=agency, proves=Proof.SENDER)
    return NewReport(text=rest, agency=agency, may_be_answer=not agency, proves=Proof.SENDER)
