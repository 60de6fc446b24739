"""A whole replay: set the stage once, copy it for each process, let them play, add up the register."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from queue import Queue
from threading import Thread
from typing import Any

from lapor.insights.register import Figures
from lapor.ops.importing.problems import RowRefusedError
from lapor.ops.processes import bound_to_parent
from lapor.ops.replay.result import Result
from lapor.ops.replay.scratch import Scratch, scratch, url_of
from lapor.ops.replay.shard import Order, chosen


class StageError(Exception):
    """A process of the replay ended before its time; what it said is in the message."""


def audition(order: Order) -> tuple[int, Counter[str]]:
    """Count the rows that will be played, and those that cannot be read, by reason; no database is needed."""
    total, refused = 0, Counter[str]()
    for reading in chosen(order):
        if isinstance(reading, RowRefusedError):
            refused[str(reading)] += 1
        else:
            total += 1
    return total, refused


def perform(order: Order, profile: str, *, filed: Callable[[int], None], staged: Callable[[], None]) -> Result:
    """Play the order in scratch databases and return the register.

    `staged` hears when the stage is set, `filed` how many more reports came in. Raises StageError, NoScratchError.
    """
    with scratch() as databases:
        lessons = _learned(order, profile, databases) if order.models else []
        first = databases.make()
        _run("stage", {**asdict(order), "profile": profile}, url_of(first))
        names = [first, *(databases.make(like=first) for _ in range(1, order.shares))]
        staged()
        results = _play([(replace(order, share=n), name) for n, name in enumerate(names)], filed)
    result = _added(order, profile, results)
    result.lessons = lessons
    return result


def _learned(order: Order, profile: str, databases: Scratch) -> list[dict[str, Any]]:
    """Learn from what came in before the period, in a database that no report of the replay ever meets."""
    said = _run("school", {**asdict(order), "profile": profile}, url_of(databases.make()))
    lessons: list[dict[str, Any]] = json.loads(said.splitlines()[-1])["lessons"]
    return lessons


def _run(part: str, content: dict[str, Any], url: str) -> str:
    with _start(part, content, url) as process:
        said, problem = process.communicate()
    if process.returncode:
        raise StageError(problem.strip().splitlines()[-1] if problem.strip() else said)
    return said


def _play(shares: list[tuple[Order, str]], filed: Callable[[int], None]) -> list[dict[str, Any]]:
    """Let all processes play at once; the first that fails ends the replay."""
    messages: Queue[tuple[int, str | None]] = Queue()
    results: dict[int, dict[str, Any]] = {}
    with ExitStack() as stack:
        processes = [stack.enter_context(_start("shard", asdict(order), url_of(name))) for order, name in shares]
        for n, process in enumerate(processes):
            Thread(target=_listen, args=(n, process, messages), daemon=True).start()
        try:
            for n, message in _heard(messages, len(processes)):
                if "filed" in message:
                    filed(message["filed"])
                else:
                    results[n] = message["result"]
        finally:
            for process in processes:
                process.terminate()
    if missing := set(range(len(shares))) - results.keys():
        raise StageError(f"process {min(missing)} of the replay ended early; its words are above")
    return [results[n] for n in range(len(shares))]


def _heard(messages: Queue[tuple[int, str | None]], speakers: int) -> Iterator[tuple[int, dict[str, Any]]]:
    while speakers:
        n, line = messages.get()
        if line is None:
            speakers -= 1
        else:
            yield n, json.loads(line)


def _listen(n: int, process: subprocess.Popen[str], messages: Queue[tuple[int, str | None]]) -> None:
    assert process.stdout is not None  # noqa: S101 - it was opened with a pipe
    for line in process.stdout:
        messages.put((n, line))
    messages.put((n, None))


def _start(part: str, content: dict[str, Any], url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "lapor.ops.replay", part, json.dumps(content)],
        env={**os.environ, **_state(content), "DATABASE_URL": url, "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        stderr=None if part == "shard" else subprocess.PIPE,
        text=True,
        preexec_fn=bound_to_parent(signal.SIGTERM),
    )


def _state(content: dict[str, Any]) -> dict[str, str]:
    """Return where a part finds its models: never the installation's own."""
    return {"LAPOR_STATE": content["models"]} if content["models"] else {}


def _added(order: Order, profile: str, results: list[dict[str, Any]]) -> Result:
    figures: Figures = Counter()
    refused, overtaken, set_aside = Counter[str](), Counter[str](), 0
    suggested = [one for result in results for one in result["suggested"]]
    for result in results:
        for *keys, n in result["figures"]:
            section, institution, first, second = keys
            figures[section, institution, first, second] += n
        refused.update(result["refused"])
        overtaken.update(result["overtaken"])
        set_aside += result["set_aside"]
    played = {
        "from": order.first,
        "to": order.last,
        "sources": list(order.sources),
        "seed": order.seed,
        "profile": profile,
        "filed": sum(result["filed"] for result in results),
        "steps": sum(result["steps"] for result in results),
    }
    return Result(played, figures, dict(refused), dict(overtaken), set_aside, suggested)
