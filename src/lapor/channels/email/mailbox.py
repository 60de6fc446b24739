"""Mail fetched from a mailbox by IMAP: from the last UID on, each kept before the checkpoint moves past it.

Nothing is deleted there: what was kept is marked as read. A mailbox that was set up anew (UIDVALIDITY) is read from its
beginning; what is known already is recognised by its name.
"""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.conf import settings

from lapor.channels.email import envelope as around
from lapor.channels.email.door import LARGEST_MAIL
from lapor.channels.email.setting import Mailbox
from lapor.intake.usecases.feeds import Feed, Mark, keep_mark, mark_of
from lapor.intake.usecases.keep import keep

BATCH = 50
PATIENCE = 30  # seconds for each answer of the server
TRIES = 3  # for a mail that the server cannot hand out, before the others go on without it
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
Failure = (imaplib.IMAP4.error, OSError)

log = logging.getLogger(__name__)


class Fetcher:
    """Fetches what is new, up to a batch; remembers between calls only which mails the server failed to hand out."""

    def __init__(self, box: Mailbox) -> None:
        self._box = box
        self._feed = Feed("email", f"{box.user}@{box.host}"[:120], box.folder[:40])
        self._failed: Counter[int] = Counter()

    def fetch(self, *, now: datetime) -> int:
        """Keep what is new and return how many mails were dealt with; a mailbox that is away is tried again later."""
        try:
            with self._open() as imap:
                return self._new_mail(imap, now)
        except Failure as problem:
            log.warning("the mailbox for e-mail is away: %s", type(problem).__name__)
            return 0

    def _new_mail(self, imap: imaplib.IMAP4, now: datetime) -> int:
        validity = _number(imap.response("UIDVALIDITY")[1])
        place = mark_of(self._feed, now=now).cursor
        last = place["uid"] if place.get("validity") == validity else 0
        done = 0
        for uid in _uids(imap, after=last)[:BATCH]:
            if not self._keep_one(imap, uid, now):
                break
            keep_mark(self._feed, Mark(now, {"validity": validity, "uid": uid}))
            done += 1
        return done

    def _keep_one(self, imap: imaplib.IMAP4, uid: int, now: datetime) -> bool:
        """Keep one mail and tell whether to go on behind it."""
        if _size(imap, uid) > LARGEST_MAIL:
            log.error("mail %d in the mailbox is too large and stays there", uid)
            return True
        raw = _content(imap, uid)
        if raw is None:
            self._failed[uid] += 1
            log.error("mail %d could not be fetched from the mailbox and stays there", uid)
            return self._failed[uid] >= TRIES
        kept = keep(
            channel="email",
            account=settings.LAPOR_EMAIL_ADDRESS,
            provider_id=around.name_of(raw),
            raw=around.wrap(raw, around.Envelope()),
            now=now,
        )
        log.info("mail kept as message %d%s", kept.message, " (again)" if kept.repeated else "")
        imap.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
        return True

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        box = self._box
        if box.tls:
            context = ssl.create_default_context()
            imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=PATIENCE)
        else:
            imap = imaplib.IMAP4(box.host, box.port, timeout=PATIENCE)
        try:
            imap.login(box.user, box.password)
            folder = box.folder.replace("\\", "\\\\").replace('"', '\\"')
            status, _ = imap.select(f'"{folder}"')
            if status != "OK":
                raise imaplib.IMAP4.error("no such folder")
            yield imap
        finally:
            with suppress(*Failure):
                imap.logout()


def _uids(imap: imaplib.IMAP4, *, after: int) -> list[int]:
    """Return the UIDs behind this one in order; "n:*" always names the last mail, so it is asked again here."""
    _, answer = imap.uid("SEARCH", f"UID {after + 1}:*")
    words = b" ".join(line for line in answer if isinstance(line, bytes)).split()
    return sorted(uid for uid in map(int, filter(bytes.isdigit, words)) if uid > after)


def _size(imap: imaplib.IMAP4, uid: int) -> int:
    _, answer = imap.uid("FETCH", str(uid), "(RFC822.SIZE)")
    found = _SIZE.search(repr(answer).encode())
    return int(found[1]) if found else 0


def _content(imap: imaplib.IMAP4, uid: int) -> bytes | None:
    status, answer = imap.uid("FETCH", str(uid), "(BODY.PEEK[])")
    parts = [part[1] for part in answer if isinstance(part, tuple) and len(part) > 1]
    return parts[0] if status == "OK" and parts else None


def _number(answer: list[bytes | None]) -> int:
    first = answer[0] if answer else None
    return int(first) if first and first.isdigit() else 0
