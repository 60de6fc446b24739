"""English names for Indonesia's holidays; the calendar itself keeps the Indonesian ones."""

from __future__ import annotations

_ENGLISH = {
    "Akhir pekan": "Weekend",
    "Tahun Baru Masehi": "New Year's Day",
    "Tahun Baru Imlek": "Lunar New Year",
    "Isra Mikraj Nabi Muhammad": "Ascension of the Prophet Muhammad",
    "Hari Suci Nyepi": "Day of Silence (Nyepi)",
    "Wafat Yesus Kristus": "Good Friday",
    "Kebangkitan Yesus Kristus": "Easter Sunday",
    "Kenaikan Yesus Kristus": "Ascension Day",
    "Hari Raya Idul Fitri": "Eid al-Fitr",
    "Hari Raya Idul Fitri, hari kedua": "Eid al-Fitr, second day",
    "Hari Raya Idul Adha": "Eid al-Adha",
    "Tahun Baru Islam": "Islamic New Year",
    "Maulid Nabi Muhammad": "Birthday of the Prophet Muhammad",
    "Hari Raya Waisak": "Vesak",
    "Hari Buruh Internasional": "International Labour Day",
    "Hari Lahir Pancasila": "Pancasila Day",
    "Hari Kemerdekaan Republik Indonesia": "Independence Day",
    "Hari Raya Natal": "Christmas",
    "Hari Pemilihan Umum": "General election",
    "Hari Pemilihan Legislatif": "Legislative election",
    "Hari Pemilihan Presiden": "Presidential election",
    "Hari Pemilihan Kepala Daerah": "Regional election",
}
_PREFIXES = {"Pengganti Cuti Bersama": "Joint leave in lieu:", "Cuti Bersama": "Joint leave:"}


def holiday_name(why: str, language: str = "id") -> str:
    """Return a holiday's name in `language`; one entered by hand stays as it was written."""
    return "; ".join(name for name, _language in holiday_parts(why, language))


def holiday_parts(why: str, language: str = "id") -> list[tuple[str, str]]:
    """Return the names of all that falls on one day, each with the language it is in ("id" or "en").

    A day that somebody entered by hand has only the words it was written with, which are taken for Indonesian.
    """
    names = why.split("; ")
    if not language.startswith("en"):
        return [(name, "id") for name in names]
    return [(english, "en") if (english := _english(name)) else (name, "id") for name in names]


def _english(name: str) -> str:
    """Return the English name, empty where there is none."""
    for prefix, english in _PREFIXES.items():
        if name.startswith(f"{prefix} "):
            of = _english(name.removeprefix(prefix).strip())
            return f"{english} {of}" if of else ""
    return _ENGLISH.get(name, "")
