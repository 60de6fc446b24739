"""What everybody may read: the list of public reports with its search, and the map."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lapor.agencies.queries.subjects import current_code, provinces
from lapor.agencies.queries.tree import AgencyInfo, institutions
from lapor.portal import subjects
from lapor.portal.cards import cards
from lapor.portal.finding import PERIODS, SORTS, Wanted
from lapor.portal.page import page
from lapor.portal.tenant import Ways, canonical, institution_here, ways_of
from lapor.reports.queries.causes import public_cause
from lapor.reports.queries.places import PlaceCounts, places_with_reports
from lapor.reports.queries.search import search_public
from lapor.reports.refusals import NotFound
from lapor.sop.vocabulary import Status

MAP_ROWS = 200


@require_safe
def reports(request: HttpRequest, code: str = "") -> HttpResponse:
    """List public reports: searched, filtered and sorted as the address says, a page at a time by keyset."""
    at = institution_here(request, code)
    categories = subjects.categories()
    wanted, names = _of_a_category(Wanted.of(request.GET, at.code if at else ""), categories)
    found = search_public(wanted.words, wanted.filters, request.GET.get("after", ""), now=timezone.now())
    agencies = [] if at else institutions()
    names |= {one.code: one.name for one in agencies}
    context: dict[str, Any] = {
        "cards": cards(found.rows, ways_of(request, at)),
        "found": found,
        "older": found.older,
        "is_first": not request.GET.get("after"),
        "wanted": wanted,
        "chips": wanted.chips(names | {"place": found.place}),
        "filters": wanted.query(),
        "map_query": wanted.place_query(),
        "statuses": [status for status in Status if status is not Status.UNVERIFIED],
        "agencies": agencies,
        "categories": categories,
        "provinces": provinces(),
        "periods": PERIODS.items(),
        "sorts": SORTS.items(),
        "canonical": canonical(_ways(at).public),
        "section": "reports",
    }
    return page(request, "reports", context, at=at)


def _of_a_category(wanted: Wanted, categories: list[Any]) -> tuple[Wanted, dict[str, str]]:
    """Return what is wanted with the category that a merged one became, and names by code; at most two queries more.

    One that is out of use joins the `categories` to choose from, so that the form asks again for what is shown.
    """
    names = subjects.names_of(categories)
    if not wanted.filters.category or wanted.filters.category in names:
        return wanted, names
    wanted = wanted.led_on(current_code(wanted.filters.category))
    code = wanted.filters.category
    if code not in names and (name := subjects.name_of(code)):
        categories.append((_("No longer used"), [(code, name)]))
        names[code] = _("%(category)s (no longer used)") % {"category": name}
    return wanted, names


@require_safe
def map_(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show where public reports come from: by district on a map, and the same counts as a table."""
    at = institution_here(request, code)
    filters = Wanted.of(request.GET, at.code if at else "").filters
    agency, public = filters.agency, ways_of(request, at).public
    found = places_with_reports(agency, filters.place)
    context = {
        "found": found,
        "places": found.places[:MAP_ROWS],
        "points": [_point(place, public, "" if at else agency) for place in found.places if place.point],
        "asked_place": found.within or filters.place,
        "provinces": provinces(),
        "agencies": [] if at else institutions(),
        "agency": agency,
        "tiles": settings.LAPOR_TILES,
        "credit": settings.LAPOR_TILES_CREDIT,
        "map_script": static("build/map.js"),
        "map_style": static("build/map.css"),
        "outline": static("build/outline.json"),
        "canonical": canonical(_ways(at).map),
        "section": "reports",
    }
    return page(request, "map", context, at=at)


def _ways(at: AgencyInfo | None) -> Ways:
    """Return the ways at the common address, also for who came by the institution's host name."""
    return Ways(at.code if at else "")


def _point(place: PlaceCounts, public: str, agency: str) -> dict[str, Any]:
    latitude, longitude = place.point or (0.0, 0.0)
    asked = {"place": place.code} | ({"agency": agency} if agency else {})
    label = ngettext("%(place)s: %(n)d report", "%(place)s: %(n)d reports", place.total)
    return {
        "lat": latitude,
        "lng": longitude,
        "count": place.total,
        "name": place.name,
        "label": label % {"place": place.name, "n": place.total} + _(", %(n)d open") % {"n": place.open},
        "url": f"{public}?{urlencode(asked)}",
    }


@require_safe
def cause(request: HttpRequest, cause: int) -> HttpResponse:
    """Show one cause of several reports; while one of them is not public it is as absent as one that never was."""
    try:
        found, its = public_cause(cause)
    except NotFound:
        raise Http404 from None
    return page(request, "cause", {"found": found, "reports": its, "section": "reports"})
