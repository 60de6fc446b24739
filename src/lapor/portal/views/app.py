"""What makes the portal an app: the manifest, the service worker, and the pages that are read without a network."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lapor.agencies.queries.looks import LookInfo, look_of
from lapor.portal import app
from lapor.portal.page import page
from lapor.portal.tenant import institution_at
from lapor.portal.views import filing


@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Tell phones how to install the app of this address."""
    at = institution_at(request)
    look = look_of(at.id) if at else LookInfo()
    return JsonResponse(app.manifest(at, look), content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Hand out the service worker; asked for anew at every start, so that a mended one arrives at once."""
    return HttpResponse(app.service_worker(), content_type="text/javascript; charset=utf-8")


@require_safe
def device(request: HttpRequest) -> HttpResponse:
    """Show the page that lists what this device keeps; the list itself is known to the device alone."""
    return page(request, "device", {"section": "device"})


@require_safe
def shell(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page as the service worker keeps it: in a language of its own choice, and nobody's in particular."""
    if slug not in app.shells():
        raise Http404
    name, language = app.shells()[slug]
    with translation.override(language):
        answer = device(request) if name == "perangkat" else filing.form(request)
        answer.headers["Content-Language"] = language
        answer.headers["X-Robots-Tag"] = "noindex"  # the same pages under another name
    return answer
