"""Keep a few child processes alive, and stop them in order when asked to."""

import contextlib
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lapor.ops.processes import bound_to_parent, interruptions

_STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_LONGEST_PAUSE = 30.0  # seconds before a child that keeps dying is started again
_STEADY = 60.0  # seconds after which a child counts as healthy again
_PATIENCE = 30.0  # seconds a child may take to finish what it is doing


@dataclass
class Child:
    """One program to keep alive."""

    name: str
    command: Sequence[str]
    descriptors: tuple[int, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_at: float = field(default=0.0)

    def start(self) -> None:
        """Start the program in a session of its own, so that Ctrl-C reaches it through us and in order."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            pass_fds=self.descriptors,
            env={**os.environ, **self.environment},
            start_new_session=True,
            preexec_fn=bound_to_parent(signal.SIGTERM),
        )

    def has_died(self) -> bool:
        """Say whether it was running and is not any more; take it off the process table."""
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> float:
        """Decide when to start again, later each time it dies young; return the pause in seconds."""
        ran = time.monotonic() - self.started
        self.failures = 1 if ran >= _STEADY else self.failures + 1
        pause = min(_LONGEST_PAUSE, 0.25 * 2.0**self.failures)
        self.process = None
        self.start_at = time.monotonic() + pause
        return pause


def supervise(children: Sequence[Child], *, say: Callable[[str], None], check: Callable[[], None]) -> None:
    """Run the children until SIGINT, SIGTERM or SIGHUP, then stop them all; `check` is called about once a second."""
    received: set[int] = set()
    with interruptions(_STOP | {signal.SIGCHLD}, received.add) as interrupted:
        try:
            while not received & _STOP:
                _keep_alive(children, say)
                check()
                select.select([interrupted], [], [], 1.0)
                with contextlib.suppress(BlockingIOError):
                    interrupted.recv(4096)  # a dead child ends one rest, not all that follow
        finally:
            say("Stopping ...")
            _stop(children)


def _keep_alive(children: Sequence[Child], say: Callable[[str], None]) -> None:
    for child in children:
        if child.has_died() and child.process:
            code = child.process.returncode
            pause = child.plan_restart()
            say(f"{child.name} ended with code {code}; starting it again in {pause:.1f} s")
        if child.process is None and time.monotonic() >= child.start_at:
            child.start()


def _stop(children: Sequence[Child]) -> None:
    running = [child.process for child in children if child.process]
    for process in running:
        process.terminate()
    until = time.monotonic() + _PATIENCE
    for process in running:
        if not _ends_before(process, until):
            process.kill()
            process.wait()


def _ends_before(process: subprocess.Popen[bytes], until: float) -> bool:
    try:
        process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True
