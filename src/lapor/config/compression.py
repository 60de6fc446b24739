"""Pages leave compressed: many visitors pay by the byte, and a small installation has no proxy that would do it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/manifest+json", "application/xml", "application/atom+xml")


class CompressTexts(GZipMiddleware):
    """Django's compression, padded against BREACH, for texts alone: photos and PDFs would only cost time."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a text, leave everything else as it is."""
        if response.headers.get("Content-Type", "").startswith(TEXTS):
            return super().process_response(request, response)
        return response
