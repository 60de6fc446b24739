"""Names of agencies as exports write them, made comparable: `Kab.` and `Kabupaten`, case, `&`, commas and brackets."""

from __future__ import annotations

import re
import unicodedata

_SHORT = {
    "kab": "kabupaten",
    "prov": "provinsi",
    "propinsi": "provinsi",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "pemkab": "pemerintah kabupaten",
    "pemkot": "pemerintah kota",
    "pemprov": "pemerintah provinsi",
    "pemda": "pemerintah",
    "rsud": "rumah sakit umum daerah",
    "satpol": "satuan polisi",
    "pp": "pamong praja",
    "ri": "republik indonesia",
    "sekda": "sekretariat daerah",
}
_DROPPED = {"dan", "serta"}
_REGION = re.compile(r"\b(kabupaten|kota|provinsi) (.+)$")
_PARTS_OF_A_REGION = (
    "dinas", "kecamatan", "kelurahan", "desa", "bagian", "rumah sakit umum daerah", "satuan polisi",
    "sekretariat daerah", "inspektorat", "bidang", "upt", "uptd", "puskesmas",
)  # fmt: skip
_NAMED_BY_PLACE = ("kecamatan", "kelurahan", "desa", "rumah sakit umum daerah", "puskesmas")

# East of these the clock differs; every other province keeps western time.
_CENTRAL = (
    "bali", "nusa tenggara", "kalimantan selatan", "kalimantan timur", "kalimantan utara", "sulawesi", "gorontalo",
)  # fmt: skip
_EASTERN = ("maluku", "papua")


def plain(name: str) -> str:
    """Return a name in lower case, written out, without punctuation and the word "dan"."""
    text = unicodedata.normalize("NFKC", name).casefold()
    words = "".join(c if c.isalnum() else " " for c in text).split()
    return " ".join(_SHORT.get(word, word) for word in words if word not in _DROPPED)


def region_of(name: str) -> str:
    """Return the region a name ends with ("kabupaten bandung", "kota surabaya"), or ""."""
    found = _REGION.search(plain(name))
    return found[0] if found else ""


def unit_key(name: str, institution: str) -> str:
    """Return what tells a unit from its siblings: its plain name without the region of its institution."""
    key, region = plain(name), region_of(institution)
    key = key.removesuffix(f" {region}") if region else key
    place = region.partition(" ")[2]
    if place and not key.startswith(_NAMED_BY_PLACE):
        key = key.removesuffix(f" {place}")
    return key


def is_part(name: str) -> bool:
    """Tell whether a name is that of a part of a regional government, never of an institution of its own."""
    return plain(name).startswith(_PARTS_OF_A_REGION)


def is_above(name: str) -> bool:
    """Tell whether a name is that of a body of the republic, which is nobody's unit."""
    key = plain(name)
    return key.endswith("republik indonesia") or key.startswith("kementerian ")


def government_of(region: str) -> str:
    """Return the name of a region's government: "kota surabaya" is governed by "Pemerintah Kota Surabaya"."""
    return f"Pemerintah {region.title()}"


def prefix_of(name: str) -> str:
    """Return the beginning of an institution's numbers: SURABAYA, KABBANDUNG, or the initials of a ministry."""
    kind, _, place = region_of(name).partition(" ")
    if place:
        letters = ("KAB" if kind == "kabupaten" else "PROV" if kind == "provinsi" else "") + place
    else:
        letters = "".join(word[0] for word in plain(name).split())
    return "".join(c for c in letters.upper() if c.isascii() and c.isalnum())[:12]


def zone_of(province: str) -> str:
    """Return the calendar code of a province's time zone: "wib", "wita" or "wit" ("wib" when it is not known)."""
    name = plain(province)
    if name.startswith(_EASTERN):
        return "wit"
    return "wita" if name.startswith(_CENTRAL) else "wib"
