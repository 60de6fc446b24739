"""One round of a background loop: every part is done, and one that fails stops none of the others."""

import logging
from collections.abc import Callable
from datetime import datetime

from lapor.kernel.away import DATABASE_AWAY

log = logging.getLogger(__name__)


def each(now: datetime, *parts: Callable[..., object]) -> int:
    """Do the parts in order, each with `now`; return how much those did that say how much.

    What fails is logged by its name and tried again in the next round. Raises only what says that the database is away.
    """
    return sum(_done(part, now) for part in parts)


def _done(part: Callable[..., object], now: datetime) -> int:
    try:
        told = part(now=now)
    except DATABASE_AWAY:
        raise
    except Exception:  # whatever is wrong with this part, deadlines and letters must go on
        log.exception("%s failed, tried again in the next round", getattr(part, "__name__", "a part of the round"))
        return 0
    return told if isinstance(told, int) else 0
