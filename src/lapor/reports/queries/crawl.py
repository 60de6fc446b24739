"""Public reports for machines that read them all: pages of a sitemap by keyset, and the newest for feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.reports.models import Listing
from lapor.reports.queries.public import public

SITEMAP = 1_000  # addresses on one page of the sitemap


@dataclass(frozen=True)
class Address:
    """One public report's address and when it came in."""

    number: str
    received_at: datetime


def sitemap_pages() -> list[int]:
    """Return where each page of the sitemap begins: ids, so that a page keeps its reports for ever. One query."""
    newest = Listing.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return list(range(0, newest, SITEMAP)) or [0]


def sitemap_page(begin: int) -> list[Address]:
    """Return the public reports with ids from `begin` (not itself) on, at most SITEMAP of them. One query."""
    shown = public().filter(pk__gt=begin, pk__lte=begin + SITEMAP, listing__isnull=False).exclude(number="")
    return [Address(*row) for row in shown.order_by("pk").values_list("number", "received_at")]
