"""The SOP fixes two colours, and lateness never changes them (S63, C18)."""

from __future__ import annotations

import colorsys

import pytest
from tests.frontend.test_tokens import STATUSES, scheme

from lapor.sop.vocabulary import Status

RED, YELLOW = (345, 15), (35, 60)  # degrees on the wheel of hues; red lies on both sides of zero


def hue(colour: str) -> float:
    """Return the hue of #rrggbb in degrees."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)[0] * 360


def within(degrees: float, first: int, last: int) -> bool:
    """Tell whether a hue lies between two, clockwise."""
    return first <= degrees <= last if first <= last else degrees >= first or degrees <= last


@pytest.mark.parametrize("name", ["light", "dark"])
def test_S63_not_followed_up_is_red_and_in_progress_is_yellow(name: str) -> None:
    colours = scheme(name)

    assert within(hue(colours["disposed-mark"]), *RED)
    assert within(hue(colours["in_progress-mark"]), *YELLOW)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_S63_no_other_status_has_their_colours(name: str) -> None:
    colours = scheme(name)
    others = [status for status in STATUSES if status not in (Status.DISPOSED, Status.IN_PROGRESS)]

    assert set(STATUSES) == {str(status) for status in Status}
    assert not [status for status in others if colours[f"{status}-mark"] == colours["disposed-mark"]]
    assert not [status for status in others if colours[f"{status}-mark"] == colours["in_progress-mark"]]


def test_C18_lateness_has_colours_of_its_own_beside_those_of_the_status() -> None:
    colours = scheme("light")

    for late in ("on_time", "soon", "late"):
        assert f"{late}-fg" in colours
        assert late not in STATUSES
