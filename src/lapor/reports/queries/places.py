"""How many public reports each place has, for the map: from maintained counts, by district or, for many, by city."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from lapor.agencies.models import Agency, Place
from lapor.agencies.queries.points import point_of
from lapor.reports.models import ListingCount
from lapor.reports.queries.search import find_place, place_name
from lapor.sop.vocabulary import OPEN, Status

MOST_PLACES = 300  # drawn one by one; a map of more is slow on a phone


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


@dataclass(frozen=True)
class PlacesFound:
    """The places of a map, most reports first. `within` names the place asked for, `unknown` tells that nothing is so.

    `by_city` tells that districts were added up to their cities, because there were too many to be drawn.
    """

    places: list[PlaceCounts]
    within: str = ""
    within_code: str = ""
    unknown: bool = False
    by_city: bool = False


def places_with_reports(agency: str = "", within: str = "") -> PlacesFound:
    """Return the places that have public reports, of everywhere, of one institution, or within a city or province.

    `within` is a place's code or name. One query, up to three more for a place; bounded by the number of places,
    whatever the number of reports. Counts are as of the worker's last round.
    """
    around = find_place(within) if within else None
    if within and around is None:
        return PlacesFound([], unknown=True)
    own = Agency.objects.filter(code=agency).values("pk")[:1]
    counts = ListingCount.objects.filter(agency=own) if agency else ListingCount.objects.filter(agency=None)
    rows = list(_inside(counts, around).filter(n__gt=0).select_related("place__parent"))
    by_city = len({row.place_id for row in rows}) > MOST_PLACES
    found: dict[str, PlaceCounts] = {}
    for one in rows:
        if one.place is None:
            continue
        place = one.place.parent if by_city and one.place.level == "district" and one.place.parent else one.place
        counted = found.setdefault(place.code, _counts_of(place, by_city and place is not one.place))
        counted.by_status[Status(one.status)] = counted.by_status.get(Status(one.status), 0) + one.n
    most_first = sorted(found.values(), key=lambda place: (-place.total, place.name))
    return PlacesFound(most_first, place_name(around), around.code if around else "", by_city=by_city)


def _inside(counts: QuerySet[ListingCount], around: Place | None) -> QuerySet[ListingCount]:
    if around is None:
        return counts.filter(place__isnull=False)
    inside = Q(place=around) | Q(place__parent=around)
    return counts.filter(inside | Q(place__parent__parent=around) if around.level == "province" else inside)


def _counts_of(place: Place, is_sum: bool) -> PlaceCounts:
    above = "" if is_sum or place.parent is None else place.parent.name
    return PlaceCounts(place.code, place.name, above, point_of(place.code))
