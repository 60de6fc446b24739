"""Long messages from their parts: any order, parts brought twice, and parts that never come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# What joins parts in a user data header (3GPP TS 23.040, 9.2.3.24.1 and .8), and how long its reference is.
_REFERENCES = {0x00: 1, 0x08: 2}


@dataclass(frozen=True)
class Part:
    """One row of gammu's inbox: `received` as the row says it, `content` in UTF-16BE, `udh` in hexadecimal.

    `waited` tells that it has been there for so long that the other parts will not come any more.
    """

    id: int
    sender: str
    received: str
    content: bytes
    udh: str = ""
    waited: bool = False


@dataclass(frozen=True)
class Whole:
    """One message: the rows that it came in, who sent it, all its words, and a name that it has at every try."""

    ids: tuple[int, ...]
    sender: str
    content: bytes
    name: str


@dataclass
class _Group:
    """The parts of one long message, by their place in it; `ids` also has rows that brought a part again."""

    total: int
    parts: dict[int, Part] = field(default_factory=dict)
    ids: list[int] = field(default_factory=list)

    def takes(self, place: int, part: Part) -> bool:
        """Tell whether a part is of this message: another text in the same place is another message."""
        return place not in self.parts or self.parts[place].content == part.content

    def add(self, place: int, part: Part) -> None:
        """Take a part."""
        self.parts.setdefault(place, part)
        self.ids.append(part.id)

    @property
    def is_ready(self) -> bool:
        """Tell whether it is complete, or as complete as it will be."""
        return len(self.parts) == self.total or any(part.waited for part in self.parts.values())


def joined(rows: Iterable[Part]) -> Iterator[Whole]:
    """Yield the messages that are there; a long one whose parts are still to come is left for later."""
    groups: dict[tuple[str, int, int], list[_Group]] = {}
    for part in rows:
        place = place_of(part.udh)
        if place is None:
            yield _whole([part.id], [part])
            continue
        reference, total, number = place
        same = groups.setdefault((part.sender, reference, total), [])
        group = next((group for group in same if group.takes(number, part)), None)
        if group is None:
            same.append(group := _Group(total))
        group.add(number, part)
    for group in (group for same in groups.values() for group in same if group.is_ready):
        yield _whole(group.ids, [group.parts[number] for number in sorted(group.parts)])


def place_of(udh: str) -> tuple[int, int, int] | None:
    """Return (reference, how many parts, which of them) of a user data header; None where it joins nothing."""
    try:
        header = bytes.fromhex(udh)[1:]
    except ValueError:
        return None
    while len(header) >= 2:
        element, length, rest = header[0], header[1], header[2:]
        wide = _REFERENCES.get(element)
        if wide and length == wide + 2 <= len(rest):
            total, number = rest[wide], rest[wide + 1]
            return (int.from_bytes(rest[:wide]), total, number) if 1 <= number <= total and total > 1 else None
        header = rest[length:]
    return None


def _whole(ids: list[int], parts: list[Part]) -> Whole:
    """Join parts in order. Its name is made of what the modem reads again after a crash, never of the row's number."""
    content = b"".join(part.content for part in parts)
    said = "\0".join([parts[0].sender, *(f"{part.received} {part.udh}" for part in parts)]).encode() + b"\0" + content
    return Whole(tuple(ids), parts[0].sender, content, f"gammu:{hashlib.sha256(said).hexdigest()[:40]}")
