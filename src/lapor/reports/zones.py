"""In which zone a report's times are told: where its reporter is, not where the office stands that counts its days."""

from __future__ import annotations

from lapor.reports.models import Report

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"

# Provinces by the first two digits of a place's official code; all others keep WIB (Keppres 41/1987).
_IN_WITA = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
_IN_WIT = {"81", "82", "91", "92", "93", "94", "95", "96"}


def zone_of(report: Report) -> str:
    """Return the zone of the place the reporter named, else the institution's, else WIB, such as "Asia/Makassar".

    For what people read. Which day a deadline ends is the calendar's alone: `profiles.calendar_of`. No query for a
    report that was read with its place and its agency's calendar.
    """
    if report.place is not None:
        return zone_of_place(report.place.code)
    return report.agency.calendar.zone if report.agency else WIB


def zone_of_place(code: str) -> str:
    """Return the zone of a place by its official code, such as "52.71.01" (Nusa Tenggara Barat: WITA)."""
    province = code[:2]
    if province in _IN_WITA:
        return WITA
    return WIT if province in _IN_WIT else WIB
