"""How far a channel has fetched from its provider, kept in the database so that it goes on there after any stop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lapor.kernel.models import Checkpoint


def read_checkpoint(name: str) -> dict[str, Any]:
    """Return what was written last under a name, such as {"validity": 1, "uid": 77}; empty when nothing was."""
    place: dict[str, Any] | None = Checkpoint.objects.filter(name=name).values_list("place", flat=True).first()
    return place or {}


def write_checkpoint(name: str, place: dict[str, Any], *, now: datetime) -> None:
    """Keep how far a channel has come; only after what came before it is committed."""
    Checkpoint.objects.update_or_create(name=name, defaults={"place": place, "at": now})
