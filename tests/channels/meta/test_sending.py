"""Letters to Meta: which error means what, what is tried again, what the next address gets, what stands in public."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings
from tests.builders import Case
from tests.channels.life import NOW
from tests.channels.meta.fake_meta import (
    GRAM,
    NUMBER,
    PAGE,
    FakeMeta,
    Person,
    changed,
    comment_on_page,
    error,
    everything_runs,
    jpeg,
    private,
    status,
    whatsapp,
    words_in,
)
from tests.messaging.push_server import serving
from tests.reports.recordings import VOICE, film

from lapor.channels import http
from lapor.channels.meta import graph
from lapor.channels.meta.errors import WindowClosed
from lapor.channels.meta.outbound import Facebook, WhatsApp
from lapor.intake.models import ChannelAnswer, InboundMessage
from lapor.intake.usecases import look
from lapor.kernel.codes import show_code
from lapor.messaging.channel import ChannelDown, Letter, Refused, SendingFailed, TryLater
from lapor.messaging.models import ChannelHealth, Delivery
from lapor.messaging.texts import Rendered
from lapor.reports.models import Evidence, OutgoingMessage, Report

pytestmark = pytest.mark.usefixtures("case")
HOLE = "Uji: Jalan di depan pasar berlubang sejak bulan lalu"
LETTER = Letter("k" * 32, "id", Rendered("Kabar", "Isi"), "", "UJI-2026-000001", "", "http://localhost/")


@pytest.fixture
def heard(meta: FakeMeta, budi: Person) -> Person:
    """Somebody who has just written."""
    budi.sends(budi.message("reaction", {"message_id": "x", "emoji": "👍"}))
    everything_runs()
    return budi


def sending(letter: Letter = LETTER, number: str = "+6281234567890") -> Any:
    """Send one letter by WhatsApp."""
    channel = WhatsApp()
    try:
        return channel.send(letter, [number])
    finally:
        channel.close()


@pytest.mark.parametrize(
    ("failure", "means"),
    [
        (error(4, 429), ChannelDown),
        (error(80007, 400), ChannelDown),
        (error(130429, 429), ChannelDown),
        (error(131056), TryLater),
        (error(131048), TryLater),
        (error(131000, 500), TryLater),
        (error(131016, 503), TryLater),
        (error(1), TryLater),
        (error(2, 503), TryLater),
        (error(190, 401), ChannelDown),
        (error(10, 403), ChannelDown),
        (error(200, 403), ChannelDown),
        (error(131031, 403), ChannelDown),
        (error(131042), ChannelDown),
        (error(133010), ChannelDown),
        (error(131026), Refused),
        (error(131051), Refused),
        (error(100), Refused),
        (error(132001, 404), Refused),
        (error(999_999), Refused),
        (error(999_999, 500), TryLater),
        (error(131000, 200), TryLater),  # 200 with an error body
        ((200, {}), TryLater),
        ((200, {"messages": []}), TryLater),
        ((200, b"<html>"), TryLater),
        ((302, b""), TryLater),
        ((401, b"no"), ChannelDown),
        ((429, b"slow"), ChannelDown),
        ((502, b"<html>bad gateway"), TryLater),
        ((404, b""), Refused),
    ],
)
def test_what_each_answer_means(meta: FakeMeta, heard: Person, failure: Any, means: type[SendingFailed]) -> None:
    meta.failures = [failure]

    with pytest.raises(SendingFailed) as raised:
        sending()
    assert type(raised.value) is means
    assert meta.posted == []


def hangs(handler: BaseHTTPRequestHandler) -> None:
    """Take the request and say nothing, until the other side gives up."""
    handler.connection.settimeout(10)
    handler.rfile.read(1)


def drips(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than comes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"{")


@pytest.mark.parametrize("way", [hangs, drips])
def test_a_provider_that_hangs_holds_nobody_up(
    meta: FakeMeta, heard: Person, monkeypatch: pytest.MonkeyPatch, way: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    monkeypatch.setattr(http, "TIMEOUT", (0.5, 0.2))
    meta.failures = [way]

    with pytest.raises(TryLater):
        sending()


def test_nobody_there_is_the_channels_fault_and_no_letters(meta: FakeMeta, heard: Person) -> None:
    meta.close()

    with pytest.raises(ChannelDown, match="cannot be reached"):
        sending()


def test_tls_that_nobody_vouches_for_is_refused(
    meta: FakeMeta, heard: Person, settings: Settings, tmp_path: Path
) -> None:
    with serving(tmp_path, "127.0.0.1") as server:  # with a certificate of its own making
        settings.LAPOR_META_GRAPH = f"https://127.0.0.1:{server.port}"

        with pytest.raises(ChannelDown, match="TLS was refused"):
            sending()


def test_a_wrong_token_or_proof_is_no_letters_fault(meta: FakeMeta, heard: Person, settings: Settings) -> None:
    settings.LAPOR_WHATSAPP_TOKEN = "stolen"

    with pytest.raises(ChannelDown, match="190"):
        sending()


def test_while_meta_is_away_the_code_waits_and_then_leaves_once(meta: FakeMeta, budi: Person) -> None:
    meta.failures = [error(2, 503), error(130429, 429)] * 2
    budi.sends(budi.message("text", {"body": HOLE}), budi.photo(jpeg()), budi.place())
    meta.failures = []
    meta.failures = [error(130429, 429)]
    # the photo is fetched first; that fails once, then the message is tried again
    everything_runs()
    assert Report.objects.count() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        meta.failures = []
        everything_runs()
        report = Report.objects.get()
        assert Evidence.objects.filter(report=report).count() == 1
        assert [show_code(report.code) in words_in(body) for _, body in meta.posted] == [True]


def test_a_letter_that_waits_for_meta_loses_no_try_and_the_page_of_health_says_so(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.message("text", {"body": HOLE}), budi.place())
    budi.hears()
    budi.sends(budi.message("text", {"body": "kirim"}))
    meta.failures = [error(190, 401)] * 3
    budi.hears()

    owed = OutgoingMessage.objects.get(told="reporter")
    assert (owed.state, owed.attempts) == ("waiting", 0)
    assert ChannelHealth.objects.get(channel="whatsapp").down_since is not None
    meta.failures = []
    assert "Kode:" in budi.hears(seconds=120)
    assert ChannelHealth.objects.get(channel="whatsapp").down_since is None


def test_a_window_that_meta_says_is_shut_is_answered_with_the_template(
    meta: FakeMeta, heard: Person, settings: Settings
) -> None:
    settings.LAPOR_WHATSAPP_TEMPLATE = "kabar_laporan"
    meta.heard.clear()  # by Meta's clock

    sent = sending()

    [(_, body)] = meta.posted
    assert body["template"]["name"] == "kabar_laporan"
    assert body["template"]["language"] == {"code": "id"}
    assert body["biz_opaque_callback_data"] == LETTER.key
    assert sent.provider_id


def test_a_shut_window_without_a_template_is_refused_and_not_even_asked(
    meta: FakeMeta, heard: Person, today: time_machine.Traveller
) -> None:
    today.shift(timedelta(hours=24))
    asked = meta.asked.total()

    with pytest.raises(WindowClosed):
        sending()
    assert meta.asked.total() == asked


def test_a_failure_told_later_is_shown_and_the_letter_promised_anew(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.photo(jpeg(), caption=HOLE), budi.place())
    budi.hears()
    delivery = Delivery.objects.get()

    assert meta.brings(whatsapp(statuses=[status("wamid.other", "failed", delivery.key, code=131026)])) == 200

    delivery.refresh_from_db()
    assert (delivery.state, delivery.problem) == ("failed", "WhatsApp error 131026")
    assert OutgoingMessage.objects.get(told="reporter").state == "waiting"  # for the next address


def test_a_failure_told_before_the_letters_own_row_is_not_lost(meta: FakeMeta) -> None:
    early = status("wamid.1", "failed", "a-key-of-ours", code=131026)
    assert meta.brings(whatsapp(statuses=[early])) == 200
    Delivery.objects.create(key="a-key-of-ours", channel="whatsapp", provider_id="wamid.1", sent_at=timezone.now())

    everything_runs()

    assert Delivery.objects.get().state == "failed"


def test_a_photo_is_fetched_with_our_token_and_checked(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.photo(jpeg(), caption=HOLE), budi.place())
    budi.hears()

    assert Evidence.objects.get().media_type == "image/jpeg"


def test_a_file_that_came_broken_is_fetched_again(
    meta: FakeMeta, budi: Person, today: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, times = FakeMeta.file, iter(range(9))

    def cut_once(self: FakeMeta, address: str, token: str) -> bytes | None:
        content = whole(self, address, token)
        return content[:-7] if content and not next(times) else content

    monkeypatch.setattr(FakeMeta, "file", cut_once)
    budi.sends(budi.photo(jpeg(), caption=HOLE))
    budi.sends(budi.place())
    budi.hears()
    assert not Report.objects.exists()
    today.shift(timedelta(minutes=3))

    budi.hears()

    assert Evidence.objects.get().report.channel == "whatsapp"
    assert meta.asked.total() >= 2  # a new address each time


def test_a_photo_whose_id_has_run_out_loses_no_words(meta: FakeMeta, budi: Person) -> None:
    photo = budi.photo(jpeg(), caption=HOLE)
    meta.files.clear()
    budi.sends(photo, budi.place())
    budi.hears()

    assert Report.objects.get().text.original == HOLE.removeprefix("Uji: ")
    assert InboundMessage.objects.get(became="report").problem == "image"  # the desk is told what did not come


@pytest.mark.parametrize(
    "url",
    [
        "http://lookaside.fbsbx.com/a",
        "https://lookaside.fbsbx.com:8443/a",
        "https://user@lookaside.fbsbx.com/a",
        "https://evilfbsbx.com/a",
        "https://fbsbx.com.evil.example/a",
        "https://127.0.0.1/a",
        "https://[::1/a",
        "file:///etc/passwd",
        "",
    ],
)
def test_files_come_from_metas_hosts_only(url: str) -> None:
    assert not graph.is_metas(url)
    assert graph.is_metas("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1")


def test_a_public_comment_is_for_a_person_and_its_author_is_asked_into_private(meta: FakeMeta) -> None:
    assert meta.brings(comment_on_page("1_77", "Jalan depan rumah saya di Gang Melati 5 rusak")) == 200
    everything_runs()

    message = InboundMessage.objects.get()
    assert (message.state, message.why) == ("for_person", "public_words")
    [(path, body)] = meta.posted
    assert path == f"{PAGE}/messages"
    assert body["recipient"] == {"comment_id": "1_77"}
    assert not Report.objects.exists()


def test_one_comment_gets_one_private_reply_however_often_it_is_brought(meta: FakeMeta) -> None:
    for _ in range(3):
        meta.brings(comment_on_page("1_77", "Jalan rusak"))
        everything_runs()

    assert len(meta.posted) == 1


def test_the_number_stands_in_public_only_when_asked_for_and_the_code_never(meta: FakeMeta) -> None:
    meta.brings(comment_on_page("1_77", "Jalan rusak, mana LAPOR?"))
    everything_runs()

    def says(words: str) -> list[tuple[str, dict[str, Any]]]:
        before = len(meta.posted)
        meta.heard[PAGE, "4242"] = timezone.now()
        meta.brings(private(PAGE, "4242", {"mid": meta.new_id("m.in"), "text": words}))
        everything_runs()
        return meta.posted[before:]

    answered = says(HOLE)
    report = Report.objects.get()
    assert [path for path, _ in answered] == [f"{PAGE}/messages"]
    assert show_code(report.code) in words_in(answered[0][1])

    [(path, body)] = says("Balas publik")
    assert path == "1_77/comments"
    assert report.number in body["message"]
    public = json.dumps([body for path, body in meta.posted if path.endswith(("/comments", "/replies"))])
    assert show_code(report.code) not in public
    assert report.code not in public


def test_a_secret_report_has_no_number_in_public(meta: FakeMeta) -> None:
    meta.brings(comment_on_page("1_77", "Pungli"))
    meta.heard[PAGE, "4242"] = timezone.now()
    meta.brings(private(PAGE, "4242", {"mid": "m.in.1", "text": HOLE}))
    everything_runs()
    Report.objects.update(is_secret=True)

    meta.brings(private(PAGE, "4242", {"mid": "m.in.2", "text": "BALAS PUBLIK"}))
    everything_runs()

    assert not [path for path, _ in meta.posted if path.endswith("/comments")]


def test_messenger_answers_within_its_window_only(meta: FakeMeta, today: time_machine.Traveller) -> None:
    meta.heard[PAGE, "4242"] = timezone.now()
    meta.brings(private(PAGE, "4242", {"mid": "m.in.1", "text": HOLE}))
    everything_runs()
    assert "Kode:" in words_in(meta.posted[0][1])
    today.shift(timedelta(hours=24))

    with pytest.raises(WindowClosed):
        Facebook().send(LETTER, ["facebook:4242"])


def test_instagram_asks_for_the_words_of_a_mention(meta: FakeMeta) -> None:
    meta.mentions["17894"] = "@lapor1708 lampu jalan padam"
    meta.brings(changed(GRAM, "mentions", media_id="17918", comment_id="17894"))
    everything_runs()

    message = InboundMessage.objects.get()
    assert (message.state, message.why, message.account) == ("for_person", "public_words", GRAM)
    assert not ChannelAnswer.objects.exists()  # nobody to write to: a mention names no author


def test_no_robot_of_theirs_talks_to_ours(meta: FakeMeta, budi: Person) -> None:
    assert budi.says("Terima kasih telah menghubungi kami. Ini adalah pesan otomatis.") == ""


def test_the_number_that_sends_is_the_one_in_the_settings(meta: FakeMeta, heard: Person) -> None:
    sending()

    assert [path for path, _ in meta.posted] == [f"{NUMBER}/messages"]


def test_a_film_by_whatsapp_is_evidence_and_stands_for_the_photo(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.file("video", film(), mime_type="video/mp4", caption=HOLE), budi.place())
    heard = budi.hears()

    assert "Kode:" in heard
    assert "Ada fotonya?" not in heard
    assert [(one.name, one.media_type) for one in Evidence.objects.all()] == [("film.mp4", "video/mp4")]


def test_a_voice_note_in_the_middle_goes_with_the_report(meta: FakeMeta, budi: Person) -> None:
    budi.says(HOLE)
    budi.sends(budi.file("audio", VOICE, mime_type="audio/ogg; codecs=opus", voice=True))
    budi.hears()
    budi.sends(budi.photo(jpeg()), budi.place())
    budi.hears()

    report = Report.objects.get()
    assert report.text.original == HOLE.removeprefix("Uji: ")
    assert {one.media_type for one in Evidence.objects.filter(report=report)} == {"audio/ogg", "image/jpeg"}
    assert not Evidence.objects.filter(is_public=True).exists()


def test_a_voice_note_alone_is_for_a_person_who_files_it_with_the_sound(
    case: Case, meta: FakeMeta, budi: Person
) -> None:
    budi.sends(budi.file("audio", VOICE, mime_type="audio/ogg; codecs=opus", voice=True))
    heard = budi.hears()

    message = InboundMessage.objects.get()
    assert (message.state, message.why, message.problem) == ("for_person", "no_words", "")
    assert "dilampirkan" not in heard
    look.make_report(message=message.pk, text=HOLE, actor=case.world["admin-pusat"], now=NOW)
    assert Evidence.objects.get().media_type == "audio/ogg"


def test_a_recording_that_meta_has_no_more_is_named(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.message("audio", {"id": "77", "mime_type": "audio/ogg", "voice": True}))
    heard = budi.hears()

    message = InboundMessage.objects.get()
    assert (message.state, message.why, message.problem) == ("for_person", "no_words", "rekaman suara.ogg")
    assert "tidak dapat dilampirkan: rekaman suara (OGG)." in heard


@pytest.mark.parametrize("account", [PAGE, GRAM])
def test_messengers_film_that_lies_elsewhere_is_named_and_its_words_are_filed(meta: FakeMeta, account: str) -> None:
    elsewhere = {"type": "video", "payload": {"url": "https://video.warga.example/v.mp4"}}
    meta.heard[account, "4242"] = timezone.now()
    meta.brings(private(account, "4242", {"mid": "m.in.9", "text": HOLE, "attachments": [elsewhere]}))
    everything_runs()

    assert InboundMessage.objects.get(became="report").problem == "film.mp4"
    assert any("tidak dapat dilampirkan: film (MP4)." in words_in(body) for _, body in meta.posted)


def test_a_photo_with_belum_goes_with_the_objection(meta: FakeMeta, budi: Person) -> None:
    budi.sends(budi.photo(jpeg(), caption=HOLE), budi.place())
    budi.hears()
    report = Report.objects.get()

    budi.sends(budi.photo(jpeg("red"), caption=f"BELUM {show_code(report.code)} masih bocor"))
    budi.hears()

    assert Evidence.objects.filter(report=report).count() == 2
