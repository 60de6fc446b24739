"""Signals and children: rests that a signal ends, and children that never outlive their parent."""

import contextlib
import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable, Collection, Iterator
from types import FrameType

_PR_SET_PDEATHSIG = 1


def bound_to_parent(farewell: signal.Signals) -> Callable[[], None]:
    """Return what a child runs before its program: the kernel sends it `farewell` when its parent dies.

    A `kill -9` of the parent cannot be caught, so nothing in the parent could tell the children. Linux only;
    elsewhere the child lives on and the next start finds it.
    """
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, int(farewell))
        if os.getppid() != parent:  # the parent died before the kernel was asked
            os.kill(os.getpid(), farewell)

    return prepare


@contextlib.contextmanager
def interruptions(signals: Collection[signal.Signals], heed: Callable[[int], None]) -> Iterator[socket.socket]:
    """Call `heed` with the number of each of these signals; yield a socket that ends a rest on it when one arrives.

    Whichever thread the kernel chose to interrupt, no signal is lost between looking and sleeping.
    """

    def obey(number: int, _frame: FrameType | None) -> None:
        heed(number)

    reading, writing = socket.socketpair()
    for end in (reading, writing):
        end.setblocking(False)
    earlier_descriptor = signal.set_wakeup_fd(writing.fileno())
    earlier = {each: signal.signal(each, obey) for each in signals}
    try:
        yield reading
    finally:
        for each, handler in earlier.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(earlier_descriptor)
        reading.close()
        writing.close()
