"""The citizen's addresses, in Indonesian. No tracking code ever stands in one."""

from django.urls import path

from lapor.portal.views import account, app, files, filing, home, outbox, public, rules, tracking

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("i/<slug:code>/", home.home, name="institution"),
    path("lapor/", filing.form, name="form"),
    path("lapor/kunci/", outbox.token, name="token"),
    path("lapor/kirim/", outbox.deliver, name="deliver"),
    path("lapor/bagikan/", outbox.share, name="share"),
    path("perangkat/", app.device, name="device"),
    path("luring/<slug:slug>/", app.shell, name="shell"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("sw.js", app.service_worker, name="service_worker"),
    path("lapor/terima-kasih/", filing.receipt, name="receipt"),
    path("lacak/", tracking.track, name="track"),
    path("lacak/tutup/", tracking.close, name="close"),
    path("lacak/<slug:slug>/", tracking.act, name="act"),
    path("publik/", public.reports, name="public"),
    path("publik/<slug:number>/", public.report, name="public_report"),
    path("berkas/<str:link>/", files.file, name="file"),
    path("lambang/<slug:mark>.png", home.crest, name="crest"),
    path("sop/", rules.sop, name="sop"),
    path("bantuan/", rules.help_, name="help"),
    path("privasi/", rules.privacy, name="privacy"),
    path("aksesibilitas/", rules.accessibility, name="accessibility"),
    path("dasar-hukum/", rules.legal, name="legal"),
    path("masuk/", account.sign_in, name="sign_in"),
    path("keluar/", account.sign_out, name="sign_out"),
]
