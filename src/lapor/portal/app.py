"""The installable app: its manifest, and what its service worker keeps so that it opens without a network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from lapor.agencies.queries.looks import LookInfo
from lapor.agencies.queries.tree import AgencyInfo
from lapor.reports.files import IMAGES, LARGEST, PDF

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGES = ("id", "en")
PAPER = "#f4f5f8"  # --page of frontend/tokens.scss
# --brand-nila-deep of frontend/tokens.scss, and of each look in frontend/scss/_look-colours.scss
DEEP = {
    "": "#18244f",
    "hijau": "#0a3d29",
    "toska": "#083b44",
    "biru": "#0a3464",
    "ungu": "#321a52",
    "marun": "#4d0f22",
    "cokelat": "#45280f",
}
# Everything built is kept on the device but what the offline pages never show: the officers' face, maps, big icons.
NOT_KEPT = ("desk.", "sw.js", "map", "outline", "app-", "apple-", ".stamp", "vendor")
SHORTCUTS = (("form", "Lapor", "Tulis laporan baru"), ("track", "Lacak", "Lihat sampai di mana laporan Anda"))
PUBLIC = ("public", "Laporan publik", "Baca laporan orang lain")


def manifest(at: AgencyInfo | None, look: LookInfo) -> dict[str, Any]:
    """Return the web app manifest of this address, in Indonesian: its institution's name and colour if it has one."""
    return {
        "id": "/",
        "name": f"LAPOR! {at.name}" if at else "LAPOR! Layanan aspirasi dan pengaduan rakyat",
        "short_name": "LAPOR!",
        "description": "Sampaikan pengaduan dan aspirasi kepada pemerintah, juga ketika tidak ada jaringan.",
        "lang": "id",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": DEEP.get(look.colour, DEEP[""]),
        "background_color": PAPER,
        "categories": ["government", "utilities"],
        "icons": list(_icons()),
        "shortcuts": [
            {"name": name, "description": told, "url": reverse(f"portal:{page}")}
            for page, name, told in (*SHORTCUTS, PUBLIC)
        ],
        "share_target": {
            "action": reverse("portal:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "photos", "accept": [*IMAGES, "image/*", PDF]}],
            },
        },
    }


def _icons() -> Iterator[dict[str, str]]:
    for name, size, purpose in (("192", 192, "any"), ("512", 512, "any"), ("maskable-512", 512, "maskable")):
        source = static(f"build/app-{name}.png")
        yield {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@cache
def service_worker() -> str:
    """Return the service worker with the list of what it keeps; another version whenever any of it changes."""
    shell = {
        "version": _version(),
        "files": [static(f"build/{path.name}") for path in _kept()],
        "pages": {language: {name: _shell(name, language) for name in PAGES} for language in LANGUAGES},
        "form": reverse("portal:form"),
        "device": reverse("portal:device"),
        "share": reverse("portal:share"),
        "icon": static("build/app-192.png"),
        "badge": static("build/app-badge-96.png"),
        "largest": LARGEST,
        "kinds": [*IMAGES, PDF],
        "types": "image/",
    }
    return f"self.SHELL={json.dumps(shell, separators=(',', ':'))};\n{_built('sw.js').read_text(encoding='utf-8')}"


PAGES = ("perangkat", "lapor")


def shells() -> dict[str, tuple[str, str]]:
    """Return the offline pages by the name in their address: which page, in which language."""
    return {f"{name}-{language}": (name, language) for name in PAGES for language in LANGUAGES}


def _shell(name: str, language: str) -> str:
    return reverse("portal:shell", args=[f"{name}-{language}"])


def _built(name: str) -> Path:
    found = finders.find(f"build/{name}")
    if not isinstance(found, str):
        raise FileNotFoundError(f"the front end is not built: {name} is missing. Run: make setup")
    return Path(found)


def _kept() -> list[Path]:
    folder = _built("sw.js").parent
    return sorted(path for path in folder.iterdir() if _is_kept(path))


def _is_kept(path: Path) -> bool:
    return path.suffix in {".css", ".js", ".svg", ".png"} and not path.name.startswith(NOT_KEPT)


def _version() -> str:
    """Return a name for these very files, templates and words: the offline pages are made of them."""
    digest = hashlib.sha256()
    words = (*PACKAGE.glob("**/templates/**/*.html"), *PACKAGE.glob("locale/**/*.mo"))
    for path in sorted([*_kept(), _built("sw.js"), *words]):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
