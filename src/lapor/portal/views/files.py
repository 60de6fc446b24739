"""Hand out a file to whoever holds its short-lived signed address."""

from __future__ import annotations

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from lapor.portal import links
from lapor.reports.files import IMAGES, open_stored


@require_safe
def file(request: HttpRequest, token: str) -> FileResponse:
    """Serve an image in the page and everything else as a download; nothing in it can run or load anything."""
    try:
        sha256, media_type, name = links.read(token)
        content = open_stored(sha256)
    except (signing.BadSignature, FileNotFoundError):
        raise Http404 from None
    response = FileResponse(content, content_type=media_type, filename=name, as_attachment=media_type not in IMAGES)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={int(links.LIFE.total_seconds())}"
    return response
