"""The life of the demo: months of reports, played through the use cases with a virtual clock (docs/howto/demo.md)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Say = Callable[[str], None]
DAYS, ORDINARY = 90, 212  # with the scenes of known end, about 300 reports


def fill(say: Say) -> None:
    """Plant institutions and cast, and play life up to now unless that has been done; needs a migrated database.

    An interrupted fill goes on where it stopped, and ends on the day on which it began.
    """
    from django.utils import timezone

    from lapor.agencies.seeds import plant
    from lapor.agencies.seeds.cast import plant_cast

    now = timezone.now()
    plant()
    plant_cast(on=now.date())
    fill_until(now, say)


def fill_until(now: datetime, say: Say, *, ordinary: int = ORDINARY, days: int = DAYS) -> None:
    """Play life up to `now` (aware), or the rest of a life that was interrupted, or nothing where people have begun."""
    from lapor.ops.demo.story import begin, rest_of

    story = rest_of() or begin(now)
    if story:
        story.play(say, ordinary=ordinary, days=days)
