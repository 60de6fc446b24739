"""The database that gammu-smsd works with: what the modem received, what it shall send, and what became of that.

It is gammu's own database with gammu's own tables (version 17, as `gammu-smsd-tables(7)` says), beside ours and never
in it: gammu's login sees nothing of a report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any

import psycopg
from django.conf import settings

from lapor.channels.sms.gammu.joining import Part
from lapor.language.sms import UCS2

OURS = "lapor:"  # what the CreatorID of our messages begins with; other programs may send by the same modem
MOST = 2000  # rows read at a time
_LIMITS = "-c statement_timeout=20000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000"
_CODINGS = {UCS2: "Unicode_No_Compression"}
_PLAIN = "Default_No_Compression"

# 127 are answers of the operator's menus (USSD), which are no messages. What came before with the very same words at
# the very same second was read from the modem again, after a crash.
_READ_AGAIN = """
UPDATE inbox SET "Processed" = true FROM inbox AS done
WHERE NOT inbox."Processed" AND done."Processed" AND done."SenderNumber" = inbox."SenderNumber"
  AND done."ReceivingDateTime" = inbox."ReceivingDateTime" AND done."UDH" = inbox."UDH" AND done."Text" = inbox."Text"
"""
_RECEIVED = """
SELECT "ID", "SenderNumber", "ReceivingDateTime"::text, "Coding", "Text", "TextDecoded", "UDH",
       "UpdatedInDB" < LOCALTIMESTAMP - interval '30 minutes'
FROM inbox WHERE NOT "Processed" AND "Class" <> 127 ORDER BY "ID" LIMIT %s
"""
_KNOWN = """
SELECT 1 FROM outbox WHERE "CreatorID" = %(creator)s AND "DestinationNumber" = %(number)s
UNION ALL SELECT 1 FROM sentitems WHERE "CreatorID" = %(creator)s AND "DestinationNumber" = %(number)s
"""
_FIRST = """
INSERT INTO outbox ("DestinationNumber", "Text", "Coding", "UDH", "MultiPart", "DeliveryReport", "CreatorID")
VALUES (%s, %s, %s, %s, %s, 'yes', %s) RETURNING "ID"
"""
_NEXT = 'INSERT INTO outbox_multipart ("ID", "SequencePosition", "Text", "Coding", "UDH") VALUES (%s, %s, %s, %s, %s)'
_FATES = """
SELECT "CreatorID", bool_or("Status" IN ('SendingError', 'Error', 'DeliveryFailed')), bool_and("Status" = 'DeliveryOK')
FROM sentitems WHERE "CreatorID" LIKE 'lapor:%'
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox."ID" = sentitems."ID")
GROUP BY "CreatorID"
"""
_ALIVE = """SELECT 1 FROM phones WHERE "UpdatedInDB" > LOCALTIMESTAMP - interval '5 minutes'"""
_OLD = (
    """DELETE FROM inbox WHERE "Processed" AND "UpdatedInDB" < LOCALTIMESTAMP - interval '1 day'""",
    """DELETE FROM sentitems WHERE "CreatorID" LIKE 'lapor:%' AND "UpdatedInDB" < LOCALTIMESTAMP - interval '3 days'""",
)


class Away(Exception):
    """Gammu's database cannot be reached, or has not gammu's tables."""


class Tables:
    """One connection to gammu's database, opened when it is needed; everything raises `Away`."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None

    def received(self) -> list[Part]:
        """Return what the modem received and nobody has marked yet, in the order in which it came."""
        with self._cursor() as cursor:
            cursor.execute(_READ_AGAIN)
            return [_part(row) for row in cursor.execute(_RECEIVED, [MOST])]

    def mark(self, ids: Sequence[int]) -> None:
        """Mark rows as dealt with. They stay for a day, so that what is read from the modem again is recognised."""
        with self._cursor() as cursor:
            cursor.execute('UPDATE inbox SET "Processed" = true WHERE "ID" = ANY(%s)', [list(ids)])

    def put(self, number: str, parts: Sequence[str], alphabet: str, key: str) -> None:
        """Queue a message for the modem; with the same key for the same number nothing is queued twice."""
        creator = OURS + key
        coding, headers = _CODINGS.get(alphabet, _PLAIN), list(_headers(len(parts), creator))
        with self._cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [creator])
            if cursor.execute(_KNOWN, {"creator": creator, "number": number}).fetchone():
                return
            first = [number, _hex(parts[0]), coding, headers[0], len(parts) > 1, creator]
            found = cursor.execute(_FIRST, first).fetchone()
            id = found[0] if found else 0
            for place, (part, header) in enumerate(zip(parts[1:], headers[1:], strict=True), start=2):
                cursor.execute(_NEXT, [id, place, _hex(part), coding, header])

    def fates(self) -> dict[str, str]:
        """Return by key what became of our messages that are settled: "delivered" when every part was, or "failed"."""
        with self._cursor() as cursor:
            rows = cursor.execute(_FATES).fetchall()
        settled = ((creator, "failed" if failed else "delivered" if whole else "") for creator, failed, whole in rows)
        return {creator.removeprefix(OURS): state for creator, state in settled if state}

    def forget(self, keys: Iterable[str]) -> None:
        """Delete what the modem sent."""
        with self._cursor() as cursor:
            creators = [OURS + key for key in keys]
            cursor.execute('DELETE FROM sentitems WHERE "CreatorID" = ANY(%s)', [creators])

    def forget_old(self) -> None:
        """Delete what was kept by us a day ago, and what was sent three days ago and nobody ever told more of."""
        with self._cursor() as cursor:
            for statement in _OLD:
                cursor.execute(statement.encode())

    def modem_lives(self) -> bool:
        """Tell whether a gammu-smsd has shown a sign of life within five minutes (it does so every minute)."""
        with self._cursor() as cursor:
            return cursor.execute(_ALIVE).fetchone() is not None

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.close()
            self._connection = None

    @contextmanager
    def _cursor(self) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        """Open a transaction; what fails in it is undone, and the next one calls again."""
        try:
            self._connection = self._connection or psycopg.connect(
                settings.LAPOR_GAMMU_DATABASE, connect_timeout=5, autocommit=True, options=_LIMITS
            )
            with self._connection.transaction(), closing(self._connection.cursor()) as cursor:
                yield cursor
        except psycopg.Error as problem:
            self.close()
            raise Away(type(problem).__name__) from problem


def _part(row: tuple[Any, ...]) -> Part:
    """Return a row of the inbox; the text of a binary message, such as a notice of an MMS, is what gammu made of it."""
    id, sender, received, coding, text, decoded, udh, waited = row
    content = decoded.encode("utf-16-be", "replace")
    if coding != "8bit":
        with suppress(ValueError):
            content = bytes.fromhex(text)
    return Part(id, sender, received, content, udh, waited)


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _headers(total: int, creator: str) -> Iterator[str]:
    """Yield the user data header of each part; a message of one part has none."""
    reference = hashlib.sha256(creator.encode()).digest()[0]
    for number in range(1, total + 1):
        yield f"050003{reference:02X}{total:02X}{number:02X}" if total > 1 else ""
