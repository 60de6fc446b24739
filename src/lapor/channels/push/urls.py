"""The address for the service worker, under /kanal/push/."""

from __future__ import annotations

from django.urls import path

from lapor.channels.push import views

urlpatterns = [path("", views.receipt, name="push_receipt")]
