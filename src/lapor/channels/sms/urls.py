"""The addresses for Kannel, under /kanal/sms/."""

from __future__ import annotations

from django.urls import path

from lapor.channels.sms import views

urlpatterns = [
    path("masuk/", views.incoming, name="sms_incoming"),
    path("laporan/", views.receipt, name="sms_receipt"),
]
