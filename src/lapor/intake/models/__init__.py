"""Messages that came in by a channel, and the answers to them that are no step of a report."""

from lapor.intake.models.answer import ChannelAnswer
from lapor.intake.models.inbound import InboundMessage

__all__ = ["ChannelAnswer", "InboundMessage"]
