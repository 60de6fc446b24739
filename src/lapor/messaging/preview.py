"""An answer as its reporter will meet it: the letter word for word, and the short message with its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from lapor.kernel.actor import Actor
from lapor.language.sms import Sms, sms_of
from lapor.messaging.channel import Channels
from lapor.messaging.known import Background
from lapor.messaging.letters import EMAIL, Recipient, letter
from lapor.messaging.texts import FIRST_LANGUAGE
from lapor.reports.models import OutgoingMessage
from lapor.reports.usecases.answer import tried_out
from lapor.sop.vocabulary import Action, Told

SMS = "sms"
HIDDEN_CODE = "•••••-•••••-•"  # a desk is never shown the code that goes with the letter


@dataclass(frozen=True)
class MailPreview:
    """Subject and plain text of the letter that would leave now."""

    subject: str
    body: str


@dataclass(frozen=True)
class SmsPreview:
    """The short message that brings the words; `cost` in rupiah, None where the operator set no price.

    `is_served` tells whether this installation sends short messages at all.
    """

    text: str
    size: Sms
    cost: int | None
    is_served: bool


def mail_preview(
    *, code: str, action: Action, fields: Mapping[str, Any], actor: Actor, now: datetime
) -> MailPreview | None:
    """Return the letter that this answer would bring, with the dates it would promise; None where nobody is written to.

    The step is tried out and taken back. Raises what the step raises.
    """
    with tried_out(code=code, action=action, fields=fields, actor=actor, now=now) as report:
        told = OutgoingMessage.objects.select_related("report__agency").filter(
            report=report, seq=report.version, told=str(Told.REPORTER), device=None
        )
        message = told.first()
        if message is None:
            return None
        written = letter(message, Recipient(EMAIL, ()), Background.of([message]))
    shown = replace(written, code=HIDDEN_CODE)
    with translation.override(FIRST_LANGUAGE):
        body = render_to_string("messaging/mail.txt", {"letter": shown})
    return MailPreview(f"{shown.text.subject} [{shown.number}]", body.strip())


def sms_preview(number: str, kind: str, words: str) -> SmsPreview:
    """Return the short message that brings an answer's own words to a reporter who has only a telephone."""
    text = f"LAPOR! {number} {kind}: {' '.join(words.split())}"
    size = sms_of(text)
    price = int(settings.LAPOR_SMS_PRICE)
    return SmsPreview(text, size, size.cost(price) if price else None, SMS in Channels().kinds)
