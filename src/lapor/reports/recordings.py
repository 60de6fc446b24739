"""Sound and film that come with a message: told by their first bytes, and rid of what their device noted beside them.

A phone writes where a film was made into boxes beside the picture (`udta`, `meta`; ISO/IEC 14496-12), and a music
program who made a sound into tags (ID3). Both are taken out. Nothing is decoded: pictures and sounds stay as they came.
"""

from __future__ import annotations

import filetype

OGG, AMR, AAC, MP3, M4A = "audio/ogg", "audio/amr", "audio/aac", "audio/mpeg", "audio/mp4"
MP4, GP3, QUICKTIME = "video/mp4", "video/3gpp", "video/quicktime"
SOUND, FILM = frozenset({OGG, AMR, AAC, MP3, M4A}), frozenset({MP4, GP3, QUICKTIME})
RECORDINGS = SOUND | FILM
_BOXED = FILM | {M4A}
_CONTAINERS = frozenset({b"moov", b"trak", b"moof", b"traf"})
_NOTES = frozenset({b"udta", b"meta", b"uuid"})
DEEPEST = 8  # boxes within boxes; a film has two
_ID3, _OLD_ID3, _OLD_ID3_SIZE = b"ID3", b"TAG", 128


class RecordingBroken(Exception):
    """It is not whole, so nobody can say what is in it."""


def kind_of(content: bytes) -> str:
    """Return the media type of a recording that is kept, empty for everything else."""
    if content[4:8] == b"ftyp" and content[8:11] in (b"3gp", b"3g2"):
        return GP3
    found = filetype.guess_mime(content[:4096]) or ""
    return found if found in RECORDINGS else ""


def bare(content: bytes, kind: str) -> bytes:
    """Return a recording without notes about place, device and maker; raises RecordingBroken."""
    if kind in _BOXED:
        written = bytearray(content)
        _blank(written, 0, len(written), DEEPEST)
        return bytes(written)
    return _without_tags(content) if kind == MP3 else content


def _blank(written: bytearray, begin: int, end: int, depth: int) -> None:
    """Turn each box of notes into an empty one of its size: what is elsewhere in the file is found by its place."""
    if not depth:
        raise RecordingBroken
    while begin < end:
        head, size = _box(written, begin, end)
        name = bytes(written[begin + 4 : begin + 8])
        if name in _NOTES:
            written[begin + 4 : begin + 8] = b"free"
            written[begin + head : begin + size] = bytes(size - head)
        elif name in _CONTAINERS:
            _blank(written, begin + head, begin + size, depth - 1)
        begin += size


def _box(written: bytearray, begin: int, end: int) -> tuple[int, int]:
    """Return how long a box's head is and how long the box, in bytes."""
    head, size = 8, int.from_bytes(written[begin : begin + 4], "big")
    if size == 1:
        head, size = 16, int.from_bytes(written[begin + 8 : begin + 16], "big")
    elif size == 0:  # to the end of the file
        size = end - begin
    if size < head or begin + size > end:
        raise RecordingBroken
    return head, size


def _without_tags(content: bytes) -> bytes:
    if content[:3] == _ID3 and len(content) >= 10:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size :]
    if content[-_OLD_ID3_SIZE:][:3] == _OLD_ID3:
        content = content[:-_OLD_ID3_SIZE]
    if not content:
        raise RecordingBroken
    return content
