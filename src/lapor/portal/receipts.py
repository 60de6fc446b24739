"""The receipt's picture: a QR code that opens the tracking page with the code filled in."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe

from lapor.kernel.codes import show_code


def code_picture(address: str, code: str) -> SafeString:
    """Return an inline SVG. The code stands behind "#", which browsers keep to themselves: no server ever logs it."""
    drawn = segno.make(f"{address}#{show_code(code)}", error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=4, border=2, omitsize=True))  # noqa: S308 - segno's own drawing
