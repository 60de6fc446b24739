"""Answers to messages: rendered as they leave, with how the report stands then, by the channel the message came by."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from lapor.intake.contract import contact_of
from lapor.intake.models import ChannelAnswer
from lapor.intake.seals import sender_of
from lapor.kernel.codes import show_code
from lapor.messaging.channel import Channels, Letter, Sent
from lapor.messaging.lane import Packed, drain
from lapor.messaging.letters import letter_key
from lapor.messaging.receipts import note_delivery
from lapor.messaging.shorts import fitting
from lapor.messaging.texts import FIRST_LANGUAGE, LANGUAGES, Rendered, places
from lapor.messaging.words import last_words
from lapor.reports.models import Report
from lapor.reports.queries.mine import next_date
from lapor.sop.vocabulary import Status

FILES = "files_refused"
_ENDING = re.compile(r"[A-Za-z0-9]{1,5}")
_NO_LINK = re.compile(r"[^\w+-]+")
SHORTEST_ECHO = 15  # characters; a citizen may begin with "LAPOR!" as well


def drain_answers(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` answers that are owed in each channel, and return how many were dealt with."""
    with closing(Channels()) as channels:
        served = sorted(channels.kinds)
    return sum(_drain(channel, now, batch) for channel in served)


def _drain(channel: str, now: datetime, batch: int) -> int:
    owed = ChannelAnswer.objects.filter(message__channel=channel).select_related("message")

    def note(answer: ChannelAnswer, letter: Letter, sent: Sent) -> None:
        about = {"answers": answer.message_id, "report_id": answer.facts.get("report")}
        note_delivery(key=letter.key, channel=channel, sent=sent, now=now, **about)

    return drain(owed, pack, now=now, batch=batch, channel=channel, note=note)


def pack(answer: ChannelAnswer) -> Packed:
    """Return an answer as a letter with the address it goes to; None for a sender that cannot be answered."""
    contact = contact_of(answer.message.channel, sender_of(answer.message))
    if contact is None or answer.says not in _texts():
        return None
    files = answer.message.problem if answer.facts.get("files") else ""
    if answer.says == FILES and not files:  # its sender is forgotten
        return None
    report = Report.objects.select_related("desk", "agency").filter(pk=answer.facts.get("report") or 0).first()
    return _letter(answer, report, FIRST_LANGUAGE, told_files(files)), [contact.address]


def _letter(answer: ChannelAnswer, report: Report | None, language: str, files: str) -> Letter:
    known = known_of(report, language, with_words=answer.says == "read") if report else {}
    known |= {"files": files} if files else {}
    text, few = rendered(answer.says, language, known), short(answer.says, language, known)
    if files and answer.says != FILES:
        about = rendered(FILES, language, known).body
        text, few = Rendered(text.subject, f"{text.body} {about}"), f"{few} {about}"
    return Letter(
        key=letter_key(f"answer {answer.message_id}"),
        language=language,
        text=text,
        code=known.get("code", ""),
        number=known.get("number", ""),
        title="",
        link=f"{settings.LAPOR_BASE_URL}{reverse('portal:track' if report else 'portal:home')}",
        short=few,
    )


def told_files(named: str) -> str:
    """Return the names of files as their sender reads them: "laporan (ZIP)", for none may become a link in a mail."""
    shown = [name for name in named.split(", ") if name]
    return ", ".join(_harmless(name) for name in shown)


def _harmless(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem.strip(".") or not _ENDING.fullmatch(ending):
        stem, ending = name, ""
    plain = " ".join(_NO_LINK.sub(" ", stem).split()) or "file"
    return f"{plain} ({ending.upper()})" if ending else plain


def known_of(report: Report, language: str, *, with_words: bool = False) -> dict[str, str]:
    """Return what the sentences may name of a report as it stands."""
    held_by = report.desk or report.agency
    _clock, day = next_date(report.pk)
    with translation.override(language):
        known = {
            "code": show_code(report.code),
            "number": report.number,
            "status": Status(report.status).label(language),
            "agency": (held_by.short_name or held_by.name) if held_by else "",
            "due_on": date_format(day, "j M Y") if day else "",
            "words": last_words(report.pk) if with_words else "",
        }
    return {name: value for name, value in known.items() if value}


def rendered(says: str, language: str, known: Mapping[str, str]) -> Rendered:
    """Return an answer at its full length."""
    subject, *sentences = _texts()[says][language]
    return Rendered(subject, _filled(sentences, known))


def short(says: str, language: str, known: Mapping[str, str]) -> str:
    """Return an answer for a channel that counts characters."""
    sentences = _texts()[says]["short"][language]
    return _filled(sentences, known) if says == "read" else fitting(sentences, known)


def is_ours(text: str) -> bool:
    """Tell whether a text begins as one of our own short answers does: somebody's robot sends them back."""
    return text.startswith(_beginnings())


@cache
def _beginnings() -> tuple[str, ...]:
    shorts = (answer["short"][language][0] for answer in _texts().values() for language in LANGUAGES)
    return tuple({start for text in shorts if len(start := text.partition("{")[0]) >= SHORTEST_ECHO})


def _filled(sentences: list[str], known: Mapping[str, str]) -> str:
    return " ".join(sentence.format_map(known) for sentence in sentences if places(sentence) <= known.keys())


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads(files("lapor.intake").joinpath("answers.toml").read_text(encoding="utf-8"))
