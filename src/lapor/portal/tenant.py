"""Institutions with an address of their own: `mataram.` in front of the host name (S72), or `/i/<code>/`."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest
from django.urls import reverse

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


def institution_here(request: HttpRequest, code: str) -> AgencyInfo | None:
    """Return the institution of a page's path, else of its host name. Raises Http404 for a path that names none."""
    if not code:
        return institution_at(request)
    named = institution_named(code)
    if named is None:
        raise Http404
    return named


@dataclass(frozen=True)
class Ways:
    """Where the public pages lie for whoever reads this one: inside an institution's path, or at the common address."""

    inside: str = ""

    @property
    def home(self) -> str:
        """The front door."""
        return self._to("home", "institution")

    @property
    def public(self) -> str:
        """The list of public reports."""
        return self._to("public", "institution_reports")

    @property
    def map(self) -> str:
        """The map."""
        return self._to("map", "institution_map")

    def report(self, number: str) -> str:
        """Return the page of a public report."""
        return self._to("public_report", "institution_report", number)

    def _to(self, common: str, own: str, *args: str) -> str:
        return (
            reverse(f"portal:{own}", args=[self.inside, *args])
            if self.inside
            else reverse(f"portal:{common}", args=args)
        )


def ways_of(request: HttpRequest, at: AgencyInfo | None) -> Ways:
    """Return the ways from this page; who came by the institution's path stays inside it."""
    match = request.resolver_match
    by_path = at is not None and match is not None and match.kwargs.get("code") == at.code
    return Ways(at.code) if at and by_path else Ways()


def canonical(path: str) -> str:
    """Return the one address of a thing, whatever host name it is read under: at the common address."""
    return f"{settings.LAPOR_BASE_URL}{path}"


def is_common(request: HttpRequest) -> bool:
    """Say whether this is the common address itself, so that sending somebody there would lead in a circle."""
    return request.get_host() == urlsplit(settings.LAPOR_BASE_URL).netloc


def _prefix(host: str) -> str:
    first, *rest = host.partition(":")[0].lower().split(".")
    is_number = not rest or rest[-1].isdigit()
    return "" if is_number or first in NOBODYS else first
