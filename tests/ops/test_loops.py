"""A background loop rests until woken, waits out an absent database, and leaves with its round finished."""

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import OperationalError, connection

from lapor.kernel import heartbeat
from lapor.kernel.wake import WAKE
from lapor.ops.loops import Loop

pytestmark = pytest.mark.django_db(transaction=True)


def asks_to_stop_after(rounds: int, each: Callable[[int], int]) -> Callable[[datetime], int]:
    """Return work that sends this process SIGTERM in its last round, as a supervisor would."""
    seen: list[datetime] = []

    def work(now: datetime) -> int:
        seen.append(now)
        if len(seen) == rounds:
            os.kill(os.getpid(), signal.SIGTERM)
        return each(len(seen))

    return work


def test_it_works_without_resting_while_there_is_work() -> None:
    Loop("test", asks_to_stop_after(5, lambda _: 1), rest=600).run()


def test_a_wake_up_ends_the_rest() -> None:
    def notify() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {WAKE}")
        connection.close()

    def each(number: int) -> int:
        if number == 2:
            threading.Timer(0.2, notify).start()
        return 1 if number == 1 else 0

    began = time.monotonic()
    Loop("test", asks_to_stop_after(3, each), rest=600).run()

    assert time.monotonic() - began < 60


def test_an_absent_database_is_waited_out() -> None:
    def each(number: int) -> int:
        if number < 3:
            raise OperationalError("the database system is shutting down")
        return 1

    Loop("test", asks_to_stop_after(4, each), rest=600).run()


def test_any_other_error_ends_the_process() -> None:
    def each(_number: int) -> int:
        raise ValueError("a defect")

    with pytest.raises(ValueError, match="a defect"):
        Loop("test", asks_to_stop_after(9, each), rest=600).run()


def test_a_finished_round_leaves_a_sign_of_life() -> None:
    assert heartbeat.find_beat("test") is None

    Loop("test", asks_to_stop_after(1, lambda _: 1), rest=600).run()

    assert heartbeat.find_beat("test") is not None


def test_earlier_signal_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGTERM)

    Loop("test", asks_to_stop_after(1, lambda _: 1), rest=600).run()

    assert signal.getsignal(signal.SIGTERM) is before
