"""A mail server at the other end of a real socket, which says what the test wants to each verb of SMTP."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

SILENCE, HANG_UP = "silence", "hang up"


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail into `taken` as (recipients, message). `says` maps a verb, or a recipient, to another answer."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.says: dict[str, str] = {}
        self.taken: list[tuple[list[str], Message]] = []
        self.connections = 0

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def answer(self, verb: str, line: str) -> str:
        """Return what is said to a line."""
        for word, answer in self.says.items():
            if word == verb or (verb == "RCPT" and word in line):
                return answer
        return {"EHLO": "250 hello", "DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 fine")


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        if not self._say(self.server.says.get("greeting", "220 ready")):
            return
        to: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            answer = self.server.answer(verb, line)
            if not self._say(answer):
                return
            if verb == "RCPT" and answer.startswith("2"):
                to.append(line.partition("<")[2].partition(">")[0])
            if verb == "DATA" and answer.startswith("354"):
                mail = self._mail()
                verdict = self.server.says.get("mail", "250 taken")
                if verdict.startswith("2"):
                    self.server.taken.append((to, mail))
                to = []
                if not self._say(verdict):
                    return

    def _say(self, answer: str) -> bool:
        if answer == SILENCE:
            self.rfile.read()  # until the client loses patience
        if answer in (SILENCE, HANG_UP):
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return True

    def _mail(self) -> Message:
        lines = list(iter(self.rfile.readline, b".\r\n"))
        return message_from_bytes(b"".join(lines))


@contextmanager
def listening() -> Iterator[MailServer]:
    """Run a mail server for the length of a test."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
