"""Puts the explanation of a deadline into words: the same sentences for the reporter and for the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lapor.sop.calendar import CalendarDay
from lapor.sop.calendar_change import PauseSpan
from lapor.sop.dates import long_date, long_moment, short_date
from lapor.sop.deadline import DayRow, Explanation, Mark
from lapor.sop.holiday_names import holiday_name
from lapor.sop.profile_types import Unit

# Why a clock stood still, by the code stored with it; anything else is shown as it was written.
_STANDSTILLS = {
    "question": ("menunggu jawaban pelapor", "waiting for the reporter's answer"),
    "return": ("laporan berada di meja lain", "the report lay with another desk"),
    "ended": ("laporan sudah selesai atau diarsipkan", "the report was closed or archived"),
}

# Indonesian and English, by what is said.
_SENTENCES = {
    "limit": (
        "{clock}: batas {n} setelah langkah “{event}” pada {start} (hari ke-0).",
        "{clock}: limit of {n} after the step “{event}” on {start} (day 0).",
    ),
    "target": (
        "{clock}: target {n} setelah langkah “{event}” pada {start} (hari ke-0).",
        "{clock}: target of {n} after the step “{event}” on {start} (day 0).",
    ),
    "limit_minutes": (
        "{clock}: batas {n} setelah langkah “{event}” pada {start}.",
        "{clock}: limit of {n} after the step “{event}” on {start}.",
    ),
    "target_minutes": (
        "{clock}: target {n} setelah langkah “{event}” pada {start}.",
        "{clock}: target of {n} after the step “{event}” on {start}.",
    ),
    "due": ("Jatuh tempo {due}.", "Due {due}."),
    "lapses": (
        "Baru dianggap lewat ketika hari kerja berikutnya mulai, {day}.",
        "It counts as passed only when the next working day begins, {day}.",
    ),
    "remaining": ("Jam sedang berhenti; sisa {n}.", "The clock stands still, with {n} left."),
    "overdue": ("Jam berhenti setelah lewat {n}.", "The clock stopped {n} past the deadline."),
    "skipped": ("Tidak dihitung: {days}.", "Not counted: {days}."),
    "weekends": ("{n} hari akhir pekan", "weekend days: {n}"),
    "decrees": ("Dasar hari libur: {decrees}.", "Holidays by decree: {decrees}."),
    "pause": (
        "Jam berhenti sejak {since} sampai {until}: {why}.",
        "The clock stood still from {since} to {until}: {why}.",
    ),
    "pause_open": ("Jam berhenti sejak {since}: {why}.", "The clock stands still since {since}: {why}."),
    "promised": ("Semula dijanjikan {day}.", "First promised for {day}."),
    "moved_by_holiday": (
        "Tanggal mundur karena {holiday}, yang ditetapkan {declared}.",
        "The date moved because of {holiday}, declared on {declared}.",
    ),
    "moved_by_pause": (
        "Tanggal mundur karena jam berhenti {n}.",
        "The date moved because the clock stood still for {n}.",
    ),
    "kept": (
        "Kalender berubah kemudian; tanggal yang sudah dijanjikan tidak dimajukan.",
        "The calendar changed later; the date already promised is not brought forward.",
    ),
    "estimated": (
        "Tanggal {holidays} masih perkiraan; bila ditetapkan lain, batas ini hanya dapat mundur.",
        "The date of {holidays} is still an estimate; if it is fixed otherwise, this deadline can only move later.",
    ),
    "source": (
        "Dasar: {name}, versi {version}{number}; aturan {source}.",
        "Based on: {name}, version {version}{number}; rule {source}.",
    ),
    "number": (", nomor {number}", ", number {number}"),
    "every_day": ("Setiap hari dihitung, termasuk hari libur.", "Every day counts, holidays too."),
    "ordinal": ("hari ke-{k} dari {n}", "day {k} of {n}"),
    "served": ("{k} dari {n} menit sampai akhir hari", "{k} of {n} minutes by the end of the day"),
    "not_counted": ("tidak dihitung: {why}", "not counted: {why}"),
    "estimate": ("perkiraan", "estimate"),
}


def render(explanation: Explanation, language: str = "id") -> str:
    """Return the whole explanation as plain text: the sentences, then a line for each day."""
    lines = [*summary(explanation, language), ""]
    lines += [f"{long_date(row.day.day, language)}: {row_text(explanation, row, language)}" for row in explanation.rows]
    return "\n".join(lines).rstrip() + "\n"


def summary(explanation: Explanation, language: str = "id") -> tuple[str, ...]:
    """Return the sentences that tell why this date, in `language` ("id" or "en")."""
    return tuple(
        sentence
        for part in (_opening, _ending, _skipped, _pauses, _movement, _source)
        for sentence in part(explanation, language)
    )


def row_text(explanation: Explanation, row: DayRow, language: str = "id") -> str:
    """Return what one day is to the clock, without its date."""
    if row.mark is Mark.COUNTED:
        key = "served" if explanation.unit is Unit.SERVICE_MINUTES else "ordinal"
        return _say(key, language, k=row.number, n=explanation.n)
    if row.mark is Mark.EVENT:
        return row.mark.label(language)
    why = row.mark.label(language)
    if row.mark is Mark.HOLIDAY:
        why = _holiday(row.day, language)
    elif row.pause:
        why = f"{why}, {_standstill(row.pause, language)}"
    return _say("not_counted", language, why=why)


def _opening(explanation: Explanation, language: str) -> Iterator[str]:
    started = explanation.started
    key = "target" if explanation.is_target else "limit"
    by_minute = isinstance(started, datetime)
    yield _say(
        f"{key}_minutes" if by_minute else key,
        language,
        clock=explanation.clock.label(language),
        n=_amount(explanation, explanation.n, language),
        event=explanation.event.label(language),
        start=long_moment(started, language) if isinstance(started, datetime) else long_date(started, language),
    )


def _ending(explanation: Explanation, language: str) -> Iterator[str]:
    if explanation.due_at:
        yield _say("due", language, due=long_moment(explanation.due_at, language))
    if explanation.lapses_on and not explanation.is_target:
        yield _say("lapses", language, day=long_date(explanation.lapses_on, language))
    if explanation.remaining is not None:
        key = "remaining" if explanation.remaining >= 0 else "overdue"
        yield _say(key, language, n=_amount(explanation, abs(explanation.remaining), language))


def _skipped(explanation: Explanation, language: str) -> Iterator[str]:
    holidays = explanation.holidays
    weekend = explanation.count(Mark.WEEKEND)
    days = [_say("weekends", language, n=weekend)] if weekend else []
    days += [f"{holiday_name(day.why, language)} ({short_date(day.day, language)})" for day in holidays]
    if days:
        yield _say("skipped", language, days="; ".join(days))
    if decrees := dict.fromkeys(day.decree for day in holidays if day.decree):
        yield _say("decrees", language, decrees="; ".join(decrees))
    if explanation.counts_every_day:
        yield _say("every_day", language)
    if estimated := dict.fromkeys(holiday_name(day.why, language) for day in holidays if day.estimated):
        yield _say("estimated", language, holidays="; ".join(estimated))


def _pauses(explanation: Explanation, language: str) -> Iterator[str]:
    for span in explanation.pauses:
        since, why = long_date(span.since, language), _standstill(span, language)
        if span.until:
            yield _say("pause", language, since=since, until=long_date(span.until, language), why=why)
        else:
            yield _say("pause_open", language, since=since, why=why)


def _movement(explanation: Explanation, language: str) -> Iterator[str]:
    if moved := explanation.moved:
        yield _say("promised", language, day=long_date(moved.promised, language))
        for day in moved.holidays:
            holiday = f"{_holiday(day, language)}, {long_date(day.day, language)}"
            declared = long_date(day.declared, language) if day.declared else ""
            yield _say("moved_by_holiday", language, holiday=holiday, declared=declared)
        if moved.paused_days:
            yield _say("moved_by_pause", language, n=_amount(explanation, moved.paused_days, language))
    if explanation.count(Mark.KEPT):
        yield _say("kept", language)


def _source(explanation: Explanation, language: str) -> Iterator[str]:
    profile = explanation.profile
    number = profile.document.revision or profile.document.number
    yield _say(
        "source",
        language,
        name=profile.name(language),
        version=profile.version,
        number=_say("number", language, number=number) if number else "",
        source=_rule(explanation.limit.source, language),
    )


def _rule(source: str, language: str) -> str:
    """Return the rule as people of `language` read it: what no document says is practice."""
    return source if language.startswith("en") else source.replace("practice", "praktik")


def _holiday(day: CalendarDay, language: str) -> str:
    """Return a holiday's name with its decree, and whether its date is only estimated."""
    notes = [note for note in (day.decree, _say("estimate", language) if day.estimated else "") if note]
    return holiday_name(day.why, language) + (f" ({'; '.join(notes)})" if notes else "")


def _standstill(span: PauseSpan, language: str) -> str:
    return _STANDSTILLS.get(span.why, (span.why, span.why))[language.startswith("en")]


def _amount(explanation: Explanation, n: int, language: str) -> str:
    """Return "10 hari kerja" or "1 working day"."""
    unit = explanation.unit.label(language)
    if explanation.unit is Unit.WORKDAYS and explanation.counts_every_day:
        unit = "days" if language.startswith("en") else "hari kalender"
    if n == 1 and language.startswith("en"):
        unit = unit.replace("days", "day").replace("minutes", "minute", 1)
    return f"{n} {unit}"


def _say(key: str, language: str, **facts: object) -> str:
    return _SENTENCES[key][language.startswith("en")].format(**facts)
