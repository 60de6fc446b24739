"""Request closing, refused and approved: the liaison asks the admin, the admin the national desk (S58, S59, C19)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from tests.builders import Case, World
from tests.journeys.sitting import Sit, is_accessible, step

from lapor.reports.models import OutgoingMessage, Report
from lapor.sop.vocabulary import CloseReason, Holder, Status

LONG_AGO = timedelta(days=60)  # the limit of automatic closing is ten working days


def newest_message(page: Page) -> str:
    page.goto("/meja/pesan/")
    is_accessible(page)
    return page.locator(".row-message-text").first.inner_text()


def in_list(page: Page, tab: str, case: Case) -> bool:
    page.goto(f"/meja/penutupan/?tab={tab}")
    is_accessible(page)
    return page.locator("tr").filter(has_text=case.number).count() == 1


def offers(page: Page, case: Case, slug: str) -> int:
    page.goto(f"/meja/laporan/{case.number}/")
    return page.locator(f"#tindakan a[href*='/{slug}/']").count()


def test_refused_with_a_reason_then_approved_and_each_is_told(sit: Sit, case: Case, world: World) -> None:
    case.now = datetime.now(UTC) - LONG_AGO
    case.is_followed_up()

    with sit("pp-pupr") as page:  # S58 gives the request to the admin; the liaison asks the admin by name
        assert offers(page, case, "minta-tutup") == 0
        page.goto(f"/meja/laporan/{case.number}/catatan/")
        page.locator("#tindakan textarea").fill("Sudah selesai dua bulan lalu, mohon dimintakan penutupan.")
        page.locator(f"[name=mentions][value='{world['admin-kota'].account}']").check()
        page.locator("#tindakan form").last.get_by_role("button").last.click()
        expect(page.locator(".timeline")).to_contain_text("mohon dimintakan penutupan")
    with sit("admin-kota") as page:
        assert case.report.title in newest_message(page)
        step(page, case, "minta-tutup", "Minta penutupan", why="Lubang sudah ditambal, pelapor tidak membalas.")
        assert in_list(page, "asked", case)
        assert not in_list(page, "decided", case)
        assert offers(page, case, "setujui-tutup") == 0  # nobody decides what they asked
    assert case.holder == (Holder.NATIONAL, "nasional")

    with sit("admin-pusat") as page:
        assert "Permintaan penutupan menunggu keputusan" in newest_message(page)
        assert in_list(page, "asked", case)
        step(page, case, "tolak-tutup", "Tolak penutupan", why="Foto sesudah perbaikan belum ada.")
        assert in_list(page, "decided", case)
        expect(page.locator("tr").filter(has_text=case.number)).to_contain_text("Menolak penutupan")
        assert not in_list(page, "asked", case)
    assert case.status == Status.IN_PROGRESS
    assert case.holder == (Holder.UNIT, "dinas-pupr")

    with sit("pp-pupr") as page:
        assert "Penutupan ditolak" in newest_message(page)
        page.goto(f"/meja/laporan/{case.number}/")
        expect(page.locator(".timeline")).to_contain_text("Foto sesudah perbaikan belum ada.")
    with sit("admin-kota") as page:
        assert "Penutupan ditolak" in newest_message(page)
        assert offers(page, case, "minta-tutup") == 0  # the same cannot be asked again
        expect(page.locator("#tindakan")).to_contain_text("perlu tindak lanjut baru")
    case.now = datetime.now(UTC)
    case.is_followed_up()
    Report.objects.filter(code=case.code).update(last_follow_up_on=case.today - LONG_AGO)  # and the limit passes again
    with sit("admin-kota") as page:
        step(page, case, "minta-tutup", "Minta penutupan", why="Foto sudah ditambahkan.")
        assert in_list(page, "asked", case)
        assert in_list(page, "decided", case)  # the first request stays on record

    with sit("admin-pusat-2") as page:
        step(page, case, "setujui-tutup", "Setujui penutupan", text="Foto sesudah perbaikan sudah jelas.")
        expect(page.locator(".page-header .status")).to_contain_text("Selesai")
    with sit("admin-kota") as page:
        assert "Penutupan disetujui" in newest_message(page)
        assert not in_list(page, "asked", case)
        page.goto("/meja/penutupan/?tab=decided")
        decided = page.locator("tr").filter(has_text=case.number)
        expect(decided).to_have_count(2)
        expect(decided.filter(has_text="Menyetujui penutupan")).to_have_count(1)

    assert (case.status, case.report.close_reason) == (Status.CLOSED, CloseReason.REQUEST)
    assert OutgoingMessage.objects.filter(report__code=case.code, told="reporter", action="approve_closing").exists()
