"""The post of the days that the demo plays: it goes to nobody."""

from __future__ import annotations

from collections.abc import Sequence

from lapor.messaging.channel import Letter


class Silence:
    """A channel that takes every letter and writes to nobody; it even spares the paper."""

    key = "email"

    def send(self, letter: Letter, to: Sequence[str]) -> None:
        """Take the letter."""

    def close(self) -> None:
        """There is nothing to close."""
