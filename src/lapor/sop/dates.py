"""Dates as people write them, in Indonesian and English."""

from __future__ import annotations

from datetime import date, datetime

_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def weekday(day: date, language: str = "id") -> str:
    """Return "Kamis" or "Thursday"."""
    return _DAYS[_known(language)][day.weekday()]


def long_date(day: date, language: str = "id") -> str:
    """Return "Kamis, 12 Maret 2026" or "Thursday, 12 March 2026"."""
    return f"{weekday(day, language)}, {short_date(day, language)}"


def short_date(day: date, language: str = "id") -> str:
    """Return "12 Maret 2026" or "12 March 2026"."""
    return f"{day.day} {_MONTHS[_known(language)][day.month - 1]} {day.year}"


def long_moment(moment: datetime, language: str = "id") -> str:
    """Return a local instant: "Kamis, 2 April 2026 pukul 23.59 WITA" or "Thursday, 2 April 2026 at 23:59 WITA"."""
    if _known(language) == "id":
        return f"{long_date(moment, 'id')} pukul {moment:%H.%M} {moment.tzname()}"
    return f"{long_date(moment, 'en')} at {moment:%H:%M} {moment.tzname()}"


def _known(language: str) -> str:
    return "en" if language.startswith("en") else "id"
