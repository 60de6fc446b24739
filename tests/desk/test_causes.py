"""Shared causes at the desk and in public: joined from the case, listed, said to be fixed, read by who may."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn

from lapor.reports.models import Cause
from lapor.reports.usecases.cause import join_cause, tell_fixed


def new_cause(case: Case, **changes: str) -> dict[str, str]:
    day = (case.now + timedelta(days=30)).date().isoformat()
    typed = {"title": "Gardu Jl. Melati rusak", "target": "Semua lampu menyala", "due_on": day, "owner": "dinas-pupr"}
    return {"version": str(case.report.version), **typed, **changes}


def test_an_admin_joins_a_report_and_the_unit_says_that_the_cause_is_fixed(
    world: World, case: Case, sits: SignIn
) -> None:
    case.is_disposed()
    admin, liaison = sits("admin-kota"), sits("pp-pupr")
    address = f"/meja/laporan/{case.number}/gabung-penyebab/"
    unfinished = admin.post(address, new_cause(case, due_on=""))
    assert unfinished.status_code == 422
    assert "Gardu Jl. Melati rusak" in unfinished.content.decode()  # what was typed stands there still

    admin.post(address, new_cause(case))

    cause = Cause.objects.get()
    assert "Gardu Jl. Melati rusak" in admin.get(f"/meja/laporan/{case.number}/").content.decode()
    assert "Gardu Jl. Melati rusak" in admin.get("/meja/penyebab/").content.decode()
    assert case.number in liaison.get(f"/meja/penyebab/{cause.pk}/").content.decode()
    for stranger in ("admin-lembaga", "pp-kesehatan"):
        browser = sits(stranger)
        assert "Gardu" not in browser.get("/meja/penyebab/").content.decode()
        assert browser.get(f"/meja/penyebab/{cause.pk}/").status_code == 404
    assert sits("inspektorat").get("/meja/penyebab/").status_code == 403
    assert liaison.post(f"/meja/penyebab/{cause.pk}/", {"how": " "}).status_code == 422

    liaison.post(f"/meja/penyebab/{cause.pk}/", {"how": "Gardu sudah diganti."})

    cause.refresh_from_db()
    assert cause.fixed_how == "Gardu sudah diganti."
    assert "Gardu" not in admin.get("/meja/penyebab/").content.decode()
    assert "Gardu" in admin.get("/meja/penyebab/?tab=fixed").content.decode()


def test_reporter_and_public_read_of_the_cause(world: World, case: Case, client: Client) -> None:
    case.is_disposed()
    day = (case.now + timedelta(days=30)).date()
    case.act(join_cause, "admin-kota", title="Gardu rusak", target="Lampu menyala", due_on=day)
    pk = Cause.objects.get().pk
    shown = client.get(f"/penyebab/{pk}/").content.decode()
    assert "Gardu rusak" in shown
    assert case.number in shown
    assert case.code not in shown
    client.post("/lacak/", {"code": case.code})
    assert "Gardu rusak" in client.get("/lacak/").content.decode()
    Case(world, NOW).is_submitted().act(join_cause, "admin-kota", cause=pk)  # nobody has verified it: it is not public

    assert client.get(f"/penyebab/{pk}/").status_code == 404
    assert tell_fixed(now=case.now) == 0
