"""The smallest channel there can be: JSON in, a list out. It vouches for its senders, as a telephone network does."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from lapor.intake import contract
from lapor.intake.answers import drain_answers
from lapor.intake.models import InboundMessage
from lapor.intake.usecases.keep import keep
from lapor.intake.usecases.understand import understand_due
from lapor.messaging.channel import Letter, Manners, Sent

READINGS = {
    "report": contract.NewReport,
    "reply": contract.Reply,
    "command": contract.Command,
    "person": contract.ForPerson,
    "receipt": contract.Receipt,
    "nothing": contract.Nothing,
    "courtesy": contract.Courtesy,
}
BUDI = "081234567890"


def read(received: contract.Received) -> contract.Understood:
    """Read what `arrives` wrote; `break` stands for a parser that fails."""
    said = json.loads(received.raw)
    if said.pop("break", ""):
        raise ValueError("this parser fails")
    proves = contract.Proof(said.pop("proves", "sender"))
    said["files"] = tuple(
        contract.Attachment(name, bytes.fromhex(content)) for name, content in said.pop("files", {}).items()
    )
    reading: contract.Understood = READINGS[said.pop("is")](proves=proves, **said)
    return reading


class Phones:
    """Takes letters for telephones, or fails as the script says."""

    key = "sms"
    manners: ClassVar[Manners] = Manners(receipts=True)
    taken: ClassVar[list[tuple[str, Letter]]] = []
    script: ClassVar[Callable[[Letter], None]] = staticmethod(lambda letter: None)

    def send(self, letter: Letter, to: Sequence[str]) -> Sent:
        """Take a letter."""
        type(self).script(letter)
        self.taken.extend((address, letter) for address in to)
        return Sent(provider_id=f"id-{letter.key}", parts=1, cost=350)

    def close(self) -> None:
        """Nothing to hang up."""

    @classmethod
    def starts_anew(cls) -> None:
        """Forget everything."""
        cls.taken.clear()
        cls.manners = Manners(receipts=True)
        cls.script = staticmethod(lambda letter: None)


_ids = iter(range(1, 10_000_000))


def arrives(now: datetime, sender: str = BUDI, provider_id: str = "", **said: Any) -> InboundMessage:
    """Bring one message and let the lane deal with everything that waits; return it as it is afterwards."""
    kept = keep(
        channel="sms",
        account="1708",
        provider_id=provider_id or f"test-{next(_ids)}",
        raw=json.dumps(said).encode(),
        sender=sender,
        now=now,
    )
    while understand_due(now=now, worker="test"):
        pass
    drain_answers(now=now)
    return InboundMessage.objects.get(pk=kept.message)
