"""Signs of life of the background loops, kept in the database so that any machine can ask."""

from datetime import datetime

from lapor.kernel.models import Heartbeat


def beat(name: str, *, now: datetime) -> None:
    """Record that the loop of this name finished a round."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def find_beat(name: str) -> datetime | None:
    """Return when the loop last finished a round (UTC), or None when it never did."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
