"""An answer as its reporter will meet it: the letter, and the words on every channel that counts characters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from lapor.kernel.actor import Actor
from lapor.language.sms import Sms, sms_of
from lapor.messaging.channel import Channels, Letter
from lapor.messaging.known import Background
from lapor.messaging.letters import EMAIL, Recipient, letter
from lapor.messaging.texts import FIRST_LANGUAGE
from lapor.reports.models import OutgoingMessage
from lapor.reports.usecases.answer import tried_out
from lapor.sop.vocabulary import Action, Told

SMS = "sms"
HIDDEN_CODE = "•••••-•••••-•"  # a desk is never shown the code that goes with the letter
HIDDEN_SHORT = "XXXXX-XXXXX-X"  # the same in signs that cost no more than the code's own


@dataclass(frozen=True)
class MailPreview:
    """Subject and plain text of the letter."""

    subject: str
    body: str


@dataclass(frozen=True)
class ShortPreview:
    """The answer on a channel that counts characters.

    `has_words` tells whether the officer's own words are in it: only where the report came by this very channel, so
    that its reporter may have no other page; `is_cut`, that they are longer than the channel takes. `is_served` tells
    whether this installation sends there at all. `size` and `cost` (rupiah, None where no price is set) are of a short
    message.
    """

    kind: str
    text: str
    has_words: bool
    is_cut: bool
    is_served: bool
    size: Sms | None
    cost: int | None


@dataclass(frozen=True)
class Previews:
    """How an answer reaches its reporter; nothing where the step writes to nobody."""

    mail: MailPreview | None = None
    shorts: tuple[ShortPreview, ...] = ()


def previews(*, code: str, action: Action, fields: Mapping[str, Any], actor: Actor, now: datetime) -> Previews:
    """Return this answer on every way to its reporter, with the dates that it would promise if it left at `now`.

    The step is tried out and taken back. Raises what the step raises.
    """
    with tried_out(code=code, action=action, fields=fields, actor=actor, now=now) as report:
        told = OutgoingMessage.objects.select_related("report__agency").filter(
            report=report, seq=report.version, told=str(Told.REPORTER), device=None
        )
        message = told.first()
        if message is None:
            return Previews()
        background, served = Background.of([message]), Channels().kinds
        ways = settings.LAPOR_PREVIEWS
        written = {kind: letter(message, Recipient(kind, ()), background) for kind in (EMAIL, *ways)}
    shorts = (_short(kind, import_string(path), written[kind], kind in served) for kind, path in ways.items())
    return Previews(_mail(written[EMAIL]), tuple(shorts))


def _mail(written: Letter) -> MailPreview:
    shown = replace(written, code=HIDDEN_CODE)
    with translation.override(FIRST_LANGUAGE):
        body = render_to_string("messaging/mail.txt", {"letter": shown})
    return MailPreview(f"{shown.text.subject} [{shown.number}]", body.strip())


def _short(kind: str, read: Callable[[Letter, str], str], written: Letter, is_served: bool) -> ShortPreview:
    shown = replace(written, code=HIDDEN_SHORT, short=written.short.replace(written.code, HIDDEN_SHORT))
    text = read(shown, kind)
    is_cut = bool(shown.words) and read(replace(shown, words=f"{shown.words} x"), kind) == text
    size = sms_of(text) if kind == SMS else None
    price = int(settings.LAPOR_SMS_PRICE)
    cost = size.cost(price) if size and price else None
    return ShortPreview(kind, text, bool(shown.words), is_cut, is_served, size, cost)
