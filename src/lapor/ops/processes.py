"""Children that never outlive their parent, and that start with their signals unblocked."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def bound_to_parent(farewell: signal.Signals) -> Callable[[], None]:
    """Return what a child runs before its program: the kernel sends it `farewell` when its parent dies.

    A `kill -9` of the parent cannot be caught, so nothing in the parent could tell the children. Linux only;
    elsewhere the child lives on and the next start finds it.
    """
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, int(farewell))
        if os.getppid() != parent:  # the parent died before the kernel was asked
            os.kill(os.getpid(), farewell)

    return prepare
