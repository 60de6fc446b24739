"""Which devices listen to a report, and where they are reached; for messaging and nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lapor.identity.models import Device
from lapor.identity.seals import subscription_of
from lapor.identity.subscriptions import Subscription


@dataclass(frozen=True)
class Listener:
    """A device in clear, and the language its owner reads."""

    subscription: Subscription
    language: str


def listening_to(report_codes: Iterable[str]) -> dict[str, list[int]]:
    """Return the ids of the devices by the code of the report they listen to. One query."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = Device.objects.filter(report_code__in=set(report_codes)).order_by("pk")
    for code, device in rows.values_list("report_code", "pk"):
        found[code].append(device)
    return found


def listeners(devices: Iterable[int]) -> dict[int, Listener]:
    """Return devices by id, without those that were forgotten meanwhile. One query."""
    rows = Device.objects.filter(pk__in=set(devices))
    return {device.pk: Listener(subscription_of(device), device.language) for device in rows}
