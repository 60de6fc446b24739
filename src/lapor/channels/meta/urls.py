"""The one address for Meta, under /kanal/meta/."""

from __future__ import annotations

from django.urls import path

from lapor.channels.meta import views

urlpatterns = [path("", views.webhook, name="meta_webhook")]
