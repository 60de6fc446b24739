"""A report too large for any form: its beginning is kept, so that the form comes back with words, no bare refusal.

Django stops reading a form at 2 MB of words (and at 60 files). The form's text comes first in what a browser sends, so
that the beginning of the body holds all of it that could be taken.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters

KEPT = 128 * 1024  # bytes: more than the longest text that is taken, whatever its letters
DRAINED = 20 * 1024**2  # bytes: a browser that is still sending reads no answer
PIECE = 64 * 1024

Parsed = tuple[QueryDict, MultiValueDict[str, Any]]


class Beginning:
    """A body that is read once, with its first `KEPT` bytes in `kept`."""

    def __init__(self, body: Any) -> None:
        self._body = body
        self.kept = b""

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes of the body, or fewer at its end."""
        read: bytes = self._body.read(size)
        self.kept += read[: KEPT - len(self.kept)]
        return read

    def drain(self) -> None:
        """Read on without keeping anything, up to a bound: nobody has to be patient with a body without end."""
        for _ in range(DRAINED // PIECE):
            if not self._body.read(PIECE):
                return


class KeepBeginning:
    """Let the report form be read as far as it goes. `is_cut` tells the view that this happened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path == reverse("portal:form"):
            _watch(request)
        return self.get_response(request)


def is_cut(request: HttpRequest) -> bool:
    """Read the form now, and tell whether only its beginning could be."""
    return bool(request.POST) and getattr(request, "is_cut", False)


def _watch(request: HttpRequest) -> None:
    parse = request.parse_file_upload

    def as_far_as_it_goes(meta: dict[str, Any], body: Any) -> Parsed:
        watched = Beginning(body)
        try:
            return parse(meta, watched)  # type: ignore[arg-type]  # Django reads it, nothing else
        except (RequestDataTooBig, TooManyFilesSent):
            watched.drain()
            request.is_cut = True  # type: ignore[attr-defined]
            return _fields(meta, watched.kept)

    request.parse_file_upload = as_far_as_it_goes  # type: ignore[method-assign, assignment]


def _fields(meta: dict[str, Any], beginning: bytes) -> Parsed:
    """Return the fields in the beginning of a multipart body, closed where it was cut; no files."""
    boundary = parse_header_parameters(meta["CONTENT_TYPE"])[1]["boundary"]
    between = f"\r\n--{boundary}".encode("latin-1")
    (words, *_) = re.split(re.escape(between) + rb'\r\n[^\r\n]*; filename="', beginning, maxsplit=1)
    whole = words + between + b"--\r\n"
    return MultiPartParser({**meta, "CONTENT_LENGTH": len(whole)}, io.BytesIO(whole), []).parse()
