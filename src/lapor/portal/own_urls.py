"""Addresses of what is one person's own: the account, its reports and data, the receipt and its PIN."""

from django.urls import path

from lapor.portal.views import entry, mine, news, proof

urlpatterns = [
    path("lacak/bukti.pdf", proof.pdf, name="receipt_pdf"),
    path("lacak/pin/", proof.pin, name="pin"),
    path("lacak/simpan/", entry.save, name="save"),
    path("lacak/kabar/", news.choose, name="choose_news"),
    path("laporan-saya/", mine.reports, name="mine"),
    path("akun/", mine.account, name="account"),
    path("akun/masuk/", entry.enter, name="enter"),
    path("akun/kode/", entry.prove, name="prove"),
    path("akun/kunci/", mine.add_passkey, name="add_passkey"),
    path("akun/kunci/masuk/", entry.passkey, name="passkey"),
    path("akun/kunci/ubah/", mine.change_passkey, name="change_passkey"),
    path("akun/perbaiki/", mine.correct, name="correct"),
    path("akun/keluar-semua/", entry.leave_everywhere, name="leave_everywhere"),
    path("akun/data/", mine.download, name="download"),
    path("akun/hapus/", mine.erase, name="erase"),
    path("berhenti/<str:link>/", news.stop, name="stop_news"),
    path("kabar/<str:link>/keluar/", news.leave, name="stop_following"),
]
