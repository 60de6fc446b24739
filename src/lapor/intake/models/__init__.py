"""Messages that came in by a channel, and what is said to them that is no step of a report."""

from lapor.intake.models.answer import ChannelAnswer
from lapor.intake.models.checkpoint import Checkpoint, QuotaDay
from lapor.intake.models.guide import ChannelNote, Guide
from lapor.intake.models.inbound import InboundMessage

__all__ = ["ChannelAnswer", "ChannelNote", "Checkpoint", "Guide", "InboundMessage", "QuotaDay"]
