"""From a kept mention or direct message to what it means. X vouches for the account that wrote."""

from __future__ import annotations

import json
import re
from typing import Any

from lapor.channels.addressed import addressed, robot
from lapor.channels.commands import REPLY, code_in, find_command
from lapor.channels.courtesy import courtesy
from lapor.channels.x.poller import MENTIONS
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
from lapor.intake.notes import SHOW_NUMBER, owe_public_number

_NAMED_FIRST = re.compile(r"^(\s*@\w{1,15}\b)+")


def read(received: Received) -> Understood:
    """Read one mention or message (see `lapor.intake.contract`)."""
    found = _object(received.raw)
    item, author = _part(found, "item"), _part(found, "author")
    text = str(item.get("text") or "").replace("\0", "").encode("utf-8", "replace").decode()
    if not item:
        return ForPerson(why=Why.UNREADABLE)
    if found.get("kind") == MENTIONS:
        words = _NAMED_FIRST.sub("", text).strip() or text
        return ForPerson(why=Why.PUBLIC_WORDS, text=words, name=str(author.get("username") or ""))
    if received.sender is None:
        return ForPerson(why=Why.NO_REPLY_POSSIBLE, text=text)
    return _message(received, text.strip())


def _message(received: Received, words: str) -> Understood:
    if not words:
        return ForPerson(why=Why.NO_WORDS, proves=Proof.SENDER)
    if is_ours(words):
        return Nothing(why="our own words", text=words)
    if automatic := robot(words):
        return automatic
    if words.upper().strip(" .!") in SHOW_NUMBER and owe_public_number(received):
        return Nothing(why="wants its number shown in public", text=words, proves=Proof.SENDER)
    if typed := find_command(words):
        if typed.verb == REPLY:
            return Reply(text=typed.rest, code=typed.code, proves=Proof.SENDER)
        said = typed.rest if typed.verb == Verb.DONE else typed.rest or words
        return Command(verb=Verb(typed.verb), code=typed.code, rating=typed.rating, text=said, proves=Proof.SENDER)
    if code := code_in(words):
        return Reply(text=words, code=code, proves=Proof.SENDER)
    if polite := courtesy(words):
        return polite
    agency, rest = addressed(words)
    return NewReport(text=rest or words, agency=agency, may_be_answer=not agency, proves=Proof.SENDER)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _part(found: dict[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name)
    return value if isinstance(value, dict) else {}
