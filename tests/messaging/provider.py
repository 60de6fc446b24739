"""A provider at the other end of the network: takes letters, or fails as providers do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar

from lapor.messaging.channel import Letter


class Provider:
    """A channel for e-mail addresses. `script` is asked before each letter and may raise what providers raise."""

    key = "email"
    taken: ClassVar[list[tuple[str, tuple[str, ...]]]] = []
    tried: ClassVar[Counter[str]] = Counter()
    script: ClassVar[Callable[[Letter], None]] = staticmethod(lambda letter: None)

    def send(self, letter: Letter, to: Sequence[str]) -> None:
        """Take a letter, unless the script says otherwise."""
        self.tried[letter.key] += 1
        type(self).script(letter)
        self.taken.append((letter.key, tuple(to)))

    def close(self) -> None:
        """Nothing to hang up."""

    @classmethod
    def starts_anew(cls) -> None:
        """Forget everything."""
        cls.taken.clear()
        cls.tried.clear()
        cls.script = staticmethod(lambda letter: None)
