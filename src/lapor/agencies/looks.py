"""The colours an institution may choose from, and its crest made safe to show to everybody."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image

from lapor.kernel.errors import InvalidInput

# The house's own indigo, nila, is the empty choice. Every one is defined in frontend/scss/_looks.scss, where a test
# keeps its contrasts: free colours would let an institution choose words that nobody can read.
COLOURS = ("hijau", "toska", "biru", "ungu", "marun", "cokelat")
LARGEST = 2 * 1024 * 1024
MOST_PIXELS = 4_000_000
SIDE = 256


@dataclass(frozen=True)
class Crest:
    """A crest as it is kept: PNG bytes and the mark that names them."""

    png: bytes
    mark: str


def read_crest(upload: IO[bytes]) -> Crest:
    """Return the picture at most SIDE pixels wide and high, written anew; raises InvalidInput for anything else."""
    content = upload.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise InvalidInput(_("The crest is too large: at most 2 MB."), field="crest")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            png = _written(Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP"]))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InvalidInput(_("The crest must be a picture: PNG, JPEG or WebP."), field="crest") from None
    return Crest(png, hashlib.sha256(png).hexdigest()[:16])


def _written(image: Image.Image) -> bytes:
    if image.width * image.height > MOST_PIXELS:  # asked before a single pixel is decoded
        raise ValueError("too many pixels")
    image = image.convert("RGBA")
    image.thumbnail((SIDE, SIDE))
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()
