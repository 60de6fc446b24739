"""One report over WhatsApp, SMS and the web: the desk reads one conversation, with what became of every letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.builders import Case
from tests.channels.meta.fake_meta import NUMBER, SECRET, TOKENS, FakeMeta, Person, error, jpeg, status, whatsapp
from tests.channels.sms.kannel import SECRET as BETWEEN_US
from tests.channels.sms.kannel import Gateway, Telephone, knock
from tests.journeys.conftest import PHONE
from tests.journeys.sitting import Sit, is_accessible
from tests.journeys.test_reporter import open_report

from lapor.agencies.models import Keyword
from lapor.channels.meta import graph
from lapor.channels.sms.outbound import Sms
from lapor.kernel.codes import show_code
from lapor.messaging.channel import Manners
from lapor.messaging.models import Delivery
from lapor.reports.models import Report
from lapor.reports.usecases import ask

HOLE = "Jalan di depan pasar berlubang sejak bulan lalu, sudah ada yang jatuh"
ANSWER = "Pasar Bertais, sisi utara dekat gerbang"
OBJECTION = "Masih ada dua lubang di dekat gerbang."


@pytest.fixture
def meta(settings: Settings, monkeypatch: pytest.MonkeyPatch, case: Case) -> Iterator[FakeMeta]:
    Keyword.objects.create(word="UJI", agency=case.world.agency("kota-uji"))
    meta = FakeMeta()
    settings.LAPOR_CHANNELS = ["lapor.channels.meta.outbound.WhatsApp", "lapor.channels.sms.outbound.Sms"]
    settings.LAPOR_PARSERS = {"whatsapp": "lapor.channels.meta.inbound.read", "sms": "lapor.channels.sms.inbound.read"}
    settings.LAPOR_META_GRAPH, settings.LAPOR_META_APP_SECRET = meta.url, SECRET
    settings.LAPOR_WHATSAPP_PHONE_ID, settings.LAPOR_WHATSAPP_TOKEN = NUMBER, TOKENS[NUMBER]
    monkeypatch.setattr(graph, "is_metas", lambda url: url.startswith(meta.origin))
    yield meta
    meta.close()


@pytest.fixture
def gateway(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    gateway = Gateway()
    settings.LAPOR_KANNEL_URL, settings.LAPOR_KANNEL_SECRET = gateway.url, BETWEEN_US
    settings.LAPOR_KANNEL_HOSTS, settings.LAPOR_SMS_PRICE = ["127.0.0.1"], 350
    monkeypatch.setattr(Sms, "manners", Manners(receipts=True))  # at any hour, whenever this test is run
    yield gateway
    gateway.close()


def test_one_report_in_three_channels_is_one_conversation(
    case: Case, meta: FakeMeta, gateway: Gateway, sit: Sit, browser: Browser, live_server: LiveServer
) -> None:
    budi, phone = Person(meta), Telephone(gateway, "+6281234567890")
    web = browser.new_context(viewport=PHONE, locale="id-ID", base_url=live_server.url).new_page()  # type: ignore[arg-type]

    # Budi files by WhatsApp, and reads what came.
    budi.sends(budi.photo(jpeg(), caption=f"Uji: {HOLE}"), budi.place())
    assert "Kode:" in budi.hears()
    _whatsapp_tells(meta, "read")
    report = Report.objects.get()

    # The desk asks. WhatsApp takes the question and cannot deliver it, so it goes by SMS, and is answered by SMS.
    case.code, case.now = report.code, timezone.now()
    case.act(ask.ask_reporter, "admin-kota", question="Pasar yang mana?")
    assert "Pasar yang mana?" in budi.hears()
    _whatsapp_tells(meta, "failed", 131026)
    assert "Pasar yang mana?" in phone.hears(timezone.now())
    _kannel_tells(gateway, "1")
    phone.writes(f"BALAS {show_code(report.code)} {ANSWER}", timezone.now())
    assert "dicatat" in phone.hears(timezone.now())  # it was kept a moment after it was written

    # It is done, they say; he objects on the web.
    case.now = timezone.now()
    case.is_in_progress()
    case.is_followed_up()
    budi.hears()
    phone.hears(timezone.now())
    open_report(web, case)
    web.get_by_text("Belum selesai", exact=True).click()
    web.get_by_label("Apa yang belum selesai?").fill(OBJECTION)
    web.get_by_role("button", name="Kirim keberatan").click()
    expect(web.locator(".timeline")).to_contain_text(OBJECTION)

    # Then both providers are away: the next news waits.
    meta.failures.extend([error(190, 401)] * 20)
    gateway.script = lambda _fields: (503, "Temporal failure, try again later.")
    case.now = timezone.now()
    case.is_followed_up()
    budi.hears()

    with sit("admin-kota") as page:
        page.goto(f"/meja/laporan/{case.number}/")
        lines = page.locator("#percakapan .thread-line")
        said = [line.inner_text() for line in lines.all()]
        _in_this_order(
            said,
            [
                ("Pelapor", "WhatsApp", HOLE),
                ("Kepada pelapor", "WhatsApp", "Dibaca"),
                ("Kepada pelapor", "WhatsApp", "Pasar yang mana?", "Tidak tersampaikan"),
                ("Kepada pelapor", "SMS 1708", "Pasar yang mana?", "Tersampaikan"),
                ("Pelapor", "SMS 1708", ANSWER),
                ("Kepada pelapor", "Lubang sudah ditambal", "Terkirim"),
                ("Pelapor", "Website", OBJECTION),
                ("Kepada pelapor", "Lubang sudah ditambal", "Menunggu dikirim"),
            ],
        )
        assert "+62" not in " ".join(said)
        is_accessible(page)
    with sit("admin-pusat") as page:
        page.goto("/meja/kanal/")
        expect(page.locator(".card", has_text="WhatsApp").first).to_contain_text("Terputus sejak")
        is_accessible(page)


def _whatsapp_tells(meta: FakeMeta, state: str, code: int = 0) -> None:
    """Bring the receipt of the last letter that WhatsApp took."""
    last = Delivery.objects.filter(channel="whatsapp").latest("pk")
    assert meta.brings(whatsapp(statuses=[status(last.provider_id, state, last.key, code)])) == 200


def _kannel_tells(gateway: Gateway, state: str) -> None:
    """Bring the receipt of the last short message that Kannel took."""
    found = re.search(r"[?&]key=(\w+)", gateway.sent[-1]["dlr-url"])
    assert found is not None
    assert knock("laporan", key=found[1], state=state).status_code == 200


def _in_this_order(said: list[str], wanted: list[tuple[str, ...]]) -> None:
    """Check that these lines stand there one after the other; others may stand between them."""
    lines = iter(said)
    for words in wanted:
        assert any(all(word in line for word in words) for line in lines), (words, said)
