"""Hand out a file to whoever holds its short-lived signed address."""

from __future__ import annotations

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from lapor.portal import links
from lapor.reports.files import IMAGES, open_stored
from lapor.reports.refusals import NotFound


@require_safe
def file(request: HttpRequest, link: str) -> FileResponse:
    """Serve an image in the page and everything else as a download; nothing in it can run or load anything."""
    try:
        found = links.follow(link)
        content = open_stored(found.sha256)
    except (signing.BadSignature, NotFound, FileNotFoundError):
        raise Http404 from None
    is_download = found.media_type not in IMAGES
    response = FileResponse(content, content_type=found.media_type, filename=found.name, as_attachment=is_download)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={int(links.LIFE.total_seconds())}"
    return response
