"""Drawn photographs, so that reports have evidence and no picture lies in the repository: before and after."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from lapor.reports import files
from lapor.reports.files import StoredFile

SIZE = (960, 640)
VARIANTS = 3  # of each picture
_GRASS, _ASPHALT, _SKY, _MUD, _NIGHT = "#7c9a5b", "#5d6066", "#b9d3e6", "#6b5238", "#10151f"


def photo(kind: str, variant: int, *, after: bool) -> StoredFile:
    """Return a drawn photo of a subject, kept in the store like any upload; "after" pictures are public."""
    stored = _stored(kind, variant % VARIANTS, after)
    return replace(stored, is_public=after)


@cache
def _stored(kind: str, variant: int, after: bool) -> StoredFile:
    image = drawn(kind, variant, after=after)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=80)
    content.seek(0)
    return files.accept(content, f"{kind}-{'sesudah' if after else 'sebelum'}-{variant + 1}.jpg")


def drawn(kind: str, variant: int, *, after: bool) -> Image.Image:
    """Draw a scene of this kind; the same arguments give the same pixels."""
    dice = Random(f"{kind} {variant}")  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", SIZE, _SKY)
    pen = ImageDraw.Draw(image)
    _SCENES[kind](pen, dice, after)
    return image.filter(ImageFilter.GaussianBlur(1.2))


def _street(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 250, 960, 640), fill=_GRASS)
    pen.polygon([(400, 250), (560, 250), (900, 640), (60, 640)], fill=_ASPHALT)
    for y in range(270, 640, 60):
        pen.line([(480, y), (480, y + 26)], fill="#e8e4d0", width=3 + y // 120)


def _spots(pen: ImageDraw.ImageDraw, dice: Random, colour: str, many: int, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    for _ in range(many):
        x, y, size = dice.randint(left, right), dice.randint(top, bottom), dice.randint(20, 70)
        pen.ellipse((x, y, x + 2 * size, y + size), fill=colour)


def _road(pen: ImageDraw.ImageDraw, dice: Random, after: bool) -> None:
    _street(pen)
    _spots(pen, dice, "#44474d" if after else _MUD, 6, (250, 340, 600, 560))


def _drain(pen: ImageDraw.ImageDraw, dice: Random, after: bool) -> None:
    _street(pen)
    pen.polygon([(600, 250), (640, 250), (960, 540), (960, 640)], fill="#7fa7b8" if after else _MUD)
    if not after:
        _spots(pen, dice, "#8a7a5a", 12, (300, 420, 800, 600))


def _lamp(pen: ImageDraw.ImageDraw, dice: Random, after: bool) -> None:
    pen.rectangle((0, 0, 960, 640), fill=_NIGHT)
    pen.polygon([(400, 250), (560, 250), (900, 640), (60, 640)], fill="#1d222c")
    for x in (180, 480, 780):
        lean = dice.randint(-8, 8)
        pen.line([(x, 560), (x + lean, 160)], fill="#3a404c", width=10)
        if after:
            pen.polygon([(x + lean, 160), (x - 130, 560), (x + 130, 560)], fill="#5a5230")
        pen.ellipse((x - 22, 140, x + 22, 176), fill="#ffe9a8" if after else "#2a2f38")


def _waste(pen: ImageDraw.ImageDraw, dice: Random, after: bool) -> None:
    _street(pen)
    if after:
        pen.rectangle((640, 380, 860, 520), fill="#2f6b46")
        return
    for colour in ("#c9c3b2", "#3f5f8f", "#a8453c", "#e0d6a8"):
        _spots(pen, dice, colour, 6, (520, 380, 780, 540))


def _tree(pen: ImageDraw.ImageDraw, dice: Random, after: bool) -> None:
    _street(pen)
    lean = 0 if after else 120 + dice.randint(0, 60)
    pen.line([(200, 560), (200 + lean, 200)], fill="#5a4029", width=34)
    _spots(pen, dice, "#3d6b35" if after else "#8a7b3a", 9, (90 + lean, 90, 240 + lean, 220))


def _sign(pen: ImageDraw.ImageDraw, dice: Random, after: bool) -> None:
    _street(pen)
    pen.line([(700, 560), (700, 180)], fill="#9aa0a6", width=12)
    pen.ellipse((640, 110, 760, 230), fill="#b3261e" if after else "#8b5e3c")
    pen.rectangle((660, 160, 740, 180), fill="#ffffff")
    if not after:
        _spots(pen, dice, "#4f7a3f", 8, (590, 90, 720, 200))


def _school(pen: ImageDraw.ImageDraw, dice: Random, after: bool) -> None:
    pen.rectangle((0, 0, 960, 640), fill="#e9e2cf")
    pen.rectangle((0, 0, 960, 150), fill="#fbf8ef")
    pen.rectangle((0, 480, 960, 640), fill="#a98e6b")
    pen.rectangle((300, 220, 660, 400), fill="#2f5b46")
    if not after:
        _spots(pen, dice, "#3b332a", 5, (150, 20, 700, 90))


def _market(pen: ImageDraw.ImageDraw, dice: Random, after: bool) -> None:
    pen.rectangle((0, 420, 960, 640), fill="#8d8478")
    for n, colour in enumerate(("#c2543f", "#d8a13a", "#4f8a5b")):
        pen.rectangle((60 + n * 300, 300, 300 + n * 300, 460), fill=colour)
    pen.polygon([(0, 200), (480, 90), (960, 200)], fill="#9aa4ad")
    if not after:
        _spots(pen, dice, _SKY, 5, (200, 130, 640, 170))
        _spots(pen, dice, "#6f93a8", 6, (100, 500, 760, 580))


_SCENES: dict[str, Callable[[ImageDraw.ImageDraw, Random, bool], None]] = {
    "road": _road,
    "drain": _drain,
    "lamp": _lamp,
    "waste": _waste,
    "tree": _tree,
    "sign": _sign,
    "school": _school,
    "market": _market,
}
