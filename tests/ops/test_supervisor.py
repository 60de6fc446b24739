"""Children are kept alive, ever more slowly when they keep dying, and stopped in order."""

import os
import signal
import sys
import time
from pathlib import Path

from lapor.ops.supervisor import Child, supervise


def program(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def stop_when(reached: Path) -> None:
    if reached.exists():
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    lives, reached = tmp_path / "lives", tmp_path / "reached"
    text = (
        f"import pathlib, time; lives = pathlib.Path({str(lives)!r}); lives.open('a').write('x')\n"
        f"if len(lives.read_text()) < 2: raise SystemExit(7)\n"
        f"pathlib.Path({str(reached)!r}).touch(); time.sleep(600)"
    )
    said: list[str] = []

    supervise([Child("once", program(text))], say=said.append, check=lambda: stop_when(reached))

    assert lives.read_text() == "xx"
    assert said == ["once ended with code 7; starting it again in 0.5 s", "Stopping ..."]


def test_children_are_asked_to_finish_before_it_returns(tmp_path: Path) -> None:
    reached, finished = tmp_path / "reached", tmp_path / "finished"
    text = (
        "import pathlib, signal, sys, time\n"
        f"def leave(*_): pathlib.Path({str(finished)!r}).touch(); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, leave)\n"
        f"pathlib.Path({str(reached)!r}).touch(); time.sleep(600)"
    )

    supervise([Child("polite", program(text))], say=lambda _: None, check=lambda: stop_when(reached))

    assert finished.exists()


def test_pauses_grow_while_a_child_dies_young_up_to_half_a_minute() -> None:
    child = Child("doomed", program(""), started=time.monotonic())

    assert [child.plan_restart() for _ in range(8)] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_a_child_that_ran_long_starts_again_at_once() -> None:
    child = Child("steady", program(""), started=time.monotonic() - 61, failures=7)

    assert child.plan_restart() == 0.5
