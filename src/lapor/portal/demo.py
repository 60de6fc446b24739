"""The demo's cast: obviously fictional people whose chair anybody may take, only where settings.DEMO is on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from lapor.agencies.queries.cast import Chair, account_of_chair, chairs


def cast(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `demo_cast`, the people by institution, for the banner; nothing outside the demo."""
    return {"demo_cast": list(_groups(request))} if settings.DEMO else {}


def person(typed: str) -> AbstractBaseUser | None:
    """Return the account of somebody made for the demo; None for everybody else, and everywhere else."""
    return account_of_chair(int(typed)) if settings.DEMO and typed.isdecimal() and len(typed) < 18 else None


def _groups(request: HttpRequest) -> Iterator[dict[str, Any]]:
    for house, seats in groupby(chairs(timezone.now()), key=lambda chair: chair.house):
        yield {"title": house, "people": [_seat(chair, request) for chair in seats]}


def _seat(chair: Chair, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": chair.account_id,
        "name": chair.name,
        "role": chair.role,
        "desk": chair.desk,
        "current": chair.account_id == _account_of(request),
    }


def _account_of(request: HttpRequest) -> int | None:
    """Return who is signed in. A request refused before anybody was looked up (a wrong host name) has no user."""
    user = getattr(request, "user", None)
    return user.pk if user else None
