"""Shared causes at the desk and in public: joined from the case, listed, said to be fixed, read by who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.builders import Case, World
from tests.desk.conftest import NOW, SignIn

from lapor.reports.models import Cause
from lapor.reports.queries import causes
from lapor.reports.refusals import NotPermitted
from lapor.reports.usecases import secrecy
from lapor.reports.usecases.cause import join_cause, leave_cause, tell_fixed
from lapor.reports.usecases.withdraw import withdraw_report


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
    page = f"/meja/penyebab/{cause.pk}/"
    for asks in ("look", "fix"):
        assert liaison.post(page, {"do": asks, "how": " "}).status_code == 422
    assert liaison.post(page, {"do": "fix", "how": "Selesai [tanggal]"}).status_code == 422
    looked = liaison.post(page, {"do": "look", "how": "Gardu sudah diganti."}).content.decode()
    assert "1 pelapor akan membaca ini." in looked
    assert Cause.objects.get().fixed_at is None

    liaison.post(page, {"do": "fix", "how": "Gardu sudah diganti."})

    cause.refresh_from_db()
    assert cause.fixed_how == "Gardu sudah diganti."
    assert "belum dikabari" in admin.get(page).content.decode()
    assert tell_fixed(now=case.now) == 1
    assert "pelapor sudah dikabari" in admin.get(page).content.decode()
    late = Case(world).is_disposed()
    refused = admin.post(f"/meja/laporan/{late.number}/gabung-penyebab/", {"cause": str(cause.pk)})
    assert "Pilih penyebab yang masih terbuka di instansi ini." in refused.content.decode()
    assert "Gardu" not in admin.get("/meja/penyebab/").content.decode()
    assert "Gardu" in admin.get("/meja/penyebab/?tab=fixed").content.decode()


def test_many_reports_are_joined_at_once_and_a_secret_one_stays_out(world: World, case: Case, sits: SignIn) -> None:
    case.is_submitted()
    others = [Case(world).is_submitted(), Case(world).is_submitted(secret=True)]
    admin = sits("admin-kota")
    numbers = [one.number for one in (case, *others)]
    shown = admin.get("/meja/banyak/", {"do": "gabung-penyebab", "n": numbers}).content.decode()
    key = shown.split('name="key" value="')[1].split('"')[0]

    chosen = {**new_cause(case), "do": "gabung-penyebab", "key": key, "n": numbers}
    result = admin.post("/meja/banyak/", chosen, follow=True).content.decode()

    assert Cause.objects.get().joined == 2
    assert "Laporan rahasia tidak dapat digabung" in result

    case.act(secrecy.change_secrecy, "admin-kota", anonymous=False, secret=True)  # it hangs on, and nobody counts it
    assert Cause.objects.get().joined == 1
    others[0].act(leave_cause, "admin-kota")
    assert Cause.objects.get().joined == 0


def test_the_promise_is_changed_on_its_page_and_everybody_reads_why(
    world: World, case: Case, sits: SignIn, client: Client
) -> None:
    case.is_disposed()
    day = (case.now + timedelta(days=30)).date()
    case.act(join_cause, "admin-kota", title="Gardu rusak", target="Lampu menyala", due_on=day)
    page = f"/meja/penyebab/{Cause.objects.get().pk}/"
    typed = {"do": "change", "target": "Lampu menyala", "due_on": (day + timedelta(days=9)).isoformat()}
    admin = sits("admin-kota")
    assert admin.post(page, typed).status_code == 422

    admin.post(page, {**typed, "why": "Suku cadang terlambat."})

    for reader in (admin.get(page), client.get(page.replace("/meja", ""))):
        assert "Suku cadang terlambat." in reader.content.decode()
        assert "Semula dijanjikan" in reader.content.decode()


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
    tracked = client.get("/lacak/").content.decode()
    assert "Gardu rusak" in tracked
    assert "Bukan masalah Anda?" in tracked
    case.act(withdraw_report, "reporter")
    assert "Bukan masalah Anda?" not in client.get("/lacak/").content.decode()  # there is no one to write to
    Case(world, NOW).is_submitted().act(join_cause, "admin-kota", cause=pk)  # nobody has verified it: it is not public

    assert client.get(f"/penyebab/{pk}/").status_code == 404
    assert tell_fixed(now=case.now) == 0


def test_the_pages_of_a_cause_of_many_lead_on_to_the_older_ones(
    world: World, sits: SignIn, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(causes, "PAGE", 2)
    cases = [Case(world, NOW).is_disposed() for _n in range(3)]
    day = (cases[0].now + timedelta(days=30)).date()
    for one in cases:
        one.act(join_cause, "admin-kota", title="Gardu rusak", target="Lampu menyala", due_on=day)
    oldest, newest = cases[0].number, cases[2].number
    admin, page = sits("admin-kota"), f"/meja/penyebab/{Cause.objects.get().pk}/"

    first = admin.get(page).content.decode()
    address = first.split('href="?before=')[1].split('"')[0]
    second = admin.get(page, {"before": address}).content.decode()

    assert (newest in first, oldest in first) == (True, False)
    assert (newest in second, oldest in second) == (False, True)
    assert 'href="?before=' not in second
    assert "2 yang terbaru" in client.get(page.replace("/meja", "")).content.decode()


def test_the_history_names_the_cause_that_a_report_left(case: Case, sits: SignIn) -> None:
    case.is_disposed()
    admin, page = sits("admin-kota"), f"/meja/laporan/{case.number}/"
    admin.post(f"{page}gabung-penyebab/", new_cause(case))
    assert admin.get(page).content.decode().count("Penyebab bersama: Gardu Jl. Melati rusak") == 1

    admin.post(f"{page}lepas-penyebab/", {"version": str(case.report.version)})

    assert admin.get(page).content.decode().count("Penyebab bersama: Gardu Jl. Melati rusak") == 2


@pytest.mark.parametrize("slug", ["gabung-penyebab", "lepas-penyebab"])
def test_a_step_that_the_role_never_takes_is_refused_by_the_role(case: Case, sits: SignIn, slug: str) -> None:
    case.is_disposed()
    address = f"/meja/laporan/{case.number}/{slug}/"
    liaison = sits("pp-pupr")

    for answer in (liaison.get(address), liaison.post(address, new_cause(case))):
        assert answer.status_code == 403
        assert "bukan untuk peran" in answer.content.decode()
    assert sits("pp-kesehatan").get(address).status_code == 404  # nothing is told of a report that it may not read
    with pytest.raises(NotPermitted, match="bukan langkah untuk peran Anda"):
        case.act(join_cause, "pp-pupr", title="Gardu", target="Menyala", due_on=case.now.date() + timedelta(days=9))
    assert not Cause.objects.exists()
