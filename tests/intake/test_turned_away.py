"""What is turned away is counted and said in the log, by channel, and quotes nothing; the channels' page shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.builders import Case
from tests.sop.days import at

from lapor.channels.meta import views
from lapor.channels.sms.wire import LONGEST_QUERY
from lapor.identity.models import Account
from lapor.intake.models import InboundMessage
from lapor.intake.queries.health import health
from lapor.intake.usecases.keep import LARGEST, STALE, TooLarge, keep
from lapor.messaging.counters import day_of, note_down
from lapor.messaging.models import ChannelDay, Delivery

pytestmark = pytest.mark.usefixtures("case", "phones")
NOW = at("Mon 2 Mar 2026 09:00 WITA")
SECRET = "a-secret-of-kannel"
WORDS = "Kata-kata yang tidak boleh ada di log"


def counted(channel: str) -> tuple[int, int, int]:
    """Return what was refused, came late and was too large."""
    day = ChannelDay.objects.get(channel=channel)
    return day.refused, day.stale, day.oversized


@pytest.fixture
def kannel(settings: Settings) -> None:
    settings.LAPOR_KANNEL_SECRET, settings.LAPOR_KANNEL_HOSTS = SECRET, ["127.0.0.1"]


@pytest.mark.usefixtures("kannel")
def test_kannels_wrong_secret_and_too_much(caplog: pytest.LogCaptureFixture) -> None:
    asked = {"from": "0812345678", "to": "1708", "text": WORDS}
    assert Client().get("/kanal/sms/masuk/", asked | {"secret": "guessed"}).status_code == 403
    assert Client().get("/kanal/sms/laporan/", asked | {"secret": ""}).status_code == 403
    assert Client().get("/kanal/sms/masuk/", asked | {"secret": SECRET, "text": "x" * LONGEST_QUERY}).status_code == 413

    assert counted("sms") == (2, 0, 1)
    assert [line for line in caplog.messages if line.startswith("sms: ")] == [
        "sms: a request without the right signature or secret was refused",
        "sms: a request without the right signature or secret was refused",
        "sms: a request was too large",
    ]
    assert WORDS not in caplog.text
    assert "guessed" not in caplog.text


def test_metas_wrong_signature_question_and_too_much(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.LAPOR_META_APP_SECRET = "a-secret-of-meta"

    def bring(body: bytes) -> Any:
        header = {"X-Hub-Signature-256": "sha256=" + "0" * 64}
        return Client().post("/kanal/meta/", data=body, content_type="application/json", headers=header)

    assert bring(WORDS.encode()).status_code == 403
    assert Client().get("/kanal/meta/?hub.mode=subscribe&hub.verify_token=x&hub.challenge=1").status_code == 403
    assert bring(b" " * (views.LARGEST + 1)).status_code == 413

    assert counted("meta") == (2, 0, 1)
    assert WORDS not in caplog.text


def test_what_was_sent_long_ago_is_kept_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    for n, age in enumerate((STALE, STALE + timedelta(seconds=1))):
        keep(channel="sms", account="1708", provider_id=f"{n}", raw=b"{}", sent_at=NOW - age, now=NOW)

    assert counted("sms") == (0, 1, 0)
    assert InboundMessage.objects.count() == 2
    assert caplog.messages == ["sms: a message came days after it was sent"]


def test_a_replay_is_kept_once_and_each_time_is_counted() -> None:
    for days in (0, 9, 10):
        keep(channel="sms", account="1708", provider_id="a", raw=b"{}", sent_at=NOW, now=NOW + timedelta(days=days))

    assert InboundMessage.objects.count() == 1
    assert sum(ChannelDay.objects.values_list("stale", flat=True)) == 2


def test_what_is_too_large_is_counted_and_not_kept() -> None:
    with pytest.raises(TooLarge):
        keep(channel="email", account="a", provider_id="b", raw=bytes(LARGEST + 1), now=NOW)

    assert counted("email") == (0, 0, 1)


def test_what_is_away_stands_first_on_the_page_and_the_figures_with_it(case: Case) -> None:
    now = timezone.now()
    ChannelDay.objects.create(channel="email", day=day_of(now), inbound=1)
    ChannelDay.objects.create(channel="meta", day=day_of(now), refused=1234, oversized=1, stale=2)
    note_down("whatsapp", problem="Meta error 190", now=now)
    desk = Client()
    desk.force_login(Account.objects.get(appointments=case.world["admin-pusat"].appointment))

    page = desk.get("/meja/kanal/").content.decode()

    assert next(one.channel for one in health(now).channels) == "whatsapp"
    assert page.index("Meta error 190") < page.index("Surel")
    assert "1.234 tanpa tanda tangan yang benar, 1 terlalu besar" in page
    assert "2 lebih dari seminggu sesudah dikirim; tetap disimpan" in page


def test_a_gateway_whose_operator_is_away_is_told_of_where_it_otherwise_confirms(case: Case) -> None:
    now = timezone.now()
    ChannelDay.objects.create(channel="sms", day=day_of(now) - timedelta(days=1), delivered=90)
    ChannelDay.objects.create(channel="x", day=day_of(now) - timedelta(days=1), sent=90)  # it never confirms
    for number in range(6):
        for channel in ("sms", "x"):
            left = now - timedelta(hours=2, minutes=number)
            Delivery.objects.create(key=str(number), channel=channel, sent_at=left)
    Delivery.objects.create(key="just now", channel="sms", sent_at=now)

    silent = {one.channel: one.unconfirmed_since for one in health(now).channels}
    assert silent == {"sms": now - timedelta(hours=2, minutes=4), "x": None}
    desk = Client()
    desk.force_login(Account.objects.get(appointments=case.world["admin-pusat"].appointment))
    assert "tidak satu pun dipastikan sampai" in desk.get("/meja/kanal/").content.decode()

    Delivery.objects.filter(key="0").update(state=Delivery.State.DELIVERED)
    assert next(one for one in health(now).channels if one.channel == "sms").unconfirmed_since is None
