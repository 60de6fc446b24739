"""What Kannel received and never handed over: found in bearerbox's access log.

smsbox tells the store "done" when it begins to ask us: the one message or receipt that is in hand when smsbox is
killed is in no store any more. The access log has it. A message has the same id there as in the get-url, a receipt
leads by the operator's name for the letter to our key: noting it again notes nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from lapor.channels.sms.wire import GAVE_UP, STATES, UCS2
from lapor.intake.usecases.keep import keep
from lapor.messaging.receipts import note_receipt, undelivered

# As deploy/kannel/kannel.conf has access-log-format; the text comes last, so that no words in it can be taken for more.
_LINE = re.compile(
    r"^[\d-]+ [\d:]+ Receive SMS .*?\[id:(?P<id>[0-9a-f-]{36})\] \[smsc:(?P<smsc>[^\]]*)\] \[from:(?P<from>[^\]]*)\] "
    r"\[to:(?P<to>[^\]]*)\] \[coding:(?P<coding>[^\]]*)\] .*?\[text:(?P<text>.*)\]\s*$"
)
_NAMED = r".*?\[smsc:(?P<smsc>[^\]]*)\] .*?\[letter:(?P<key>\w*)\] \[name:(?P<name>[^\]]+)\] \[fate:(?P<fate>\d+)\]"
_SENT = re.compile(rf"^[\d-]+ [\d:]+ Sent SMS {_NAMED}")
_RECEIPT = re.compile(rf"^[\d-]+ [\d:]+ Receive DLR {_NAMED}")
Name = tuple[str, str]  # the operator's link, and the operator's name for a part


@dataclass(frozen=True)
class CaughtUp:
    """How many messages the log has, how many of them we did not have, and how many receipts we did not have."""

    read: int
    missing: int
    receipts: int


def catch_up(lines: Iterable[str], *, now: datetime) -> CaughtUp:
    """Keep every received message of an access log that is not kept yet, and note every receipt that is not noted.

    Line breaks in a message are lost there.
    """
    read = missing = 0
    letters: dict[Name, str] = {}
    fates: dict[Name, str] = {}
    for line in lines:
        if found := _LINE.search(line):
            read += 1
            missing += not _kept(found.groupdict(), now)
        elif found := _SENT.search(line):
            letters[found["smsc"], found["name"]] = found["key"]
        elif (found := _RECEIPT.search(line)) and found["fate"] in STATES:
            fates[found["smsc"], found["name"]] = STATES[found["fate"]]
    told = {letters[name]: state for name, state in fates.items() if letters.get(name)}
    return CaughtUp(read, missing, _note(told, now))


def _note(told: dict[str, str], now: datetime) -> int:
    """Note the receipts of letters of which nothing is known yet but that they left."""
    missing = undelivered(channel="sms", keys=told)
    for key in missing:
        problem = "" if told[key] == "delivered" else GAVE_UP
        note_receipt(channel="sms", key=key, state=told[key], problem=problem, now=now)
    return len(missing)


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
