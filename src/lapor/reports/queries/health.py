"""What an operator should know about reports and messages: what is stuck, and how much."""

from dataclasses import dataclass
from datetime import datetime

from lapor.reports.models import OutgoingMessage, Report


@dataclass(frozen=True)
class Stuck:
    """How many messages nobody will send again, how many wait too long, how many reports were set aside."""

    dead_messages: int
    late_messages: int
    set_aside: int


def stuck(*, before: datetime) -> Stuck:
    """Count what is stuck; a message is late when it was due before this time and still waits. Three queries."""
    messages = OutgoingMessage.objects
    return Stuck(
        dead_messages=messages.filter(state=OutgoingMessage.State.DEAD).count(),
        late_messages=messages.filter(state=OutgoingMessage.State.WAITING, next_try_at__lt=before).count(),
        set_aside=Report.objects.exclude(set_aside_why="").count(),
    )
