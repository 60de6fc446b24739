"""What `lapor channel sms` runs: takes from gammu's database what the modem received, and what became of the sent."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings

from lapor.channels.sms.gammu.joining import Whole, joined
from lapor.channels.sms.gammu.tables import Away, Tables
from lapor.channels.sms.wire import GAVE_UP, UCS2
from lapor.intake.usecases.keep import keep
from lapor.messaging.counters import note_down, note_up
from lapor.messaging.receipts import awaited, note_receipt

AWAY = "The modem's database does not answer"
SILENT = "gammu-smsd shows no sign of life"
log = logging.getLogger(__name__)


class Poller(AbstractContextManager["Poller"]):
    """One modem. Each message is kept by us before it is marked there; a stop in between keeps nothing twice."""

    rest = 5.0  # seconds

    def __init__(self) -> None:
        self._tables = Tables()
        self._cleaned: datetime | None = None

    def __exit__(self, *_problem: object) -> None:
        self._tables.close()

    def work(self, now: datetime) -> int:
        """Take what is there; return how many messages were new."""
        try:
            new = self._receive(now)
            self._tell(now)
            self._clean(now)
            problem = "" if self._tables.modem_lives() else SILENT
        except Away as away:
            log.warning("sms: %s (%s)", AWAY, away)
            new, problem = 0, AWAY
        note_down("sms", problem=problem, now=now) if problem else note_up("sms")
        return new

    def _receive(self, now: datetime) -> int:
        new = 0
        for message in joined(self._tables.received()):
            new += _keep(message, now)
            self._tables.mark(message.ids)
        return new

    def _tell(self, now: datetime) -> None:
        """Note what became of letters. One that nobody knows of yet is being handed over just now, and told later."""
        fates = self._tables.fates()
        told = awaited(channel="sms", keys=fates)
        for key in told:
            note_receipt(
                channel="sms", key=key, state=fates[key], problem=GAVE_UP if fates[key] == "failed" else "", now=now
            )
        if told:
            self._tables.forget(told)

    def _clean(self, now: datetime) -> None:
        if self._cleaned is None or (now - self._cleaned).total_seconds() > 3600:
            self._tables.forget_old()
            self._cleaned = now


def _keep(message: Whole, now: datetime) -> bool:
    """Keep a message in the words of Kannel's get-url, which one parser reads; tell whether it was new."""
    fields: dict[str, str | bytes] = {
        "id": message.name,
        "smsc": "gammu",
        "from": message.sender,
        "to": settings.LAPOR_SMS_NUMBER,
        "coding": UCS2,
        "charset": "UTF-16BE",
        "text": message.content,
    }
    kept = keep(
        channel="sms",
        account=settings.LAPOR_SMS_NUMBER,
        provider_id=message.name,
        raw=urlencode(fields).encode(),
        sender=message.sender,
        now=now,
    )
    return not kept.repeated
