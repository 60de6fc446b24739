"""The addresses at which providers hand over messages and receipts, all under /kanal/; one line for each channel."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "channels"

urlpatterns: list[URLPattern | URLResolver] = [
    path("meta/", include("lapor.channels.meta.urls")),
    path("push/", include("lapor.channels.push.urls")),
    path("sms/", include("lapor.channels.sms.urls")),
]
