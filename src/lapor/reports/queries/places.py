"""How many public reports each place has, for the map: from maintained counts, never finer than a district."""

from __future__ import annotations

from dataclasses import dataclass, field

from lapor.agencies.models import Agency
from lapor.agencies.queries.points import point_of
from lapor.reports.models import ListingCount
from lapor.sop.vocabulary import OPEN, Status


@dataclass
class PlaceCounts:
    """One place: its code and name, what it lies in, a rough point (None where unknown), reports by status."""

    code: str
    name: str
    above: str
    point: tuple[float, float] | None
    by_status: dict[Status, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All its public reports."""
        return sum(self.by_status.values())

    @property
    def open(self) -> int:
        """Those that are not ended."""
        return sum(n for status, n in self.by_status.items() if status in OPEN)


def places_with_reports(agency: str = "") -> list[PlaceCounts]:
    """Return the places that have public reports, most first, of everywhere or of one institution; one query.

    Bounded by the number of places, whatever the number of reports. Counts are as of the worker's last round.
    """
    own = Agency.objects.filter(code=agency).values("pk")[:1]
    counts = ListingCount.objects.filter(agency=own) if agency else ListingCount.objects.filter(agency=None)
    found: dict[str, PlaceCounts] = {}
    for one in counts.filter(place__isnull=False, n__gt=0).select_related("place__parent"):
        place = one.place
        if place is None:
            continue
        above = place.parent.name if place.parent else ""
        counted = found.setdefault(place.code, PlaceCounts(place.code, place.name, above, point_of(place.code)))
        counted.by_status[Status(one.status)] = one.n
    return sorted(found.values(), key=lambda place: (-place.total, place.name))
