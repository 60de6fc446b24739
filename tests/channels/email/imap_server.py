"""A mailbox at the other end of a real socket: as much of IMAP4rev1 (RFC 3501) as fetching needs."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class MailboxServer(socketserver.ThreadingTCPServer):
    """`mails` by UID. `refuses` are UIDs that it cannot hand out; `seen` those marked as read."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: dict[int, bytes] = {}
        self.validity = 1
        self.password = "rahasia"
        self.refuses: set[int] = set()
        self.seen: set[int] = set()
        self.fetched: list[int] = []

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    server: MailboxServer

    def handle(self) -> None:
        self._say(b"* OK ready")
        while line := self.rfile.readline().strip():
            tag, _, command = line.partition(b" ")
            verb = command.upper()
            if verb == b"CAPABILITY":
                self._say(b"* CAPABILITY IMAP4rev1")
                self._say(tag + b" OK done")
            elif verb.startswith(b"LOGIN"):
                right = f'"{self.server.password}"'.encode() in command
                self._say(tag + (b" OK in" if right else b" NO [AUTHENTICATIONFAILED] wrong"))
            elif verb.startswith(b"SELECT"):
                self._say(b"* OK [UIDVALIDITY %d] ok" % self.server.validity)
                self._say(tag + b" OK [READ-WRITE] done")
            elif found := re.match(rb"UID SEARCH UID (\d+):\*", verb):
                self._say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in self._from(int(found[1]))))
                self._say(tag + b" OK done")
            elif found := re.match(rb"UID (FETCH|STORE) (\d+) (.*)", verb):
                self._one(tag, found[1], int(found[2]), found[3])
            else:
                self._say(tag + b" OK done")
            if verb.startswith(b"LOGOUT"):
                return

    def _from(self, first: int) -> list[int]:
        """Return the UIDs from `first` on; "n:*" always has the last one (RFC 3501, 6.4.8)."""
        uids = sorted(self.server.mails)
        return [uid for uid in uids if uid >= first] or uids[-1:]

    def _one(self, tag: bytes, verb: bytes, uid: int, what: bytes) -> None:
        raw = self.server.mails[uid]
        if verb == b"STORE":
            self.server.seen.add(uid)
        elif b"SIZE" in what:
            self._say(b"* 1 FETCH (UID %d RFC822.SIZE %d)" % (uid, len(raw)))
        elif uid in self.server.refuses:
            self._say(tag + b" NO cannot")
            return
        else:
            self.server.fetched.append(uid)
            self.wfile.write(b"* 1 FETCH (UID %d BODY[] {%d}\r\n%s)\r\n" % (uid, len(raw), raw))
        self._say(tag + b" OK done")

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextmanager
def mailbox() -> Iterator[MailboxServer]:
    """Run a mailbox for the length of a test."""
    with MailboxServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
