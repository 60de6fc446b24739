"""Which of WhatsApp, Facebook, Instagram, X and YouTube are set up; nothing set: no such channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

META = "lapor.channels.meta"


APP = ("LAPOR_META_APP_SECRET", "LAPOR_META_VERIFY_TOKEN")
X = "lapor.channels.x.outbound.X"
YOUTUBE = "lapor.channels.youtube.outbound.YouTube"
# What each needs: its own two or more, and what it shares with others.
NEEDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    f"{META}.outbound.WhatsApp": (("LAPOR_WHATSAPP_PHONE_ID", "LAPOR_WHATSAPP_TOKEN"), APP),
    f"{META}.outbound.Facebook": (("LAPOR_FACEBOOK_PAGE_ID", "LAPOR_FACEBOOK_TOKEN"), APP),
    f"{META}.outbound.Instagram": (("LAPOR_INSTAGRAM_ID", "LAPOR_INSTAGRAM_TOKEN"), APP),
    X: (("LAPOR_X_USER_ID", "LAPOR_X_KEY", "LAPOR_X_SECRET", "LAPOR_X_TOKEN", "LAPOR_X_TOKEN_SECRET"), ()),
    YOUTUBE: (
        (
            "LAPOR_YOUTUBE_CHANNEL_ID",
            "LAPOR_YOUTUBE_KEY",
            "LAPOR_YOUTUBE_CLIENT_ID",
            "LAPOR_YOUTUBE_CLIENT_SECRET",
            "LAPOR_YOUTUBE_REFRESH_TOKEN",
        ),
        (),
    ),
}


def channels(read: Mapping[str, Any]) -> list[str]:
    """Return the classes that send, of the channels that are set up. Raises ImproperlyConfigured for a half one."""
    return [path for path, (names, also) in NEEDS.items() if _is_whole(read, names, also)]


def previews() -> dict[str, str]:
    """Return by channel the function that gives the words of a letter as they are read there."""
    return dict.fromkeys(("whatsapp", "facebook", "instagram"), f"{META}.compose.text_of")


def parsers() -> dict[str, str]:
    """Return who reads what each of these channels brings."""
    of_meta = dict.fromkeys(("whatsapp", "facebook", "instagram"), f"{META}.inbound.read")
    return of_meta | {"x": "lapor.channels.x.inbound.read", "youtube": "lapor.channels.youtube.inbound.read"}


def loops(classes: Iterable[str]) -> dict[str, str]:
    """Return what has to ask its provider, of the channels that are set up."""
    pollers = {X: ("x", "lapor.channels.x.poller.Poller"), YOUTUBE: ("youtube", "lapor.channels.youtube.poller.Poller")}
    return dict(pollers[path] for path in classes if path in pollers)


def _is_whole(read: Mapping[str, Any], names: tuple[str, ...], also: tuple[str, ...]) -> bool:
    if not any(read[name] for name in names):
        return False
    if absent := [name for name in (*names, *also) if not read[name]]:
        raise ImproperlyConfigured(f"{', '.join(absent)} is missing: {names[0]} does not work without it.")
    return True
