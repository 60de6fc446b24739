"""The front door: one box to begin a report, what is promised, what others reported."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lapor.agencies.queries import looks
from lapor.portal.cards import cards
from lapor.portal.forms.acts import CodeForm
from lapor.portal.page import page
from lapor.portal.promises import promised_by
from lapor.portal.tenant import Ways, canonical, institution_here, ways_of
from lapor.reports.queries import public, score

RECENT = 6


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def crest(request: HttpRequest, mark: str) -> HttpResponse:
    """Hand out an institution's crest; a new one has another mark, so this one may be kept for ever."""
    png = looks.crest(mark)
    if png is None:
        raise Http404
    return HttpResponse(png, content_type="image/png")


@require_safe
def home(request: HttpRequest, code: str = "") -> HttpResponse:
    """Show the front door, of the whole system or of the institution at this address."""
    at = institution_here(request, code)
    context = {
        "promised": promised_by(at, timezone.now()),
        "numbers": score.score_card(at.code) if at else score.score(),
        "recent": cards(public.recent_public(RECENT, agency=at.code if at else ""), ways_of(request, at)),
        "code_form": CodeForm(),
        "canonical": canonical(Ways(at.code if at else "").home),
    }
    return page(request, "home", context, at=at)
