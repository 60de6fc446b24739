"""The addresses behind "Arrangement": signing in, support access, and what admins keep in order."""

from __future__ import annotations

from django.urls import path

from lapor.desk.views import audit, decree, routing, security, support, templates, units

urlpatterns = [
    path("keamanan/", security.signing_in, name="security"),
    path("keamanan/aplikasi/", security.app, name="security_app"),
    path("keamanan/kunci/", security.key, name="security_key"),
    path("dukungan/", support.visits, name="support"),
    path("dukungan/<int:visit>/", support.visit, name="support_visit"),
    path("dukungan/<int:visit>/selesai/", support.end, name="support_end"),
    path("petugas/sk/<int:decree>/", decree.decree, name="decree_page"),
    path("petugas/sk/<int:decree>/berkas/", decree.download, name="decree_file"),
    path("satuan/", units.units, name="units"),
    path("satuan/tanpa-petugas/", units.unmanned, name="unmanned"),
    path("satuan/<slug:code>/", units.unit, name="unit"),
    path("penerusan/", routing.routing, name="routing"),
    path("templat/", templates.templates, name="templates"),
    path("templat/baru/", templates.template, name="new_template"),
    path("templat/<int:template>/", templates.template, name="template"),
    path("jejak/", audit.audit, name="audit"),
]
