"""What everybody may read: the list of public reports with its search, and the map."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lapor.agencies.queries.tree import institutions
from lapor.portal import subjects
from lapor.portal.cards import cards
from lapor.portal.finding import PERIODS, SORTS, Wanted
from lapor.portal.page import page
from lapor.portal.tenant import institution_at
from lapor.reports.queries.places import PlaceCounts, places_with_reports
from lapor.reports.queries.search import search_public
from lapor.sop.vocabulary import Status

MAP_ROWS = 200


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List public reports: searched, filtered and sorted as the address says, a page at a time by keyset."""
    at = institution_at(request)
    wanted = Wanted.of(request.GET, at.code if at else "")
    found = search_public(wanted.words, wanted.filters, request.GET.get("after", ""), now=timezone.now())
    agencies = [] if at else institutions()
    categories = subjects.categories()
    names = {one.code: one.name for one in agencies} | {code: name for _, part in categories for code, name in part}
    context: dict[str, Any] = {
        "cards": cards(found.rows),
        "found": found,
        "older": found.older,
        "is_first": not request.GET.get("after"),
        "wanted": wanted,
        "chips": wanted.chips(names | {"place": found.place}),
        "filters": wanted.query(),
        "statuses": [status for status in Status if status is not Status.UNVERIFIED],
        "agencies": agencies,
        "categories": categories,
        "periods": PERIODS.items(),
        "sorts": SORTS.items(),
        "canonical": request.build_absolute_uri(request.path),
        "section": "reports",
    }
    return page(request, "reports", context, at=at)


@require_safe
def map_(request: HttpRequest) -> HttpResponse:
    """Show where public reports come from: by district on a map, and the same counts as a table."""
    at = institution_at(request)
    agency = at.code if at else Wanted.of(request.GET).filters.agency
    places = places_with_reports(agency)
    context = {
        "places": places[:MAP_ROWS],
        "points": [_point(place, agency, own=bool(at)) for place in places if place.point],
        "agencies": [] if at else institutions(),
        "agency": agency,
        "tiles": settings.LAPOR_TILES,
        "credit": settings.LAPOR_TILES_CREDIT,
        "map_script": static("build/map.js"),
        "map_style": static("build/map.css"),
        "outline": static("build/outline.json"),
        "canonical": request.build_absolute_uri(request.path),
        "section": "reports",
    }
    return page(request, "map", context, at=at)


def _point(place: PlaceCounts, agency: str, *, own: bool) -> dict[str, Any]:
    latitude, longitude = place.point or (0.0, 0.0)
    asked = {"place": place.code} | ({"agency": agency} if agency and not own else {})
    label = ngettext("%(place)s: %(n)d report", "%(place)s: %(n)d reports", place.total)
    return {
        "lat": latitude,
        "lng": longitude,
        "count": place.total,
        "name": place.name,
        "label": label % {"place": place.name, "n": place.total} + _(", %(n)d open") % {"n": place.open},
        "url": f"{reverse('portal:public')}?{urlencode(asked)}",
    }
