"""Let a device hear of one report, or not any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lapor.identity.models import Device
from lapor.identity.seals import sealed_subscription
from lapor.identity.subscriptions import Subscription
from lapor.identity.vault import device_index

MOST_DEVICES = 5  # of one report; the oldest gives way


@transaction.atomic
def keep_device(*, report_code: str, subscription: Subscription, language: str, now: datetime) -> None:
    """Tell this device the news of this report from now on. The caller has seen that its owner holds the code."""
    Device.objects.update_or_create(
        report_code=report_code,
        index=device_index(subscription.endpoint),
        defaults={
            "sealed": sealed_subscription(report_code, subscription),
            "language": language,
            "created_at": now,
        },
    )
    newest = Device.objects.filter(report_code=report_code).order_by("-created_at", "-pk")
    Device.objects.filter(pk__in=list(newest.values_list("pk", flat=True)[MOST_DEVICES:])).delete()


def drop_device(*, report_code: str, endpoint: str) -> None:
    """Tell this device nothing of this report any more."""
    Device.objects.filter(report_code=report_code, index=device_index(endpoint)).delete()


def forget_device(*, device: int) -> None:
    """Forget a device whose push service says that it is gone, in all the reports that it listened to."""
    index = Device.objects.filter(pk=device).values_list("index", flat=True).first()
    if index is not None:
        Device.objects.filter(index=index).delete()


def forget_devices_of(*, report_codes: Iterable[str]) -> int:
    """Forget every device that listens to these reports, when their reporter wants to be forgotten; return how many."""
    return Device.objects.filter(report_code__in=list(report_codes)).delete()[0]
