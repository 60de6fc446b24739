"""From a kept message of WhatsApp, Messenger or Instagram to what it means."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from typing import Any

from lapor.channels.addressed import addressed, robot
from lapor.channels.commands import REPLY, Typed, code_in, find_command
from lapor.channels.courtesy import courtesy
from lapor.channels.meta.graph import FileGone, Graph, account_of
from lapor.channels.meta.parts import File, Part, is_greeting, kept, part_of, words_of
from lapor.channels.meta.wire import INSTAGRAM, MENTION, WHATSAPP, object_in, text_in
from lapor.intake.answers import is_ours
from lapor.intake.contract import (
    Attachment,
    Command,
    ForPerson,
    NewReport,
    Nothing,
    Proof,
    Receipt,
    Received,
    Reply,
    Understood,
    Verb,
    Why,
)
from lapor.intake.notes import SHOW_NUMBER, owe_public_number, presses
from lapor.intake.usecases.guide import Next, Press, has_open_guide, take_part
from lapor.messaging.quoted import code_quoted


def read(received: Received) -> Understood:
    """Read one message (see `lapor.intake.contract`); Meta vouches for the sender of a private one."""
    found = kept(received.raw)
    match found.get("kind"):
        case "message":
            return _message(received, part_of(received.channel, found))
        case "comment" | "mention":
            return _public(received, found)
        case "receipt":
            return Receipt(key=text_in(found, "key"), state=text_in(found, "state"), problem=text_in(found, "problem"))
        case "guide":
            return _guided(received, Part(), Press.END)
    return ForPerson(why=Why.UNREADABLE)


def _public(received: Received, found: dict[str, Any]) -> ForPerson:
    """What was said where everybody reads it is for a person; its author is asked in private to go on there."""
    value = object_in(found, "value")
    text = words_of(value) or _words_of_mention(received, found, value)
    author = object_in(value, "from")
    name = text_in(author, "name") or text_in(author, "username")
    return ForPerson(why=Why.PUBLIC_WORDS, text=text, name=name)


def _words_of_mention(received: Received, found: dict[str, Any], value: dict[str, Any]) -> str:
    """Ask Instagram for the words of a mention: the webhook brings only ids. Raises SendingFailed: tried again."""
    if received.channel != INSTAGRAM or found.get("kind") != MENTION:
        return ""
    comment, media = text_in(value, "comment_id"), text_in(value, "media_id")
    if not (comment or media).isdigit():
        return ""
    wanted, words = ("mentioned_comment.comment_id", "text") if comment else ("mentioned_media.media_id", "caption")
    with closing(Graph(account_of(INSTAGRAM))) as graph:
        answer = graph.get(graph.account.id, fields=f"{wanted}({comment or media}){{id,{words},username}}").json()
    return text_in(object_in(answer, wanted.partition(".")[0]), words)


def _message(received: Received, part: Part) -> Understood:
    if part.other == "reaction":
        return Nothing(why="reaction")
    if received.sender is None:
        return ForPerson(why=Why.NO_REPLY_POSSIBLE, text=part.text, files=_files(received.channel, [part]))
    words = part.text.strip()
    if is_ours(words):
        return Nothing(why="our own words", text=words)
    if automatic := robot(words):
        return replace(automatic, files=_files(received.channel, [part]))
    if words.upper().strip(" .!") in SHOW_NUMBER:
        return _show_number(received, words)
    typed = find_command(words) if words else None
    if typed is not None and not _meant_for_guide(received, typed):
        return _command(typed, words, _files(received.channel, [part]))
    code = code_in(words) or code_quoted(received.channel, part.quotes)
    if code and not part.press:
        return Reply(text=words, code=code, files=_files(received.channel, [part]), proves=Proof.SENDER)
    if (polite := courtesy(words)) and not polite.greets and not part.files and not has_open_guide(received):
        return polite  # "Terima kasih" after an answer begins no report
    press = part.press or presses().get(words.lower(), Press.NONE)
    speaks = part.brings or words or press or (part.files and has_open_guide(received))  # a voice note in the middle
    if received.channel == WHATSAPP and speaks:
        return _guided(received, part, Press(press))
    return _report(received, [part])


def _guided(received: Received, part: Part, press: Press) -> Understood:
    step = take_part(received, brings=part.brings, press=press)
    match step.next:
        case Next.WAIT:
            return Nothing(why="part of a guided filing", text=part.text, proves=Proof.SENDER)
        case Next.CANCELLED:
            return Nothing(why="cancelled by its sender", proves=Proof.SENDER)
        case Next.FILE:
            parts = [part_of(one.channel, kept(one.raw)) for one in step.parts]
            if all(
                is_greeting(part.text) and not part.files and not part.position and not part.other for part in parts
            ):
                return Nothing(why="a greeting, and nothing after it", proves=Proof.SENDER)
            return _report(received, parts, may_be_answer=False)
        case _:
            return _report(received, [part])


def _report(received: Received, parts: list[Part], *, may_be_answer: bool = True) -> NewReport | ForPerson:
    """Return the report that these messages make; what has no words at all is for a person."""
    texts = [part.text.strip() for part in parts if part.text.strip()]
    agency, text = _addressed([text for text in texts if not is_greeting(text)] or texts)
    files = _files(received.channel, parts)
    position = next((part.position for part in reversed(parts) if part.position), None)
    name = next((part.name for part in parts if part.name), "")
    others = ", ".join(part.without_words for part in parts if part.without_words)
    if not text:
        text = f"[{others}]" if others else ""
        return ForPerson(why=Why.NO_WORDS, text=text, agency=agency, files=files, proves=Proof.SENDER, name=name)
    return NewReport(
        text=text,
        agency=agency,
        files=files,
        position=position,
        name=name,
        may_be_answer=may_be_answer and not agency,
        proves=Proof.SENDER,
    )


def _addressed(texts: Iterable[str]) -> tuple[str, str]:
    """Return the institution that one of the texts names first, by its keyword as in a short message, and the words."""
    agency, words = "", []
    for text in texts:
        named, rest = addressed(text)
        agency = agency or named
        words.append(rest if named and named == agency else text)
    return agency, "\n".join(part for part in words if part)


def _command(typed: Typed, words: str, files: tuple[Attachment, ...]) -> Reply | Command:
    if typed.verb == REPLY:
        return Reply(text=typed.rest, code=typed.code, files=files, proves=Proof.SENDER)
    said = typed.rest if typed.verb == Verb.DONE else typed.rest or words
    command = Command(verb=Verb(typed.verb), code=typed.code, rating=typed.rating, text=said, proves=Proof.SENDER)
    return replace(command, files=files)


def _meant_for_guide(received: Received, typed: Typed) -> bool:
    """Tell whether a word is a button of an open guide rather than a command: a bare BATAL on WhatsApp."""
    return received.channel == WHATSAPP and typed.verb == Verb.WITHDRAW and not typed.code and has_open_guide(received)


def _show_number(received: Received, words: str) -> Command | Nothing:
    if owe_public_number(received):
        return Nothing(why="wants its number shown in public", text=words, proves=Proof.SENDER)
    return Command(verb=Verb.HELP, text=words, proves=Proof.SENDER)


def _files(channel: str, parts: list[Part]) -> tuple[Attachment, ...]:
    """Return the files of these messages."""
    return _fetched(channel, (file for part in parts for file in part.files))


def _fetched(channel: str, files: Iterable[File]) -> tuple[Attachment, ...]:
    """Fetch the files from Meta. What can be had no more stays as a name, and the desk is told so. Raises TryLater."""
    wanted = list(files)
    if not wanted:
        return ()
    with closing(Graph(account_of(channel))) as graph:
        return tuple(Attachment(file.name, _content(graph, file)) for file in wanted)


def _content(graph: Graph, file: File) -> bytes:
    try:
        return graph.file(file.id) if file.id else graph.download(file.url)
    except FileGone:
        return b""
