"""kill -9 of web, worker, clock and database in the middle of acknowledged submissions; then count.

The product runs as a person runs it (`lapor up`); citizens file over HTTP and try again with the same key. Every
acknowledged key must be there exactly once. The log says what was killed when, and what was counted.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.citizen import Citizen

VICTIMS = {"web": "gunicorn", "worker": "lapor.ops.cli worker", "clock": "lapor.ops.cli clock", "database": "postgres"}


def storm(port: int, many: int, supervisor: int, log: Callable[[str], None], clients: int = 8) -> list[str]:
    """File `many` reports while processes below `supervisor` are killed in turn; returns the acknowledged keys."""
    keys: list[str] = []
    lock, over = threading.Lock(), threading.Event()

    def file() -> None:
        citizen = Citizen(port, patience=300.0)
        while True:
            with lock:
                if len(keys) >= many:
                    return
            key, _ = citizen.files("Badai laporan: lampu padam dan jalan berlubang di depan pasar.", "kota-bench-1")
            with lock:
                keys.append(key)

    killer = threading.Thread(target=_kill, args=(supervisor, over, lambda: len(keys), log))
    citizens = [threading.Thread(target=file) for _ in range(clients)]
    for thread in (*citizens, killer):
        thread.start()
    for thread in citizens:
        thread.join()
    over.set()
    killer.join()
    return keys


def _kill(supervisor: int, over: threading.Event, filed: Callable[[], int], log: Callable[[str], None]) -> None:
    chance = random.Random(1708)
    while not over.wait(chance.uniform(4.0, 8.0)):
        name = chance.choice(sorted(VICTIMS))
        victims = [pid for pid in _below(supervisor) if VICTIMS[name] in _command(pid)]
        if not victims:
            continue  # still on its way up after the last kill
        for pid in victims:
            _kill_nine(pid)
        log(f"kill -9 {name}: {len(victims)} processes, {filed()} acknowledged so far")


def _kill_nine(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _below(parent: int) -> list[int]:
    """Return the processes below one, children of children too."""
    said = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in said.splitlines():
        pid, above = map(int, line.split())
        children.setdefault(above, []).append(pid)
    found, queue = [], [parent]
    while queue:
        for child in children.get(queue.pop(), []):
            found.append(child)
            queue.append(child)
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def wait_for(port: int, seconds: float = 90.0) -> None:
    """Wait until the product answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if Citizen(port)._ask("GET", "/lapor/")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the product does not answer")
