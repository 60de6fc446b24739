"""Write a PDF anew with nothing but what its pages show; a program of its own, fed through its standard input.

    python -I pdf_rewriter.py LARGEST < came.pdf > kept.pdf

It runs apart because the file may be hostile: it sets its own limits before it reads a byte, and whatever goes wrong is
a return code other than 0. It knows nothing of this project. Who calls it: `lapor.reports.bare_pdf`.
"""

from __future__ import annotations

import io
import resource
import sys
from collections.abc import Iterator
from typing import Any

SECONDS = 15  # of CPU time
MEMORY = 1024**3  # bytes of address space; of which Python and its libraries take a quarter

# What a page may keep. All else goes: actions, annotations, notes of programs, thumbnails, structure, metadata.
PAGE = {
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
    "/Contents", "/Group", "/UserUnit",
}  # fmt: skip

# What nothing that a page shows may keep: notes about its maker, what runs, what reaches outside the file.
NEVER = (
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/A", "/AF", "/OpenAction", "/JS", "/JavaScript", "/URI",
    "/Launch", "/EF", "/EmbeddedFiles", "/Ref", "/OPI", "/Alternates", "/Measure", "/PtData", "/Author", "/Creator",
    "/Producer", "/CreationDate", "/ModDate", "/CreatorInfo",
)  # fmt: skip
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")  # of a stream: its content lies in another file

_JPEG_START, _JPEG_END, _SCAN = 0xD8, 0xD9, 0xDA
_JPEG_NOTES = {*range(0xE1, 0xEE), 0xEF, 0xFE} - {0xE2}  # APP1 to APP15 and comments, but ICC (APP2), Adobe (APP14)
_ALONE = {0x00, 0x01, *range(0xD0, 0xD8)}  # within a scan these begin no segment
_JP2_NOTES = {b"xml ", b"uuid", b"uinf"}


def main() -> None:
    """Read, write anew, and hand over; a result larger than asked for is no result."""
    bound()
    largest = int(sys.argv[1])
    written = rewritten(sys.stdin.buffer.read())
    if len(written) > largest:
        sys.exit("too large")
    sys.stdout.buffer.write(written)


def bound() -> None:
    """Bound this process: CPU time, memory, size of what it writes; no core is dumped."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEMORY // 16, MEMORY // 16))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def rewritten(content: bytes) -> bytes:
    """Return a new file with the same pages, what was filled in and stamped drawn into them.

    The same content gives the same bytes. Raises ValueError for a file without pages, and whatever pikepdf raises for
    one that is locked or broken.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as came, pikepdf.new() as kept:
        if not len(came.pages):
            raise ValueError("no pages")
        came.generate_appearance_streams()
        came.flatten_annotations("screen")
        for page in came.pages:
            sheet: Any = page.obj
            for key in set(sheet.keys()) - PAGE:
                del sheet[key]
        kept.pages.extend(came.pages)
        if "/OCProperties" in came.Root:  # which layers are hidden: without it all would show
            kept.Root.OCProperties = kept.copy_foreign(came.make_indirect(came.Root.OCProperties))
        for thing in kept.objects:
            _clean(thing, pikepdf)
        out = io.BytesIO()
        kept.save(
            out,
            min_version=came.pdf_version,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,  # never unpacks what may be a bomb
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
            deterministic_id=True,
        )
    return out.getvalue()


def _clean(thing: Any, pikepdf: Any) -> None:
    """Take from an object, and from all that lies directly in it, what nothing may keep."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += [inner for inner in one if _is_direct(inner, pikepdf)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            for key in NEVER + (OUTSIDE if isinstance(one, pikepdf.Stream) else ()):
                if key in one:
                    del one[key]
            waiting += [one[key] for key in one.keys() if _is_direct(one[key], pikepdf)]  # noqa: SIM118
        if isinstance(one, pikepdf.Stream):
            _clean_picture(one, pikepdf)


def _is_direct(thing: Any, pikepdf: Any) -> bool:
    return isinstance(thing, pikepdf.Array | pikepdf.Dictionary) and not thing.is_indirect


def _clean_picture(stream: Any, pikepdf: Any) -> None:
    """Take position, camera and time out of a photo that lies in the file as it was taken."""
    filters = stream.get("/Filter", [])
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    cleaners = {"/DCTDecode": bare_jpeg, "/DCT": bare_jpeg, "/JPXDecode": bare_jp2}
    if not names or names[-1] not in cleaners:
        return
    settings = stream.get("/DecodeParms", None)
    last = settings[-1] if isinstance(settings, pikepdf.Array) and len(settings) else settings
    raw = stream.read_raw_bytes() if len(names) == 1 else _unwrapped(stream, names, pikepdf)
    named = pikepdf.Name(names[-1])
    stream.write(cleaners[names[-1]](raw), filter=named, decode_parms=last)


def _unwrapped(stream: Any, names: list[str], pikepdf: Any) -> bytes:
    """Return the picture inside other wrappings, such as a JPEG that was packed once more."""
    with pikepdf.new() as aside:
        inner = pikepdf.Stream(aside, stream.read_raw_bytes())
        inner.Filter = pikepdf.Array([pikepdf.Name(name) for name in names[:-1]])
        content: bytes = inner.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    return content


def bare_jpeg(content: bytes) -> bytes:
    """Return a JPEG without what its camera and its programs noted; no pixel is touched. Raises ValueError."""
    if content[:2] != bytes((0xFF, _JPEG_START)):
        raise ValueError("no JPEG")
    return bytes((0xFF, _JPEG_START)) + b"".join(_segments(content)) + bytes((0xFF, _JPEG_END))


def _segments(content: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        if at + 4 > len(content) and content[at : at + 2] != bytes((0xFF, _JPEG_END)):
            raise ValueError("a JPEG without end")
        if content[at] != 0xFF:
            raise ValueError("a JPEG that cannot be read")
        kind = content[at + 1]
        if kind == 0xFF:  # padding
            at += 1
            continue
        if kind == _JPEG_END:
            return
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if kind == _SCAN:
            end = _end_of_scan(content, end)
        if kind not in _JPEG_NOTES and not (kind == 0xE2 and content[at + 4 : at + 15] != b"ICC_PROFILE"):
            yield content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next segment begins behind the pixels; the end of the content where there is none."""
    while (at := content.find(b"\xff", at)) != -1:
        if at + 1 < len(content) and content[at + 1] not in _ALONE and content[at + 1] != 0xFF:
            return at
        at += 1
    raise ValueError("a JPEG without end")


def bare_jp2(content: bytes) -> bytes:
    """Return a JPEG 2000 without boxes that say who made it, where and when. Raises ValueError."""
    if content[:2] == b"\xff\x4f":  # bare pixels
        return content
    kept, at = [], 0
    while at < len(content):
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        size = int.from_bytes(content[at + 8 : at + 16], "big") if size == 1 else size or len(content) - at
        if size < 8 or at + size > len(content):
            raise ValueError("a JPEG 2000 that cannot be read")
        if kind not in _JP2_NOTES:
            kept.append(content[at : at + size])
        at += size
    return b"".join(kept)


if __name__ == "__main__":
    main()
