"""Evidence files: accepted by what they are, not by their name; stored by content; served from here only.

Images are decoded within a pixel limit and written anew, so that no metadata (position, camera, thumbnail) survives;
a PDF is written anew too, so that nothing runs in it and nothing tells who made it (docs/adr/0012). Sound and film of a
message lose what their device noted beside them.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import re
import secrets
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import filetype
import pi_heif
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image

from lapor.kernel.errors import InvalidInput
from lapor.reports.bare_pdf import NotRewritten, bare_pdf
from lapor.reports.recordings import RecordingBroken, bare, kind_of

LARGEST = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2560
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pi_heif.register_heif_opener(thumbnails=False)
_UPRIGHT = {  # what brings a photo upright, by what its camera noted
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
HEIF = {"image/heic", "image/heif"}  # what iPhones take; kept as JPEG, which every browser shows
PDF = "application/pdf"


class FileRefused(InvalidInput):
    """This file cannot be accepted; the rest of the form is kept."""

    def __init__(self, sentence: object, name: str) -> None:
        self.name = name
        super().__init__(sentence, field="files")


@dataclass(frozen=True)
class StoredFile:
    """A file in the store, not yet referenced by a report. `sha256` is over the bytes as stored."""

    sha256: str
    media_type: str
    size: int
    name: str
    width: int | None = None
    height: int | None = None
    is_public: bool = False
    stage: str = ""


def accept(upload: IO[bytes], name: str, *, recordings: bool = False) -> StoredFile:
    """Check, clean and store one upload; raises FileRefused with a sentence that names the file.

    Sound and film are taken only where `recordings` says so: from a message, whose sender has nothing else at hand.
    Reads at most LARGEST bytes. Safe to repeat: the same content is stored once.
    """
    name = clean_name(name)
    content = upload.read(LARGEST + 1)
    if not content:
        raise FileRefused(_("The file “%(name)s” is empty.") % {"name": name}, name)
    if recordings and (sounds := kind_of(content)):
        check_size(len(content), name)
        return _accept_recording(content, sounds, name)
    kind = filetype.guess_mime(content) or ""
    if kind.startswith("video/"):
        raise FileRefused(_("“%(name)s” is a video. Please send photos of it instead.") % {"name": name}, name)
    check_size(len(content), name)
    if kind in IMAGES or kind in HEIF:
        return _accept_image(content, kind, name)
    if kind == PDF:
        return _accept_pdf(content, name)
    raise FileRefused(
        _("The file “%(name)s” is neither a photo (JPEG, PNG, WebP, HEIC) nor a PDF.") % {"name": name}, name
    )


def check_size(size: int, name: str) -> None:
    """Refuse a file of more bytes than one may have; raises FileRefused."""
    if size > LARGEST:
        raise FileRefused(
            _("The file “%(name)s” is too large: at most %(mb)d MB.") % {"name": name, "mb": LARGEST // 1024**2}, name
        )


def open_stored(sha256: str) -> IO[bytes]:
    """Open a stored file for reading; raises FileNotFoundError."""
    return _path(sha256).open("rb")


def clean_name(name: str) -> str:
    """Return a file name without folders, control characters and direction marks, at most 100 characters."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{(stem or ending)[:90]}{dot if stem else ''}{ending[:9] if stem else ''}" or "file"


def new_token() -> str:
    """Return a random name for addresses."""
    return secrets.token_hex(16)


def _accept_pdf(content: bytes, name: str) -> StoredFile:
    try:
        written = bare_pdf(content, LARGEST)
    except NotRewritten:
        raise FileRefused(
            _(
                "The PDF “%(name)s” is locked or damaged, so we cannot take out what it may say about its maker. "
                "Please send it without a password, or send photos of it."
            )
            % {"name": name},
            name,
        ) from None
    return StoredFile(_store(written), PDF, len(written), name)


def _accept_recording(content: bytes, kind: str, name: str) -> StoredFile:
    try:
        written = bare(content, kind)
    except RecordingBroken:
        raise FileRefused(_("The recording “%(name)s” is damaged and cannot be kept.") % {"name": name}, name) from None
    return StoredFile(_store(written), kind, len(written), name)


def _accept_image(content: bytes, found: str, name: str) -> StoredFile:
    kind, form = (found, IMAGES[found]) if found in IMAGES else ("image/jpeg", "HEIF")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(content), formats=[form])
            image = _upright(image)
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            written = _encode(image, IMAGES[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused(
            _("The photo “%(name)s” has too many pixels: at most 40 million.") % {"name": name}, name
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError):
        raise FileRefused(_("The photo “%(name)s” is damaged and cannot be read.") % {"name": name}, name) from None
    return StoredFile(_store(written), kind, len(written), name, image.width, image.height)


def _upright(image: Image.Image) -> Image.Image:
    """Turn a photo as its camera was held; other notes of the camera, which may be broken, are not looked at."""
    turn = _UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return image if turn is None else image.transpose(turn)


def _encode(image: Image.Image, form: str) -> bytes:
    """Write pixels only: a new image from the old one's pixels carries no metadata."""
    if form == "JPEG" and image.mode not in ("RGB", "L"):
        image = image.convert("RGB")
    bare = Image.new(image.mode, image.size)
    if image.mode == "P":
        bare = image.convert("RGBA")
        bare.info.clear()
    else:
        bare.paste(image)
    out = io.BytesIO()
    bare.save(out, form, quality=85) if form != "PNG" else bare.save(out, form, optimize=False)
    return out.getvalue()


def _store(content: bytes) -> str:
    """Keep the bytes under their SHA-256: file and folder are on disk before a report may refer to them."""
    sha256 = hashlib.sha256(content).hexdigest()
    with _marked(sha256):
        if not _path(sha256).exists():
            _write(_path(sha256), content)
    return sha256


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def marks() -> Path:
    """Return the folder in which an empty file of each content's name tells when it last came in."""
    return Path(settings.MEDIA_ROOT) / "new"


@contextmanager
def _marked(sha256: str) -> Iterator[None]:
    """Note that this content came in now, and keep the sweep of what no report took away from it meanwhile."""
    mark = marks() / sha256
    mark.parent.mkdir(parents=True, exist_ok=True)
    with mark.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        os.utime(file.fileno())
        yield


def mark_anew(sha256: str) -> None:
    """Let the sweep ask again whether anybody names this content."""
    with _marked(sha256):
        pass


def forget_stored(sha256: str) -> None:
    """Remove a stored file; does nothing when it is gone. The caller knows that nobody names it."""
    _path(sha256).unlink(missing_ok=True)


def _path(sha256: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise FileNotFoundError(sha256)
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256
