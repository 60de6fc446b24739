"""The app on a phone: written without a network, sent once there is one, and nothing left behind that is nobody's."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case, World
from tests.journeys.keeping import (
    ARRIVES,
    CACHED,
    CACHED_TEXT,
    MAY_INSTALL,
    SEND,
    TEXT,
    WHOLE_STORE,
    WORDS,
    begin,
    photo,
    unfold,
    until,
)
from tests.journeys.test_every_page import AXE, RULES

from lapor.identity.models import Device
from lapor.kernel.codes import show_code
from lapor.portal import app as shell
from lapor.portal.views import filing
from lapor.reports.models import Evidence, Report


def test_a_report_with_a_photo_written_without_a_network_is_one_report_when_there_is_one(
    tab: Page, app: BrowserContext
) -> None:
    app.set_offline(True)
    tab.goto("/lapor/")  # the page comes from the phone
    tab.get_by_label(WORDS).fill(TEXT)
    tab.get_by_label("Foto atau berkas").set_input_files(photo())
    tab.get_by_role("button", name=SEND).click()

    waiting = tab.locator("[data-outbox]")
    expect(waiting).to_contain_text("Menunggu jaringan")
    assert not Report.objects.exists()

    tab.goto("/perangkat/")  # it waits there too, after the page was closed
    expect(tab.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    app.set_offline(False)

    proof = tab.locator("[data-outbox]")
    expect(proof).to_contain_text("Terkirim")
    report = Report.objects.get()
    expect(proof.locator(".code")).to_have_text(show_code(report.code))
    assert Evidence.objects.get().name == "lampu.jpg"

    tab.goto("/lapor/")  # nothing of it stands in the form any more
    expect(tab.get_by_label(WORDS)).to_have_value("")
    app.set_offline(True)
    tab.goto("/perangkat/")  # the proof is read without a network, until it is forgotten
    expect(tab.locator(".code")).to_have_text(show_code(report.code))
    tab.get_by_role("button", name="Hapus bukti dari perangkat ini").click()
    expect(tab.get_by_text("Tidak ada yang tersimpan di sini.")).to_be_visible()
    assert Report.objects.count() == 1


def test_a_system_that_is_disturbed_is_not_told_as_a_missing_network(
    tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the database is away")

    begin(tab)
    with monkeypatch.context() as ill:
        ill.setattr("lapor.portal.views.filing.submit_report", broken)
        ill.setattr("lapor.portal.views.outbox.submit_report", broken)
        tab.get_by_role("button", name=SEND).click()
        expect(tab.get_by_text("Sistem kami sedang terganggu")).to_be_visible()
        expect(tab.get_by_text("Sedang tidak ada jaringan")).to_be_hidden()
        expect(tab.locator("[data-outbox]")).to_contain_text("Lampu jalan di depan sekolah")

    expect(tab.locator("[data-outbox]")).to_contain_text("Terkirim")
    assert Report.objects.count() == 1


def test_closing_the_report_on_a_shared_phone_takes_the_proof_away(tab: Page, app: BrowserContext) -> None:
    begin(tab)
    app.set_offline(True)
    tab.get_by_role("button", name=SEND).click()
    expect(tab.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    app.set_offline(False)
    expect(tab.locator("[data-outbox]")).to_contain_text("Terkirim")
    code = show_code(Report.objects.get().code)
    tab.get_by_role("link", name="Ikuti laporan ini").click()
    tab.get_by_role("button", name="Tampilkan laporan").click()
    tab.get_by_role("button", name="Tutup laporan ini di perangkat ini").click()
    expect(tab.get_by_label("Kode laporan")).to_be_visible()
    tab.goto("/perangkat/")

    expect(tab.get_by_text("Tidak ada yang tersimpan di sini.")).to_be_visible()
    assert code not in tab.evaluate(WHOLE_STORE)


def test_the_network_that_dies_in_the_middle_of_sending_loses_nothing_and_doubles_nothing(
    tab: Page, app: BrowserContext
) -> None:
    begin(tab)
    tab.get_by_label("Foto atau berkas").set_input_files(photo())
    expect(tab.locator(".file-done")).to_have_count(1)
    tab.evaluate(ARRIVES)  # the server has it, and its answer never comes
    first = Report.objects.get()
    app.set_offline(True)
    tab.get_by_role("button", name=SEND).click()
    expect(tab.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    app.set_offline(False)

    expect(tab.locator("[data-outbox]")).to_contain_text("Terkirim")
    assert Report.objects.get() == first  # the second try only fetched its proof
    expect(tab.locator("[data-outbox] .code")).to_have_text(show_code(first.code))
    assert Evidence.objects.count() == 1


def test_a_server_that_breaks_over_the_form_loses_nothing(tab: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **options: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(filing, "submit_report", broken)
    begin(tab)
    tab.get_by_role("button", name=SEND).click()

    expect(tab.locator("[data-outbox]")).to_contain_text("Terkirim")  # it went again by itself, by the other door
    assert Report.objects.count() == 1
    assert tab.url.endswith("/lapor/")


def test_a_session_that_is_over_by_the_time_the_button_is_pressed_stands_in_nobodys_way(
    tab: Page, app: BrowserContext
) -> None:
    begin(tab)
    app.clear_cookies()
    tab.get_by_role("button", name=SEND).click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
    tab.goto("/perangkat/")
    expect(tab.get_by_text("Tidak ada yang tersimpan di sini.")).to_be_visible()
    assert Report.objects.count() == 1


def test_a_server_that_fails_is_asked_again(tab: Page, app: BrowserContext) -> None:
    begin(tab)
    app.set_offline(True)
    tab.get_by_role("button", name=SEND).click()
    expect(tab.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    app.route("**/lapor/kirim/", lambda route: route.fulfill(status=503, body="later"))
    app.set_offline(False)
    tab.get_by_role("button", name="Kirim sekarang").click()

    expect(tab.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    app.unroute("**/lapor/kirim/")
    tab.get_by_role("button", name="Kirim sekarang").click()

    expect(tab.locator("[data-outbox]")).to_contain_text("Terkirim")
    assert Report.objects.count() == 1


def test_what_the_server_refuses_wants_to_be_looked_at_and_goes_back_into_the_form(
    tab: Page, app: BrowserContext
) -> None:
    begin(tab)
    unfold(tab, "contact")
    tab.get_by_label("Nomor ponsel atau surel").fill("nomor saya")
    app.set_offline(True)
    tab.get_by_role("button", name=SEND).click()
    expect(tab.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    app.set_offline(False)

    expect(tab.locator("[data-outbox]")).to_contain_text("Perlu Anda lihat")
    expect(tab.locator("[data-outbox]")).to_contain_text("Ini bukan nomor telepon")
    tab.get_by_role("button", name="Buka di formulir").click()
    expect(tab.get_by_label(WORDS)).to_have_value(TEXT)
    tab.get_by_label("Nomor ponsel atau surel").fill("0812 3456 7890")
    tab.get_by_role("button", name=SEND).click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Terima kasih. Laporan Anda sudah kami terima.")
    assert Report.objects.count() == 1


class TestWithoutANetwork:
    def test_a_page_that_needs_one_says_so_and_leads_to_the_form(self, tab: Page, app: BrowserContext) -> None:
        app.set_offline(True)
        tab.goto("/publik/")

        expect(tab.get_by_text("Sedang tidak ada jaringan")).to_be_visible()
        tab.get_by_role("link", name="Tulis laporan").click()
        expect(tab.get_by_label(WORDS)).to_be_visible()

    def test_it_speaks_the_language_that_was_chosen(
        self, tab: Page, app: BrowserContext, live_server: LiveServer
    ) -> None:
        app.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
        tab.goto("/bantuan/")
        until(tab, f"async () => (await ({CACHED})()).includes('/luring/perangkat-en/')")
        app.set_offline(True)
        tab.goto("/publik/")

        expect(tab.get_by_text("There is no network now")).to_be_visible()


def test_nothing_personal_is_ever_cached(tab: Page, app: BrowserContext, world: World, live_server: LiveServer) -> None:
    case = Case(world).is_disposed()
    begin(tab)
    tab.get_by_role("button", name=SEND).click()
    expect(tab.locator("#code")).to_be_visible()
    tab.goto("/lacak/")
    expect(tab.locator(".standing")).to_be_visible()
    tab.goto(f"/publik/{case.report.number}/")
    tab.goto("/masuk/")
    tab.goto("/meja/")

    kept = tab.evaluate(f"({CACHED})()")
    assert kept
    assert all(address.startswith(("/static/build/", "/luring/", "/-/")) for address in kept), kept
    assert not [address for address in kept if "desk" in address]
    content = tab.evaluate(CACHED_TEXT)
    assert Report.objects.exclude(code=case.code).get().code[:5] not in content
    assert "csrftoken" not in content
    assert show_code(case.code) not in content


def test_the_desk_is_out_of_reach(tab: Page, app: BrowserContext) -> None:
    """Without a network the desk fails as any site does: nothing of ours stands in for it."""
    app.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        tab.goto("/meja/")


class TestTheHintToInstall:
    def test_never_stands_before_the_first_report(self, tab: Page) -> None:
        tab.goto("/lapor/")
        tab.evaluate(MAY_INSTALL)
        expect(tab.get_by_label(WORDS)).to_be_visible()

        expect(tab.get_by_text("LAPOR! di layar ponsel Anda")).to_have_count(0)

    def test_comes_after_a_report_and_never_again_once_refused(self, tab: Page) -> None:
        begin(tab)
        tab.get_by_role("button", name=SEND).click()
        expect(tab.locator("#code")).to_be_visible()
        tab.evaluate(MAY_INSTALL)
        hint = tab.get_by_role("complementary", name="LAPOR! di layar ponsel Anda")
        expect(hint).to_be_visible()
        hint.get_by_role("button", name="Nanti saja").click()
        tab.reload()
        tab.evaluate(MAY_INSTALL)

        expect(tab.locator("#code")).to_be_visible()
        expect(hint).to_have_count(0)


class TestNewsOnThePhone:
    """The push service is the network: the browser's subscription is given, everything else is real."""

    @pytest.fixture
    def opened(self, app: BrowserContext, tab: Page, world: World) -> Page:
        """The page of a report, in a browser that allows news."""
        app.grant_permissions(["notifications"])
        tab.add_init_script(SUBSCRIBED)
        case = Case(world).is_disposed()
        tab.goto("/lacak/")
        tab.get_by_label("Kode laporan").fill(case.code)
        tab.get_by_role("button", name="Tampilkan laporan").click()
        return tab

    def test_is_asked_for_and_taken_back_by_a_press(self, opened: Page) -> None:
        opened.get_by_role("button", name="Beri tahu saya di ponsel ini").click()
        expect(opened.get_by_text("Kabar laporan ini sekarang masuk ke ponsel ini.")).to_be_visible()
        assert Device.objects.count() == 1
        opened.reload()

        opened.get_by_role("button", name="Berhenti memberi tahu di ponsel ini").click()
        expect(opened.get_by_role("button", name="Beri tahu saya di ponsel ini")).to_be_visible()
        assert Device.objects.count() == 0

    def test_shows_itself_once_however_often_it_comes(self, opened: Page, app: BrowserContext) -> None:
        wire = app.new_cdp_session(opened)
        workers: list[str] = []
        wire.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda news: workers.extend(one["registrationId"] for one in news["registrations"] if not one["isDeleted"]),
        )
        wire.send("ServiceWorker.enable")
        opened.wait_for_timeout(100)
        origin = opened.evaluate("location.origin")
        news = (
            '{"title": "Laporan Anda diteruskan", "body": "Dinas PUPR menanganinya.", "tag": "k1", "link": "/lacak/"}'
        )
        for _ in range(2):  # one after the other: the browser may lose both when the second overtakes the first
            facts = {"origin": origin, "registrationId": workers[-1], "data": news}
            wire.send("ServiceWorker.deliverPushMessage", facts)
            until(opened, f"async () => (await ({SHOWN})()).length > 0")

        assert opened.evaluate(SHOWN) == [["Laporan Anda diteruskan", "Dinas PUPR menanganinya.", "k1"]]


