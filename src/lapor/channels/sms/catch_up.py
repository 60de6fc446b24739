"""What Kannel received and never handed over: found in bearerbox's access log.

smsbox tells the store "done" when it begins to ask us: the one message that is in hand when smsbox is killed is in no
store any more. The access log has it, with the same id as in the get-url: keeping it again keeps nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from lapor.channels.sms.wire import UCS2
from lapor.intake.usecases.keep import keep

# As deploy/kannel/kannel.conf has access-log-format.
_LINE = re.compile(
    r"Receive SMS .*?\[id:(?P<id>[0-9a-f-]{36})\] \[smsc:(?P<smsc>[^\]]*)\] \[from:(?P<from>[^\]]*)\] "
    r"\[to:(?P<to>[^\]]*)\] \[coding:(?P<coding>[^\]]*)\] \[text:(?P<text>.*)\]\s*$"
)


@dataclass(frozen=True)
class CaughtUp:
    """How many messages the log has, and how many of them we did not have."""

    read: int
    missing: int


def catch_up(lines: Iterable[str], *, now: datetime) -> CaughtUp:
    """Keep every received message of an access log that is not kept yet. Line breaks in a message are lost there."""
    read = missing = 0
    for line in lines:
        if found := _LINE.search(line):
            read += 1
            missing += not _kept(found.groupdict(), now)
    return CaughtUp(read, missing)


def _kept(fields: dict[str, str], now: datetime) -> bool:
    """Keep one message as its get-url would have brought it, and tell whether it was here before."""
    query = urlencode({**fields, "text": _text(fields), "coding": "0", "charset": "UTF-8"}).encode()
    kept = keep(
        channel="sms",
        account=fields["to"],
        provider_id=f"{fields['smsc']}:{fields['id']}",
        raw=query,
        sender=fields["from"],
        now=now,
    )
    return kept.repeated


def _text(fields: dict[str, str]) -> str:
    """Return the words; the log writes what is not of the GSM alphabet as hexadecimal UTF-16."""
    if fields["coding"] == UCS2:
        with suppress(ValueError):
            return bytes.fromhex(fields["text"]).decode("utf-16-be", "replace")
    return fields["text"]
