"""Recordings as phones make them, small: an Ogg stream's first page, and a film of empty boxes with its notes."""

from __future__ import annotations

VOICE = b"OggS\x00\x02" + bytes(22) + b"OpusHead\x01\x01" + bytes(9)
PLACE = b"-06.2000+106.8166/"


def box(name: bytes, content: bytes = b"") -> bytes:
    """Return one box (ISO/IEC 14496-12)."""
    return (8 + len(content)).to_bytes(4, "big") + name + content


def film(brand: bytes = b"isom") -> bytes:
    """Return a film that says where it was made, as phones write it."""
    place = box(b"udta", box(b"\xa9xyz", PLACE))
    track = box(b"trak", box(b"tkhd", bytes(4)) + box(b"meta", PLACE))
    picture = box(b"mdat", b"picture")
    return box(b"ftyp", brand + bytes(4)) + box(b"moov", box(b"mvhd", bytes(4)) + track + place) + picture
