"""Squares for a phone's camera (QR codes), drawn into the page."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def square_of(text: str) -> SafeString:
    """Return an inline SVG with the class `qr-square`, as large as its box."""
    drawn = segno.make(text, error="m", micro=False)
    picture = drawn.svg_inline(border=4, omitsize=True, svgclass="qr-square", lineclass=None)
    return mark_safe(picture)  # noqa: S308 - segno's own drawing: of the text only squares remain
