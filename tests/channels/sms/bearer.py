"""The real Kannel for a test: bearerbox and smsbox from Debian on free ports, bound to simulated message centres."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

TOP = Path(__file__).resolve().parents[3]
CONFIGURATION = TOP / "deploy" / "kannel" / "kannel.conf"
OPERATORS = ("telkomsel", "indosat", "tri")
BEARERBOX, SMSBOX = "/usr/sbin/bearerbox", "/usr/sbin/smsbox"
PASSWORD = "a-password-of-kannel"
PATIENCE = 60.0  # seconds until something that must happen is given up


def missing() -> str:
    """Return what is missing for the real thing, empty for nothing."""
    if not (os.access(BEARERBOX, os.X_OK) and os.access(SMSBOX, os.X_OK)):
        return "Kannel is not installed (apt install kannel)"
    if shutil.which("node") is None or not (TOP / "node_modules" / "smpp").is_dir():
        return "the simulated message centre needs node and npm's smpp"
    return ""


MARKS = [
    pytest.mark.skipif(bool(missing()), reason=missing()),
    pytest.mark.django_db(transaction=True),
    pytest.mark.kannel,
]


def eventually(true: Callable[[], object], what: str) -> None:
    """Wait until something is so; fails with its name."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, f"it never happened: {what}"
        time.sleep(0.02)


class Centres:
    """The message centres of three operators; `taken` are names of what Kannel took, `sent` what it brought.

    `told` are the messages whose receipt Kannel has taken.
    """

    def __init__(self) -> None:
        command = ["node", str(Path(__file__).with_name("smsc.mjs")), *OPERATORS]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=TOP)
        self.ports: dict[str, int] = {}
        self.bound: list[str] = []
        self.taken: set[str] = set()
        self.sent: list[dict[str, Any]] = []
        self.told: set[str] = set()
        Thread(target=self._listen, daemon=True).start()
        eventually(lambda: len(self.ports) == len(OPERATORS), "the message centres listen")

    def writes(self, name: str, number: str, text: str, smsc: str = "telkomsel", **more: Any) -> None:
        """Let a telephone write to 1708; `ucs2` and `part` as the network would."""
        order = {"do": "mo", "name": name, "from": number, "to": "1708", "text": text, "smsc": smsc, **more}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def heard(self, number: str) -> list[str]:
        """Return what came to a telephone, in order."""
        return [message["text"] for message in self.sent if message["to"] == number]

    def close(self) -> None:
        """End the centres."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            event = json.loads(line)
            if "listening" in event:
                self.ports[event["listening"]] = event["port"]
            elif "bound" in event:
                self.bound.append(event["bound"])
            elif "taken" in event:
                self.taken.add(event["taken"])
            elif "told" in event:
                self.told.add(event["told"])
            elif "mt" in event:
                self.sent.append(event)


class Kannel:
    """Bearerbox and smsbox as an ordinary user, by the configuration we ship."""

    def __init__(self, centres: Centres, ours: str, secret: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kannel-"))
        self.port, self._inner = _free(), _free()
        self._who: dict[str, Any] = _ordinary_user(self.folder)
        for name in ("store", "dlr"):
            (self.folder / name).mkdir()
            (self.folder / name).chmod(0o777)
        self._file = self.folder / "kannel.conf"
        self._file.write_text(self._configured(centres.ports, ours, secret), encoding="utf-8")
        self._boxes: list[subprocess.Popen[bytes]] = []

    @property
    def sendsms(self) -> str:
        """Return the address of sendsms."""
        return f"http://127.0.0.1:{self.port}/cgi-bin/sendsms"

    @property
    def access_log(self) -> Path:
        """Return the log of what was received."""
        return self.folder / "access.log"

    def start(self) -> None:
        """Start both boxes and wait until they answer."""
        for program, port in ((BEARERBOX, self._inner), (SMSBOX, self.port)):
            with (self.folder / "boxes.out").open("ab") as out:
                box = subprocess.Popen([program, str(self._file)], stdout=out, stderr=out, cwd=self.folder, **self._who)
            self._boxes.append(box)
            eventually(lambda port=port: _answers(port), f"{program} answers")  # type: ignore[misc]

    def kill(self) -> None:
        """Kill both boxes where they stand (SIGKILL)."""
        for box in self._boxes:
            box.kill()
        for box in self._boxes:
            box.wait()
        self._boxes.clear()

    def close(self) -> None:
        """Kill what runs and forget the folder."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _configured(self, operators: dict[str, int], ours: str, secret: str) -> str:
        """Return the shipped configuration with this test's ports, folders and passwords, and shorter pauses."""
        text = CONFIGURATION.read_text(encoding="utf-8")
        for operator, port in operators.items():
            text = text.replace(f"host = CHANGE.{operator}.example\nport = 2775", f"host = 127.0.0.1\nport = {port}")
        changes = {
            "http://127.0.0.1:8000": ours,
            "CHANGE-secret": secret,
            "CHANGE-password": PASSWORD,
            "13000": str(_free()),
            "13001": str(self._inner),
            "13013": str(self.port),
            "/var/log/kannel": str(self.folder),
            "/var/spool/kannel": str(self.folder),
            "http-queue-delay = 10": "http-queue-delay = 1",
            "reconnect-delay = 10": "reconnect-delay = 1",
        }
        for was, becomes in changes.items():
            assert was in text, was
            text = text.replace(was, becomes)
        assert not re.search(r"CHANGE\.\w", text)
        return text


def _ordinary_user(folder: Path) -> dict[str, Any]:
    """Return who runs Kannel: nobody where we are root, else ourselves."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o777)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
