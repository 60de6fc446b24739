"""The colours of both faces keep WCAG 2.2 AA in light and in dark."""

import re
from pathlib import Path

import pytest

from lapor.agencies.looks import COLOURS

TOKENS = (Path(__file__).parents[2] / "frontend" / "tokens.scss").read_text(encoding="utf-8")
STATUSES = ("unverified", "disposed", "in_progress", "pending", "closed", "archived", "escalated")

TEXT = [  # (text, ground): at least 4.5 to 1
    *[
        (ink, ground)
        for ink in ("ink", "text", "text-muted", "link-color")
        for ground in ("page", "surface", "surface-sunken")
    ],
    *[(f"{status}-fg", f"{status}-bg") for status in STATUSES],
    *[(f"{status}-fg", "surface") for status in STATUSES],
    *[(f"{kind}-fg", f"{kind}-bg") for kind in ("good", "note", "warn", "bad")],
    *[(f"{kind}-fg", "surface") for kind in ("on_time", "soon", "bad")],
    ("late-fg", "late-bg"),
    ("on-brand", "brand-nila"),
    ("on-brand", "brand-nila-deep"),
    ("on-brand", "brand-merah"),
    ("on-brand", "primary"),
    ("on-brand", "primary-hover"),
    ("ink", "primary-tint"),
    ("text", "soga-tint"),
    ("text-muted", "primary-tint"),
]
SIGNS = [  # (sign, ground): at least 3 to 1
    *[(f"{status}-mark", "surface") for status in STATUSES],
    *[(f"{status}-mark", f"{status}-bg") for status in STATUSES],
    ("line-strong", "surface"),
    ("line-strong", "page"),
    ("focus", "surface"),
    ("focus", "page"),
    ("bad-line", "surface"),
]


def scheme(name: str) -> dict[str, str]:
    """Return the colours of "light" or "dark"; dark takes over what it does not change."""
    body = re.search(rf"@mixin {name} \{{(.*?)\n\}}", TOKENS, re.S)
    assert body, f"tokens.scss has no mixin {name!r}"
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body[1]))
    return scheme("light") | colours if name == "dark" else colours


LOOKS = re.findall(
    r'"(\w+)":\s+\(([^)]+)\)',
    (Path(__file__).parents[2] / "frontend" / "scss" / "_look-colours.scss").read_text(encoding="utf-8"),
)


def test_every_look_that_may_be_chosen_has_its_colours() -> None:
    assert tuple(name for name, _ in LOOKS) == COLOURS


@pytest.mark.parametrize(("look", "listed"), LOOKS)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_an_institutions_colours_can_be_read_too(look: str, listed: str, name: str) -> None:
    brand, deep, hover, tint, link, *dark = re.findall(r"#[0-9a-f]{6}", listed)
    own = {"brand-nila": brand, "brand-nila-deep": deep}
    own |= {
        "primary": brand,
        "primary-hover": hover,
        "primary-tint": tint,
        "link-color": link,
        "link-hover-color": deep,
    }
    if name == "dark":
        own |= dict(
            zip(("primary", "primary-hover", "primary-tint", "link-color", "link-hover-color"), dark, strict=True)
        )
    colours = scheme(name) | own
    weak = {
        (a, b): round(contrast(colours[a], colours[b]), 2) for a, b in TEXT if contrast(colours[a], colours[b]) < 4.5
    }
    assert not weak


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_can_be_read_on_its_ground(name: str) -> None:
    colours = scheme(name)
    weak = {
        (a, b): round(contrast(colours[a], colours[b]), 2) for a, b in TEXT if contrast(colours[a], colours[b]) < 4.5
    }
    assert not weak


@pytest.mark.parametrize("name", ["light", "dark"])
def test_signs_stand_out_from_their_ground(name: str) -> None:
    colours = scheme(name)
    weak = {
        (a, b): round(contrast(colours[a], colours[b]), 2) for a, b in SIGNS if contrast(colours[a], colours[b]) < 3
    }
    assert not weak
