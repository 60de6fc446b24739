"""The bodies of letters as the Graph API wants them; plain functions."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from lapor.intake.notes import Note
from lapor.messaging.channel import Letter

LONGEST = {"whatsapp": 4096, "facebook": 2000, "instagram": 1000}  # characters; Instagram counts bytes
LONGEST_ASKED = 1024  # of a question with buttons
LONGEST_BUTTON = 20
LONGEST_PARAMETER = 600  # of a template; the whole template may have 1,024
_SPACES = re.compile(r"\s+")


def text_of(letter: Letter, channel: str) -> str:
    """Return what a person reads: the short wording, which has the code and says what to write back; the rest below."""
    with translation.override(letter.language):
        lines = [letter.short or f"{letter.text.subject}\n\n{letter.text.body}"]
        if letter.words:
            lines.append(f"“{letter.words}”")
        if letter.code:
            lines.append(f"{_('Number')}: {letter.number}\n{letter.link}")
    return shortened("\n\n".join(lines), LONGEST[channel])


def whatsapp(letter: Letter, number: str) -> dict[str, Any]:
    """Return a message for somebody who wrote within the last 24 hours."""
    body: dict[str, Any] = {"type": "text", "text": {"body": text_of(letter, "whatsapp"), "preview_url": False}}
    if isinstance(letter, Note) and letter.wants_place:
        body = _asked(letter, {"type": "location_request_message", "action": {"name": "send_location"}})
    elif isinstance(letter, Note) and letter.buttons:
        replies = [
            {"type": "reply", "reply": {"id": id, "title": title[:LONGEST_BUTTON]}} for id, title in letter.buttons
        ]
        body = _asked(letter, {"type": "button", "action": {"buttons": replies}})
    return _envelope(letter, number) | body


def template(letter: Letter, number: str) -> dict[str, Any]:
    """Return the approved template, the only thing that gets through later: {{1}} is the number, {{2}} what happened.

    The tracking code is not in it: the operator may have worded the template, and whoever reads it on a locked screen
    needs no key. The words of an officer may not travel in a template either.
    """
    said = letter.text.body or letter.text.subject
    parameters = [letter.number or "LAPOR!", said]
    filled = [{"type": "text", "text": shortened(_SPACES.sub(" ", text), LONGEST_PARAMETER)} for text in parameters]
    return _envelope(letter, number) | {
        "type": "template",
        "template": {
            "name": settings.LAPOR_WHATSAPP_TEMPLATE,
            "language": {"code": settings.LAPOR_WHATSAPP_TEMPLATE_LANGUAGE},
            "components": [{"type": "body", "parameters": filled}],
        },
    }


def private(letter: Letter, recipient: dict[str, str], channel: str) -> dict[str, Any]:
    """Return a private message on Messenger or Instagram, an answer to what the person did."""
    return {"recipient": recipient, "messaging_type": "RESPONSE", "message": {"text": text_of(letter, channel)}}


def invitation(letter: Letter, comment: str) -> dict[str, Any]:
    """Return the one private reply that a public comment allows: to go on where nobody else reads it."""
    with translation.override(letter.language):
        words = _(
            "LAPOR! has read your public comment, and an officer looks at it. So that your data stay safe, please "
            "write your report here, in private: what happened, where and when. If you want us to show below your "
            "comment that we have received it (only its number, never its code), write BALAS PUBLIK here afterwards."
        )
    return {"recipient": {"comment_id": comment}, "message": {"text": words}}


def shortened(text: str, longest: int) -> str:
    """Return the text, cut to so many bytes at most at a character's end; nothing a person reads is longer."""
    encoded = text.encode()
    if len(encoded) <= longest:
        return text
    return encoded[: longest - 3].decode(errors="ignore").rstrip() + "…"


def _envelope(letter: Letter, number: str) -> dict[str, Any]:
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": number.lstrip("+"),
        "biz_opaque_callback_data": letter.key,  # comes back with each receipt
    }


def _button(id: str, title: str) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": id, "title": title[:LONGEST_BUTTON]}}


def _asked(letter: Note, question: dict[str, Any]) -> dict[str, Any]:
    text = shortened(f"{letter.text.subject}\n\n{letter.text.body}", LONGEST_ASKED)
    return {"type": "interactive", "interactive": {"body": {"text": text}, **question}}
