"""Writes a profile down as the file that would hold it, so that versions made by people pass the same reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from lapor.sop.profile_types import ClockLimit, Document, Leg, Profile
from lapor.sop.vocabulary import Classification, Clock

_DERIVED = {Clock.SILENCE_REMINDER, Clock.PENDING_REMINDER, Clock.PENDING_REMINDER_2, Clock.CONSENT}


def written(profile: Profile) -> str:
    """Return the profile as TOML; `read_text` of the result gives an equal profile."""
    lines = [
        _line("code", profile.code),
        _line("version", profile.version),
        _line("counting", str(profile.counting)),
        f"automatic_transfer = {str(profile.automatic_transfer).lower()}",
        _line("legs", [str(leg) for leg in Leg if leg in profile.legs]),
        "\n[name]",
        _line("id", profile.name_id),
        _line("en", profile.name_en),
        "\n[document]",
        *_document(profile.document),
        *_clocks(profile),
    ]
    return "\n".join(lines) + "\n"


def _line(key: str, value: str | list[str]) -> str:
    # A JSON text is a TOML text, but for DEL, which TOML wants escaped.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")


def _document(document: Document) -> Iterator[str]:
    yield _line("number", document.number)
    yield _line("revision", document.revision)
    days: tuple[tuple[str, date | None], ...] = (
        ("created", document.created),
        ("revised", document.revised),
        ("effective", document.effective),
    )
    yield from (f"{key} = {day.isoformat()}" for key, day in days if day)
    yield _line("approver", document.approver)
    yield _line("legal_basis", list(document.legal_basis))


def _clocks(profile: Profile) -> Iterator[str]:
    for clock in Clock:
        if clock is Clock.SUBSTANTIVE:
            yield from _by_classification(profile)
        elif clock not in _DERIVED and (limit := profile.clocks.get((clock, None))):
            yield f"\n[clocks.{clock}]"
            yield from _numbers(limit)
            yield from _inside(profile, clock, limit)


def _numbers(limit: ClockLimit) -> Iterator[str]:
    if limit.target is not None:
        yield f"target = {limit.target}"
    if limit.limit is not None:
        yield f"limit = {limit.limit}"
    yield _line("unit", str(limit.unit))
    yield _line("source", limit.source)


def _inside(profile: Profile, clock: Clock, limit: ClockLimit) -> Iterator[str]:
    """Write the reminders and the request for consent inside the clock they precede, as the reader wants them."""
    if clock is Clock.SILENCE:
        yield f"reminder_before = {(limit.limit or 0) - _day(profile, Clock.SILENCE_REMINDER)}"
    elif clock is Clock.PENDING:
        days = [_day(profile, one) for one in (Clock.PENDING_REMINDER, Clock.PENDING_REMINDER_2)]
        yield f"reminders = {days}"
    elif clock is Clock.ESCALATION:
        yield f"consent_from = {_day(profile, Clock.CONSENT)}"


def _day(profile: Profile, clock: Clock) -> int:
    return profile.clocks[clock, None].limit or 0


def _by_classification(profile: Profile) -> Iterator[str]:
    limits = {kind: profile.clocks[Clock.SUBSTANTIVE, kind] for kind in Classification}
    first = limits[Classification.COMPLAINT]
    yield f"\n[clocks.{Clock.SUBSTANTIVE}]"
    yield _line("unit", str(first.unit))
    yield _line("source", first.source)
    yield f"\n[clocks.{Clock.SUBSTANTIVE}.limit]"
    yield from (f"{kind} = {limit.limit}" for kind, limit in limits.items())
