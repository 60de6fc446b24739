"""Institutions with an address of their own: `mataram.` in front of the host name (S72), or `/i/<code>/`."""

from __future__ import annotations

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from lapor.agencies.queries.tree import AgencyInfo, institutions

NOBODYS = {"www", "lapor"}


def institution_at(request: HttpRequest) -> AgencyInfo | None:
    """Return the institution whose host name this is, or None on the common address. One query, and only for a prefix.

    `mataram.lapor.example` is the institution with the code "mataram", or "kota-mataram", "kabupaten-mataram" ...
    """
    try:
        prefix = _prefix(request.get_host())
    except DisallowedHost:  # the page that refuses such a host is drawn here too
        return None
    if not prefix:
        return None
    return next((one for one in institutions() if f"-{one.code}".endswith(f"-{prefix}")), None)


def institution_named(code: str) -> AgencyInfo | None:
    """Return the receiving institution with this code, or None."""
    return next((one for one in institutions() if one.code == code), None)


def _prefix(host: str) -> str:
    first, *rest = host.partition(":")[0].lower().split(".")
    is_number = not rest or rest[-1].isdigit()
    return "" if is_number or first in NOBODYS else first
