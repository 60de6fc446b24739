"""The places that a field offers while a name is typed: never all of them, of which a nation has ninety thousand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lapor.agencies.queries.subjects import places_like
from lapor.desk.officer import Officer
from lapor.desk.page import page

LONGEST = 60  # characters of a name


@page("places")
def places(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Return what the list of the one field that was sent offers."""
    typed = next(iter(request.GET.dict().values()), "")[:LONGEST].replace("\x00", "")
    answer = render(request, "desk/forms/places_found.html", {"found": places_like(typed)})
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
