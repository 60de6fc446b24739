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
    if not language.startswith("en"):
        return why
    return "; ".join(_english(part) for part in why.split("; "))


def _english(name: str) -> str:
    for prefix, english in _PREFIXES.items():
        if name.startswith(f"{prefix} "):
            return f"{english} {_english(name.removeprefix(prefix).strip())}"
    return _ENGLISH.get(name, name)
