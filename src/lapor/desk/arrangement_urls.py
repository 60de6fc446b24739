"""The addresses behind "Arrangement": signing in, support access, and what admins keep in order."""

from __future__ import annotations

from django.urls import path

from lapor.desk.views import security, support

urlpatterns = [
    path("keamanan/", security.signing_in, name="security"),
    path("keamanan/aplikasi/", security.app, name="security_app"),
    path("keamanan/kunci/", security.key, name="security_key"),
    path("dukungan/", support.visits, name="support"),
    path("dukungan/<int:visit>/", support.visit, name="support_visit"),
    path("dukungan/<int:visit>/selesai/", support.end, name="support_end"),
]
