"""The conversation of a case as its card draws it: who, by which channel, what it was, and how far ours came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lapor.intake.queries.threads import GIVEN_UP, NOT_SENT, WAITING, Line
from lapor.kernel.templatetags.ui import label
from lapor.messaging.texts import text_of
from lapor.sop.vocabulary import Action, Channel, Told

ICONS: dict[str, str] = {
    Channel.SMS: "device-mobile",
    Channel.EMAIL: "mail",
    Channel.WHATSAPP: "message-circle",
    Channel.FACEBOOK: "message-2",
    Channel.INSTAGRAM: "camera",
    Channel.X: "at",
    Channel.HOTLINE: "phone",
    Channel.COUNTER: "user",
    Channel.LETTER: "file-text",
    "push": "bell",
}
# How far a letter came: the sign, the word, and the class of both where it needs a look.
RECEIPTS: dict[str, tuple[str, Any, str]] = {
    WAITING: ("clock", _("Waits to leave"), ""),
    "sent": ("check", _("Sent"), ""),
    "delivered": ("circle-check", _("Delivered"), "is-there"),
    "read": ("eye", _("Read"), "is-there"),
    "failed": ("circle-x", _("Not delivered"), "is-lost"),
    GIVEN_UP: ("circle-x", _("Given up: no address takes it"), "is-lost"),
    NOT_SENT: ("circle-x", _("Not sent"), "is-lost"),
}
# What a message was understood as, where its words alone do not say it.
DEEDS: dict[str, Any] = {
    "status": _("Asks where the report stands"),
    "read": _("Asks for the last answer"),
    "done": _("Says that it is done"),
    "not_done": _("Says that it is not done"),
    "withdraw": _("Withdraws the report"),
    "complete": _("Gives what was asked for"),
    "attach": _("Put here by an officer"),
}


@dataclass(frozen=True)
class Talk:
    """One message, ready to be drawn; `receipt` is the word for how far it came, empty for the reporter's own."""

    at: datetime
    is_ours: bool
    channel: str
    icon: str
    about: str
    text: str
    came_again: bool
    receipt: Any = ""
    receipt_icon: str = ""
    receipt_class: str = ""
    told_at: datetime | None = None
    problem: str = ""
    is_forgotten: bool = False


def channel_name(channel: str) -> str:
    """Return what a channel is called, in the reader's language: also the bell, and Meta's one address."""
    names = {"push": gettext("Bell on the device"), "meta": gettext("Meta (WhatsApp, Facebook, Instagram)")}
    return names.get(channel) or label(channel, "Channel")


def said(lines: Iterable[Line]) -> list[Talk]:
    """Return a conversation as its card draws it."""
    return [_ours(line) if line.is_ours else _theirs(line) for line in lines]


def _ours(line: Line) -> Talk:
    icon, word, look = RECEIPTS.get(line.state, RECEIPTS["sent"])
    return Talk(
        **_common(line),
        about=_subject(line.action) if line.action else gettext("Answer to the message"),
        came_again=False,
        receipt=word,
        receipt_icon=icon,
        receipt_class=look,
        told_at=line.told_at,
        problem=line.problem if line.state in ("failed", GIVEN_UP, NOT_SENT) else "",
    )


def _theirs(line: Line) -> Talk:
    about = DEEDS.get(line.deed, "") or (label(line.action) if line.action else "")
    return Talk(
        **_common(line),
        about=str(about),
        came_again=line.state == "repeat",
        problem=line.problem,
        is_forgotten=line.is_forgotten,
    )


def _common(line: Line) -> dict[str, Any]:
    return {
        "at": line.at,
        "is_ours": line.is_ours,
        "channel": channel_name(line.channel),
        "icon": ICONS.get(line.channel, "world"),
        "text": line.text,
    }


def _subject(action: Action) -> str:
    """Return what a letter of this step is headed; the step's name where the table has no words for it."""
    try:
        return text_of(str(action), str(Told.REPORTER)).render(get_language() or "id", {}).subject
    except KeyError:
        return label(action)
