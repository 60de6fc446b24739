"""One-time codes on their way: sent at once, by the channel that serves the address, and never kept to be sent later.

A code lives ten minutes; one that waits in a lane is worse than a page that says it could not be sent.
"""

from __future__ import annotations

import secrets
from contextlib import closing

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapor.identity.contacts import ContactInput
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.messaging.channel import Channels, Letter, SendingFailed
from lapor.messaging.texts import Rendered

PERSONAL = {"email": "email", "phone": "sms"}  # kinds of address that a person types to sign in, and their channel


class NotServed(InvalidInput):
    """No channel of this installation reaches such an address."""

    sentence = _("This installation cannot send messages to phones yet. Use an e-mail address.")


class NotSent(Refusal):
    """The channel did not take the code; nothing was promised to anybody."""

    status = 503
    sentence = _("We cannot send the code at the moment. Please try again in a few minutes.")


def served_kinds() -> frozenset[str]:
    """Return which kinds of address can be sent a code here."""
    served = Channels().kinds
    return frozenset(kind for kind, channel in PERSONAL.items() if channel in served)


def check_served(contact: ContactInput) -> None:
    """Raise NotServed, before anything is kept, when nothing here reaches such an address."""
    if contact.kind not in served_kinds():
        raise NotServed(field="contact")


def send_code(*, contact: ContactInput, digits: str, language: str) -> None:
    """Send the digits and return when the provider has taken them. Raises NotSent."""
    with closing(Channels()) as channels:
        try:
            channels.of(PERSONAL[contact.kind]).send(_letter(digits, language), [contact.address])
        except SendingFailed as problem:
            raise NotSent from problem


def _letter(digits: str, language: str) -> Letter:
    with translation.override(language):
        text = Rendered(gettext("Your code for LAPOR!"), _words(digits))
    return Letter(
        key=secrets.token_hex(16),
        language=language,
        text=text,
        code="",
        number="",
        title="",
        link=f"{settings.LAPOR_BASE_URL}{reverse('portal:home')}",
    )


def _words(digits: str) -> str:
    """Return the message; short enough for one SMS, and never a link that somebody could be lured with."""
    return gettext(
        "%(digits)s is your one-time code. It works for ten minutes, on the page where you asked for it. "
        "Give it to nobody: no officer ever asks for it. If you did not ask for it, do nothing."
    ) % {"digits": digits}
