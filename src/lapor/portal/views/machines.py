"""For machines: robots.txt and the sitemap. Only what is public has an address here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from lapor.agencies.queries.tree import institutions
from lapor.kernel.guides import guides
from lapor.kernel.numbers import row_number
from lapor.portal.tenant import canonical
from lapor.reports.queries.crawl import sitemap_page, sitemap_pages

XML = "application/xml"
PAGES = ("home", "public", "map", "sop", "help", "guides", "privacy", "accessibility", "legal", "form")
# What is somebody's own, or made anew for each who asks.
CLOSED = (
    "/lacak/", "/laporan-saya/", "/akun/", "/berhenti/", "/meja/", "/berkas/", "/kabar/", "/masuk/", "/publik/*?",
    "/perangkat/",
)  # fmt: skip


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots from what is personal, and show them the sitemap."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead whoever asks for an icon without reading a page to the brand's."""
    return redirect(static("build/mark.svg"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the pages of the sitemap."""
    addresses = [reverse("portal:sitemap_of_pages")]
    addresses += [reverse("portal:sitemap_page", args=[str(begin)]) for begin in sitemap_pages()]
    context = {"addresses": [request.build_absolute_uri(one) for one in addresses]}
    return render(request, "portal/sitemap_index.xml", context, content_type=XML)


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """List the pages that are always there, the guides, and the pages of institutions."""
    addresses = [reverse(f"portal:{name}") for name in PAGES]
    addresses += [reverse("portal:guide", args=[one.slug]) for one in guides()]
    for one in institutions():
        addresses += [reverse(f"portal:{name}", args=[one.code]) for name in ("institution", "score_card")]
    context = {"rows": [(canonical(one), None) for one in addresses]}
    return render(request, "portal/sitemap.xml", context, content_type=XML)


@require_safe
def sitemap_of_reports(request: HttpRequest, number: str) -> HttpResponse:
    """List the public reports of one page of the sitemap; `number` is where it begins."""
    begin = row_number(number)
    if begin is None:
        raise Http404
    rows = [
        (canonical(reverse("portal:public_report", args=[one.number])), one.received_at) for one in sitemap_page(begin)
    ]
    return render(request, "portal/sitemap.xml", {"rows": rows}, content_type=XML)
