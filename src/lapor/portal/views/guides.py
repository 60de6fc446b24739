"""The users' guides, for everybody to read: what officers are told is no secret."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lapor.kernel import guides
from lapor.portal.page import page

DAY = 86_400


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the guides with what each is for."""
    return page(request, "guides", {"guides": guides.guides()})


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one guide with its headings beside it."""
    found = guides.guide_named(slug)
    if found is None:
        raise Http404
    return page(request, "guide", {"guide": found, "others": guides.guides()})


@require_safe
@cache_control(public=True, max_age=DAY)
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Hand out a picture of a guide."""
    found = guides.picture(name)
    if found is None:
        raise Http404
    return HttpResponse(found.read_bytes(), content_type="image/webp")
