"""Short messages on their way out, through Kannel's sendsms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from http import HTTPStatus
from urllib.parse import quote, urlencode

import requests
from django.conf import settings
from django.urls import reverse

from lapor.channels.sms.compose import compose
from lapor.language.sms import UCS2, sms_of
from lapor.language.sms import Sms as Size
from lapor.messaging.channel import ChannelDown, Letter, Manners, Refused, Sent, TryLater

TIMEOUT = (5.0, 20.0)  # seconds to connect, and to wait for an answer
WANTED = 1 | 2 | 16  # delivered, not delivered, refused by the operator
TAKEN = ("0:", "3:", "Sent.")  # what Kannel's answer begins with when it has kept the message
OURS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)  # our own login or address is wrong


class Sms:
    """One connection to Kannel for a batch. A letter is kept by Kannel's own store when `send` returns."""

    key = "sms"

    def __init__(self) -> None:
        self._session: requests.Session | None = None

    @property
    def manners(self) -> Manners:
        """Return the same as of every way for short messages."""
        return manners_of_sms()

    def send(self, letter: Letter, to: Sequence[str]) -> Sent:
        """Hand a letter over. Told apart: Kannel away, full or misconfigured; this number never."""
        text = compose(letter)
        size = sms_of(text)
        for number in to:
            _judge(self._ask(_query(number, text, letter.key, size.alphabet)))
        return sent(size, len(to))

    def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _ask(self, query: str) -> requests.Response:
        self._session = self._session or requests.Session()
        self._session.trust_env = False  # never through a proxy: the message would be read there
        try:
            return self._session.get(f"{settings.LAPOR_KANNEL_URL}?{query}", timeout=TIMEOUT, allow_redirects=False)
        except requests.ConnectionError as problem:
            raise ChannelDown("Kannel does not answer") from problem
        except requests.Timeout as problem:
            raise ChannelDown("Kannel takes too long") from problem


def manners_of_sms() -> Manners:
    """No short message wakes anybody: the operator sets the hours, in the zone of the reporter."""
    begin, end = (time(int(hour)) for hour in settings.LAPOR_SMS_QUIET.split("-"))
    return Manners(begin, end, int(settings.LAPOR_SMS_PER_MINUTE), receipts=True)


def sent(size: Size, numbers: int) -> Sent:
    """Return what a text cost that was handed over for so many numbers."""
    return Sent(parts=size.parts * numbers, cost=size.cost(int(settings.LAPOR_SMS_PRICE)) * numbers)


def receipt_url(key: str) -> str:
    """Return where Kannel tells what became of a letter; it fills in %d itself."""
    about = urlencode({"key": key, "secret": settings.LAPOR_KANNEL_SECRET})
    return f"{settings.LAPOR_KANNEL_CALLBACK}{reverse('channels:sms_receipt')}?{about}&state=%d&smsc=%i"


def _query(number: str, text: str, key: str, alphabet: str) -> str:
    fields = {
        "username": settings.LAPOR_KANNEL_USER,
        "password": settings.LAPOR_KANNEL_PASSWORD,
        "from": settings.LAPOR_SMS_NUMBER,
        "to": number,
        "text": text,
        "charset": "UTF-8",
        "coding": "2" if alphabet == UCS2 else "0",
        "binfo": key,  # stands in Kannel's access log: see catch_up
        "dlr-mask": str(WANTED),
        "dlr-url": receipt_url(key),
    }
    return urlencode(fields, quote_via=quote)


def _judge(answer: requests.Response) -> None:
    """Raise what Kannel's answer means; an answer of 200 with an error in its body is an error."""
    said = answer.text[:80].strip()
    if answer.status_code in (HTTPStatus.OK, HTTPStatus.ACCEPTED) and said.startswith(TAKEN):
        return
    words = f"Kannel answered {answer.status_code}"
    if answer.status_code in OURS or "Authorization failed" in said:
        raise ChannelDown(words)
    if answer.status_code == HTTPStatus.BAD_REQUEST:
        raise Refused(words)
    raise TryLater(words)
