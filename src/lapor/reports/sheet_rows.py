"""One row of a spreadsheet of manual complaints, understood: what it says in our terms, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from lapor.agencies.names import plain
from lapor.agencies.queries.by_name import category_codes
from lapor.agencies.queries.subjects import place_called
from lapor.identity.contacts import EMAIL, PHONE, ContactInput, normal
from lapor.kernel.errors import InvalidInput
from lapor.reports.drafts import LONGEST_TEXT, LONGEST_TITLE, SHORTEST_TEXT, Draft
from lapor.reports.usecases.record_manual import Settled
from lapor.sop.vocabulary import Channel

EARLIEST = 1945
_DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
CHANNELS = {
    "tatap muka": Channel.COUNTER, "loket": Channel.COUNTER, "langsung": Channel.COUNTER, "counter": Channel.COUNTER,
    "surat": Channel.LETTER, "kotak saran": Channel.LETTER, "letter": Channel.LETTER,
    "telepon": Channel.HOTLINE, "hotline": Channel.HOTLINE, "phone": Channel.HOTLINE,
    "whatsapp": Channel.WHATSAPP, "wa": Channel.WHATSAPP, "facebook": Channel.FACEBOOK, "fb": Channel.FACEBOOK,
    "instagram": Channel.INSTAGRAM, "ig": Channel.INSTAGRAM, "x": Channel.X, "twitter": Channel.X,
    "youtube": Channel.YOUTUBE, "email": Channel.EMAIL, "e mail": Channel.EMAIL, "surel": Channel.EMAIL,
}  # fmt: skip


@dataclass
class Known:
    """What rows are compared with, asked for once for many of them."""

    today: date
    zone: str
    categories: dict[str, str] = field(default_factory=category_codes)
    places: dict[str, str] = field(default_factory=dict)

    def place(self, typed: str) -> str:
        """Return the code of the one place meant, or an empty text; each name is asked for once."""
        if typed not in self.places:
            self.places[typed] = place_called(typed)
        return self.places[typed]


def problems_of(cells: dict[str, str], known: Known) -> list[tuple[str, str]]:
    """Return what is wrong with a row as (field, code) pairs; the pages have a sentence for each code."""
    return list(_problems(cells, known))


def _problems(cells: dict[str, str], known: Known) -> Iterator[tuple[str, str]]:
    text = cells.get("text", "")
    if len("".join(text.split())) < SHORTEST_TEXT:
        yield "text", "empty" if not text else "short"
    if len(text) > LONGEST_TEXT:
        yield "text", "long"
    for name, longest in (("title", LONGEST_TITLE), ("name", 100), ("place_note", 300), ("done_by", 200)):
        if len(cells.get(name, "")) > longest:
            yield name, "long"
    for name in ("received_on", "happened_on", "done_on"):
        yield from _day_problems(name, cells, known)
    if cells.get("contact") and _contact(cells["contact"]) is None:
        yield "contact", "contact"
    if cells.get("place") and not known.place(cells["place"]):
        yield "place", "unknown"
    if cells.get("category") and not known.categories.get(plain(cells["category"])):
        yield "category", "unknown"
    if cells.get("channel") and plain(cells["channel"]) not in CHANNELS:
        yield "channel", "unknown"
    if cells.get("answer"):
        yield from ((name, "needed") for name in ("received_on", "done_on", "done_by") if not cells.get(name))


def _day_problems(name: str, cells: dict[str, str], known: Known) -> Iterator[tuple[str, str]]:
    if not cells.get(name):
        return
    day = day_of(cells[name])
    if day is None or day.year < EARLIEST:
        yield name, "day"
    elif day > known.today:
        yield name, "future"
    elif name == "done_on" and (came := day_of(cells.get("received_on", ""))) and day < came:
        yield name, "order"


def day_of(typed: str) -> date | None:
    """Return the day of "2026-03-02", "2/3/2026" or "02.03.2026" (day first), None for anything else."""
    try:
        if match := _DAY.fullmatch(typed.strip()):
            day, month, year = (int(part) for part in match.groups())
            return date(year, month, day)
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def draft_of(cells: dict[str, str], known: Known) -> tuple[Draft, Settled | None]:
    """Return the report that a row without problems tells, and how it was settled where it was."""
    draft = Draft(
        text=cells["text"],
        title=cells.get("title", ""),
        category=known.categories.get(plain(cells.get("category", "")), ""),
        place=known.place(cells["place"]) if cells.get("place") else "",
        place_note=cells.get("place_note", ""),
        happened_on=day_of(cells.get("happened_on", "")),
        channel=str(CHANNELS.get(plain(cells.get("channel", "")), Channel.OTHER)),
        contact=_contact(cells.get("contact", "")),
        name=cells.get("name", ""),
    )
    if not cells.get("answer"):
        return draft, None
    received, done = day_of(cells["received_on"]), day_of(cells["done_on"])
    if received is None or done is None:
        raise InvalidInput
    at = datetime.combine(received, time.min, ZoneInfo(known.zone))
    return draft, Settled(received_at=at, answer=cells["answer"], done_on=done, done_by=cells["done_by"])


def _contact(typed: str) -> ContactInput | None:
    if not typed:
        return None
    kind = EMAIL if "@" in typed else PHONE
    address = typed if typed.startswith(("0", "+", "62")) or kind == EMAIL else f"0{typed}"  # Excel drops the first 0
    try:
        normal(kind, address)
    except InvalidInput:
        return None
    return ContactInput(kind, address)
