"""What the pollers' tests share: the rounds of a poller and of the worker, and a poller that dies at some step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from lapor.intake.answers import drain_answers
from lapor.intake.notes import drain_notes
from lapor.intake.usecases.understand import understand_due
from lapor.messaging import drain
from lapor.messaging.channel import Letter
from lapor.messaging.texts import Rendered

LETTER = Letter("k" * 32, "id", Rendered("Kabar", "Isi"), "", "UJI-2026-000001", "", "http://localhost/")
Asks = Callable[[], int]


def asker(poller: ModuleType) -> Asks:
    """Return what lets a channel's poller do one round, as a fresh process would."""

    def asks() -> int:
        with poller.Poller() as running:
            return int(running.work(timezone.now()))

    return asks


def asks_again(asks: Asks, today: time_machine.Traveller, rounds: int) -> None:
    """Let a poller do some rounds, two minutes after each other."""
    for _ in range(rounds):
        today.shift(timedelta(minutes=2))
        asks()


def works() -> None:
    """Let the worker do what is due."""
    now = timezone.now()
    while understand_due(now=now, worker="test") + drain(now=now, worker="test", batch=50):
        pass
    while drain_answers(now=now) + drain_notes(now=now):
        pass


def dies(poller: ModuleType, asks: Asks, monkeypatch: pytest.MonkeyPatch, *, at: int) -> None:
    """Let a poller be killed before its `at`-th step: a message that it keeps, or how far it has read."""
    steps = iter(range(1, 1000))

    def dying(step: Any) -> Any:
        def run(*args: Any, **fields: Any) -> Any:
            if next(steps) == at:
                raise KeyboardInterrupt
            return step(*args, **fields)

        return run

    with monkeypatch.context() as patch:
        for name in ("keep", "keep_mark"):
            patch.setattr(poller, name, dying(getattr(poller, name)))
        with pytest.raises(KeyboardInterrupt):
            asks()