def axe(tab: Page) -> dict[str, list[str]]:
    """Return what is wrong with the page that is open, by rule."""
    tab.evaluate(AXE)
    found = tab.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return {one["id"]: [node["html"][:200] for node in one["nodes"]] for one in found["violations"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_stays_on_the_device_can_be_read_by_all(tab: Page, app: BrowserContext, scheme: Any) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": 320, "height": 700})
    begin(tab)
    unfold(tab, "secrecy")
    tab.get_by_label("Rahasia").check()
    expect(tab.get_by_text("Draf ini hanya ada di perangkat ini.")).to_be_visible()
    wrong = {"draft": axe(tab)}
    unfold(tab, "contact")
    tab.get_by_label("Nomor ponsel atau surel").fill("nomor saya")
    app.set_offline(True)
    tab.get_by_role("button", name=SEND).click()
    expect(tab.locator("[data-outbox]")).to_contain_text("Menunggu jaringan")
    wrong["waiting"] = axe(tab)
    tab.goto("/publik/")
    expect(tab.get_by_text("Sedang tidak ada jaringan")).to_be_visible()
    wrong["away"] = axe(tab)
    app.set_offline(False)
    tab.goto("/bantuan/")
    tab.evaluate(MAY_INSTALL)
    expect(tab.locator(".outbox-banner")).to_be_visible()
    wrong["banner"] = axe(tab)
    tab.goto("/perangkat/")
    expect(tab.locator("[data-outbox]")).to_contain_text("Perlu Anda lihat")
    wrong["refused"] = axe(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320

    assert {state: found for state, found in wrong.items() if found} == {}


def test_a_new_version_takes_over_at_the_next_start_and_the_old_one_goes(
    tab: Page, app: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.goto("/bantuan/")
    (old,) = tab.evaluate(SHELLS)
    monkeypatch.setattr(shell, "_version", lambda: "another")
    shell.service_worker.cache_clear()
    try:
        tab.evaluate("void navigator.serviceWorker.getRegistration().then((worker) => worker.update())")
        until(tab, f"async () => (await ({SHELLS})()).includes('shell-another')")
        tab.reload()  # a page that is open goes on with what it has
        assert old in tab.evaluate(SHELLS)
        tab.close()
        assert any(_started_anew(app) == ["shell-another"] for _start in range(20))
    finally:
        shell.service_worker.cache_clear()


def _started_anew(app: BrowserContext) -> list[str]:
    """Start the app after its last page closed; return the shells it has. A busy phone lets the old page go late."""
    page = app.new_page()
    page.wait_for_timeout(250)
    page.goto("/bantuan/")
    page.wait_for_timeout(250)
    shells: list[str] = page.evaluate(SHELLS)
    page.goto("about:blank")
    page.close()
    return shells


# A browser that is changing its worker may leave the question unanswered.
SHELLS = "async () => Promise.race([caches.keys(), new Promise((done) => setTimeout(done, 3000, []))])"
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, tag }) => [title, body, tag])"""
SUBSCRIBED = """(() => {
  const given = { endpoint: "https://push.contoh.example/send/abc", toJSON: () => ({ endpoint: given.endpoint, keys: {
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg" } }) };
  PushManager.prototype.subscribe = async (wish) => {
    if (!wish.userVisibleOnly || wish.applicationServerKey.length !== 65) throw new Error("refused");
    return given; };
  PushManager.prototype.getSubscription = async () => given;
})()"""
