"""Which social channels an installation has: none by default, a whole one when all of it is set, never half of one."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from lapor.config import settings, social

EVERYTHING = {name: "set" for names, also in social.NEEDS.values() for name in (*names, *also)}
NOTHING = dict.fromkeys(EVERYTHING, "")


def test_nothing_set_is_no_channel() -> None:
    assert social.channels(NOTHING) == []
    assert social.loops([]) == {}


def test_everything_set_is_every_channel_and_all_of_it_can_be_loaded() -> None:
    classes = social.channels(EVERYTHING)

    keys = {import_string(path).key for path in classes}
    assert keys == set(social.parsers()) == {"whatsapp", "facebook", "instagram", "x", "youtube"}
    for path in (*social.parsers().values(), *social.loops(classes).values()):
        assert callable(import_string(path))
    assert set(social.loops(classes)) == {"x", "youtube"}


@pytest.mark.parametrize("absent", sorted(EVERYTHING))
def test_half_a_channel_stops_the_start_and_says_what_is_missing(absent: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=absent):
        social.channels({**EVERYTHING, absent: ""})


def test_every_variable_is_read_from_the_environment() -> None:
    assert [name for name in EVERYTHING if not hasattr(settings, name)] == []
