"""How many public reports each place has, for the map: from maintained counts, by district or, for many, by city."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from lapor.agencies.models import Agency, Place
from lapor.agencies.queries.points import point_of
from lapor.reports.models import ListingCount
from lapor.reports.queries.search import find_place, place_name
from lapor.sop.vocabulary import OPEN, Status

_PLACE = ("place__code", "place__name", "place__level")
_ABOVE = ("place__parent__code", "place__parent__name")
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
    rows = list(_inside(counts, around).filter(n__gt=0).values_list("status", "n", *_PLACE, *_ABOVE))
    by_city = len({code for _status, _n, code, *_names in rows}) > MOST_PLACES
    found: dict[str, PlaceCounts] = {}
    for status, n, code, name, level, above, above_name in rows:
        is_added_up = by_city and level == "district" and above
        place = (above, above_name, "") if is_added_up else (code, name, above_name or "")
        counted = found.get(place[0]) or found.setdefault(place[0], PlaceCounts(*place, point_of(place[0])))
        counted.by_status[Status(status)] = counted.by_status.get(Status(status), 0) + n
    most_first = sorted(found.values(), key=lambda place: (-place.total, place.name))
    return PlacesFound(most_first, place_name(around), around.code if around else "", by_city=by_city)


def _inside(counts: QuerySet[ListingCount], around: Place | None) -> QuerySet[ListingCount]:
    if around is None:
        return counts.filter(place__isnull=False)
    inside = Q(place=around) | Q(place__parent=around)
    return counts.filter(inside | Q(place__parent__parent=around) if around.level == "province" else inside)
