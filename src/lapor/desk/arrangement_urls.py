"""The addresses behind "Arrangement": signing in, support access, and what admins keep in order."""

from __future__ import annotations

from django.urls import path

from lapor.desk.views import (
    audit,
    categories,
    decree,
    handing,
    hours,
    routing,
    security,
    sop,
    suggestions,
    support,
    tags,
    templates,
    units,
)

urlpatterns = [
    path("keamanan/", security.signing_in, name="security"),
    path("keamanan/aplikasi/", security.app, name="security_app"),
    path("keamanan/kunci/", security.key, name="security_key"),
    path("dukungan/", support.visits, name="support"),
    path("dukungan/<int:visit>/", support.visit, name="support_visit"),
    path("dukungan/<int:visit>/selesai/", support.end, name="support_end"),
    path("petugas/sk/<int:decree>/", decree.decree, name="decree_page"),
    path("petugas/sk/<int:decree>/berkas/", decree.download, name="decree_file"),
    path("petugas/<int:appointment>/serah-terima/", handing.hand_over, name="hand_over"),
    path("petugas/<int:appointment>/pekerjaan/", handing.hand_work, name="hand_work"),
    path("petugas/<int:appointment>/berhenti/", handing.end, name="end_seat"),
    path("serah-terima/<int:hand_over>/", handing.handed, name="handed"),
    path("satuan/", units.units, name="units"),
    path("satuan/tanpa-petugas/", units.unmanned, name="unmanned"),
    path("satuan/<slug:code>/laporan-terbuka/", handing.move_open, name="move_open"),
    path("satuan/<slug:code>/", units.unit, name="unit"),
    path("penerusan/", routing.routing, name="routing"),
    path("templat/", templates.templates, name="templates"),
    path("templat/baru/", templates.template, name="new_template"),
    path("templat/<int:template>/", templates.template, name="template"),
    path("sop/", sop.sop, name="sop"),
    path("sop/baru/", sop.new_version, name="new_sop"),
    path("kategori/", categories.categories, name="categories"),
    path("kategori/<slug:code>/", categories.category, name="category"),
    path("jam/", hours.hours, name="hours"),
    path("jam/biasa/", hours.usual_week, name="usual_hours"),
    path("jam/masa/", hours.period_week, name="new_hours"),
    path("jam/masa/<int:period>/", hours.period_week, name="period_hours"),
    path("tag/", tags.tags, name="tags"),
    path("saran/", suggestions.suggestions, name="suggestions"),
    path("saran/instansi/", suggestions.everywhere, name="suggestions_everywhere"),
    path("jejak/", audit.audit, name="audit"),
]
