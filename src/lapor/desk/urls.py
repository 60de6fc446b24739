"""The officer's addresses, all under /meja/."""

from __future__ import annotations

from django.urls import path

from lapor.desk.views import (
    act,
    breaches,
    calendar,
    case,
    closings,
    comments,
    evidence,
    examine,
    head,
    identity,
    inbox,
    invitation,
    letter,
    look,
    manual,
    messages,
    officers,
    ombudsman,
    registers,
    role,
    upkeep,
)

app_name = "desk"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("peran/", role.switch_role, name="switch_role"),
    path("pesan/", messages.messages, name="messages"),
    path("pimpinan/", head.head, name="head"),
    path("ombudsman/", ombudsman.ombudsman, name="ombudsman"),
    path("penutupan/", closings.closings, name="closings"),
    path("komentar/", comments.comments, name="comments"),
    path("entri/", manual.manual, name="manual"),
    path("entri/tanda-terima/<str:number>/", manual.receipt, name="manual_receipt"),
    path("keterlambatan/", breaches.breaches, name="breaches"),
    path("keterlambatan/unduh.<str:kind>", breaches.export, name="breach_export"),
    path("keterlambatan/<int:breach>/jelaskan/", breaches.explain, name="explain_breach"),
    path("keterlambatan/<int:breach>/ketahui/", breaches.acknowledge, name="acknowledge_breach"),
    path("register/", registers.steps, name="steps"),
    path("register/unduh.<str:kind>", registers.export, name="step_export"),
    path("tepat-waktu/", registers.on_time, name="on_time"),
    path("petugas/", officers.officers, name="officers"),
    path("petugas/angkat/", officers.appoint, name="appoint"),
    path("petugas/sk/", officers.decree, name="decree"),
    path("petugas/<int:appointment>/ketidakhadiran/", officers.absence, name="absence"),
    path("petugas/<int:appointment>/serah-terima/", officers.hand_over, name="hand_over"),
    path("petugas/<int:appointment>/undangan/", invitation.invite, name="invite"),
    path("undangan/<int:account>/<str:token>/", invitation.choose, name="choose_password"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/libur/", calendar.declare, name="declare_holiday"),
    path("tampilan/", look.look, name="look"),
    path("pemeliharaan/", upkeep.upkeep, name="upkeep"),
    path("laporan/<str:number>/", case.case, name="case"),
    path("laporan/<str:number>/tenggat/<int:deadline>/", case.deadline, name="deadline"),
    path("laporan/<str:number>/bukti/<slug:token>/", evidence.evidence, name="evidence"),
    path("laporan/<str:number>/surat-pengantar/", letter.letter, name="letter"),
    path("laporan/<str:number>/identitas/", identity.identity, name="identity"),
    path("laporan/<str:number>/periksa/", examine.examine, name="examine"),
    path("laporan/<str:number>/selisih/", act.wording, name="wording"),
    path("laporan/<str:number>/<slug:slug>/", act.act, name="act"),
]
