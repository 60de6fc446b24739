"""Short messages on their way out through one modem: queued in gammu's database, from which gammu-smsd sends them."""

from __future__ import annotations

from collections.abc import Sequence

from lapor.channels.sms.compose import compose
from lapor.channels.sms.gammu.poller import AWAY, SILENT
from lapor.channels.sms.gammu.tables import Away, Tables
from lapor.channels.sms.outbound import manners_of_sms, sent
from lapor.language.sms import parts_of, sms_of
from lapor.messaging.channel import ChannelDown, Letter, Manners, Sent


class Modem:
    """One connection to gammu's database for a batch. A letter is in it when `send` returns."""

    key = "sms"

    def __init__(self) -> None:
        self._tables = Tables()

    @property
    def manners(self) -> Manners:
        """Return the same as of every way for short messages."""
        return manners_of_sms()

    def send(self, letter: Letter, to: Sequence[str]) -> Sent:
        """Queue a letter; with the same key not twice. A modem that nobody drives gets none: they wait with us."""
        text = compose(letter)
        size = sms_of(text)
        try:
            if not self._tables.modem_lives():
                raise ChannelDown(SILENT)
            for number in to:
                self._tables.put(number, parts_of(text), size.alphabet, letter.key)
        except Away as away:
            raise ChannelDown(AWAY) from away
        return sent(size, len(to))

    def close(self) -> None:
        """Hang up."""
        self._tables.close()
