"""Which of WhatsApp, Facebook, Instagram, X and YouTube are set up; nothing set: no such channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

META = "lapor.channels.meta"


def channels(read: Mapping[str, Any]) -> list[str]:
    """Return the classes that send, of the channels that are set up. Raises ImproperlyConfigured for a half one."""
    wanted = {
        f"{META}.outbound.WhatsApp": ("LAPOR_WHATSAPP_PHONE_ID", "LAPOR_WHATSAPP_TOKEN"),
        f"{META}.outbound.Facebook": ("LAPOR_FACEBOOK_PAGE_ID", "LAPOR_FACEBOOK_TOKEN"),
        f"{META}.outbound.Instagram": ("LAPOR_INSTAGRAM_ID", "LAPOR_INSTAGRAM_TOKEN"),
    }
    app = ("LAPOR_META_APP_SECRET", "LAPOR_META_VERIFY_TOKEN")
    return [path for path, names in wanted.items() if _is_whole(read, names, app)]


def parsers() -> dict[str, str]:
    """Return who reads what each of these channels brings."""
    return dict.fromkeys(("whatsapp", "facebook", "instagram"), f"{META}.inbound.read")


def _is_whole(read: Mapping[str, Any], names: tuple[str, ...], also: tuple[str, ...]) -> bool:
    if not any(read[name] for name in names):
        return False
    if absent := [name for name in (*names, *also) if not read[name]]:
        raise ImproperlyConfigured(f"{', '.join(absent)} is missing: {names[0]} does not work without it.")
    return True
