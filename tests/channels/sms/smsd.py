"""The real gammu-smsd for a test: Debian's daemon with its dummy modem, whose SIM is a folder, and its own database."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import conninfo, sql
from tests.channels.sms.bearer import TOP

CONFIGURATION = TOP / "deploy" / "gammu" / "gammu-smsdrc"
DAEMON, SCHEMA = "/usr/bin/gammu-smsd", Path("/usr/share/doc/gammu-smsd/examples/pgsql.sql")
REFERENCE = 255  # what the dummy modem calls every message that it sent


def missing() -> str:
    """Return what is missing for the real thing, empty for nothing."""
    if not (os.access(DAEMON, os.X_OK) and SCHEMA.is_file()):
        return "gammu-smsd is not installed (apt install gammu-smsd)"
    return ""


@contextmanager
def database(ours: dict[str, Any]) -> Iterator[str]:
    """Make gammu's own database with gammu's own tables beside the test's, and return how to reach it."""
    name = f"{ours['NAME']}_smsd"
    server = {"host": ours["HOST"], "port": ours["PORT"], "user": ours["USER"], "password": ours["PASSWORD"]}
    at = {key: value for key, value in server.items() if value}
    with psycopg.connect(conninfo.make_conninfo(dbname="postgres", **at), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        where = conninfo.make_conninfo(dbname=name, **at)
        try:
            with psycopg.connect(where) as made:
                made.execute(SCHEMA.read_text(encoding="utf-8").replace("CREATE LANGUAGE plpgsql;", "").encode())
            yield where
        finally:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


class Modem:
    """Gammu-smsd with its modem; `rows` asks its database."""

    def __init__(self, where: str) -> None:
        self._where, self._names = where, count(1)
        self.folder = Path(tempfile.mkdtemp(prefix="gammu-"))
        self._sim = self.folder / "modem" / "sms" / "1"
        self._sim.mkdir(parents=True)
        self._file = self.folder / "smsdrc"
        self._file.write_text(self._configured(), encoding="utf-8")
        self._daemon: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the daemon."""
        with (self.folder / "smsd.out").open("ab") as out:
            command = [DAEMON, "-c", str(self._file), "-p", str(self.folder / "smsd.pid")]
            self._daemon = subprocess.Popen(command, stdout=out, stderr=out, cwd=self.folder)

    def kill(self) -> None:
        """Kill the daemon where it stands (SIGKILL)."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

    def close(self) -> None:
        """Kill what runs and forget the folder."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def hears(self, number: str, text: str, *, udh: str = "", pdu: str = "Deliver") -> None:
        """Let the network put a message onto the SIM; `udh` names a part of a longer one."""
        wide = not text.isascii()
        lines = [
            "[SMSBackup000]",
            'SMSC = "123456"',
            f"SMSCUnicode = {_hex('123456')}",
            f"Sent = {self._now()}",
            "State = UnRead",
            f'Number = "{number}"',
            f"NumberUnicode = {_hex(number)}",
            'Name = ""',
            f"Coding = {'Unicode' if wide else 'Default'}",
            "Folder = 1",
            f"Length = {len(text)}",
            "Class = -1",
            "ReplySMSC = False",
            "RejectDuplicates = False",
            "ReplaceMessage = 0",
            f"MessageReference = {REFERENCE if pdu == 'Status_Report' else 0}",
            f"PDU = {pdu}",
            *(f"Text{n:02d} = {_hex(text)[at : at + 200]}" for n, at in enumerate(range(0, len(_hex(text)), 200))),
            *([f"UDH = {udh}"] if udh else []),
        ]
        written = self.folder / "coming"
        written.write_text("\n".join(lines) + "\n", encoding="ascii")
        written.rename(self._sim / str(next(self._names)))

    def reports(self, number: str, fate: str = "Delivered") -> None:
        """Let the network tell what became of what was sent to a number: "Delivered" or "Failed"."""
        self.hears(number, fate, pdu="Status_Report")

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what gammu's database answers."""
        with psycopg.connect(self._where, autocommit=True) as asked:
            cursor = asked.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    @property
    def sim_is_empty(self) -> bool:
        """Tell whether the daemon has taken everything from the SIM."""
        return not any(self._sim.iterdir())

    def _now(self) -> str:
        """Return the machine's own time, for the daemon does not live in the days of the stories."""
        return self.rows("SELECT to_char(LOCALTIMESTAMP, 'YYYYMMDD\"T\"HH24MISS')")[0][0]  # type: ignore[no-any-return]

    def _configured(self) -> str:
        """Return the shipped configuration with this test's modem and database, and shorter pauses."""
        text, at = CONFIGURATION.read_text(encoding="utf-8"), conninfo.conninfo_to_dict(self._where)
        changes = {
            "device = /dev/serial/by-id/CHANGE-modem": f"port = {self.folder / 'modem'}\ngammuloc = /dev/null",
            "connection = at": "connection = none\nmodel = dummy",
            "host = 127.0.0.1:5432": f"host = {at.get('host', '')}:{at.get('port', 5432)}",
            "database = smsd": f"database = {at['dbname']}",
            "user = smsd": f"user = {at.get('user', '')}",
            "CHANGE-password": str(at.get("password", "")),
            "logfile = syslog": f"logfile = {self.folder / 'smsd.log'}",
            "multiparttimeout = 600": "multiparttimeout = 2",
            "commtimeout = 5": "commtimeout = 1",
            "receivefrequency = 10": "receivefrequency = 1",
            "statusfrequency = 60": "statusfrequency = 1",
        }
        for was, becomes in changes.items():
            assert was in text, was
            text = text.replace(was, becomes)
        return text


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()
