"""X: stop anywhere, nothing twice, nothing missed; a code only in private."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.channels.polling import LETTER, asker, asks_again, dies, works
from tests.channels.x.fake_x import ME, FakeX

from lapor.channels.x import inbound, poller
from lapor.channels.x.outbound import X
from lapor.intake.contract import ForPerson, NewReport, Received
from lapor.intake.models import Checkpoint, InboundMessage
from lapor.kernel.codes import show_code
from lapor.messaging.channel import ChannelDown, Refused, SendingFailed, TryLater
from lapor.messaging.models import ChannelHealth
from lapor.reports.models import Report

pytestmark = pytest.mark.usefixtures("case")
asks = asker(poller)
HOLE = "Jalan di depan pasar berlubang sejak bulan lalu"


def ids() -> list[str]:
    """Return the provider's ids of what was kept, sorted."""
    return sorted(InboundMessage.objects.values_list("provider_id", flat=True))


def test_every_page_of_both_feeds_is_read_once(x: FakeX, today: time_machine.Traveller) -> None:
    tweets = [f"public:{x.mention(f'@LAPOR1708 jalan {n}', author=str(n + 1))}" for n in range(10)]
    messages = [f"dm:{x.message(f'lampu {n}', sender=str(n + 1))}" for n in range(7)]

    assert asks() == 17
    assert ids() == sorted(tweets + messages)
    today.shift(timedelta(minutes=2))
    x.asked.clear()
    assert asks() == 0
    assert any(f"since_id={tweets[-1].removeprefix('public:')}" in path for path in x.asked)


def test_stopped_after_every_page_it_goes_on_where_it_was(
    x: FakeX, today: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    tweets = [f"public:{x.mention(f'@LAPOR1708 jalan {n}', author=str(n + 1))}" for n in range(20)]
    monkeypatch.setattr(poller, "MOST_PAGES", 1)

    for n in range(12):
        asks()
        tweets.append(f"public:{x.mention('@LAPOR1708 sela', author=str(100 + n))}")  # while a pass is under way
    asks_again(asks, today, 30)

    assert ids() == sorted(tweets)


@pytest.mark.parametrize("dies_at", range(1, 11))
def test_killed_between_any_two_steps_nothing_is_missed_or_twice(
    x: FakeX, today: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    tweets = [f"public:{x.mention(f'@LAPOR1708 jalan {n}', author=str(n + 1))}" for n in range(8)]
    dies(poller, asks, monkeypatch, at=dies_at)
    asks_again(asks, today, 5)

    assert ids() == sorted(tweets)


def test_a_limit_is_waited_out_until_x_says_so(x: FakeX, today: time_machine.Traveller) -> None:
    x.limit = 2
    tweets = [f"public:{x.mention('@LAPOR1708', author=str(n + 1))}" for n in range(10)]

    asks()
    reset = x.reset()
    assert Checkpoint.objects.get(feed="mentions").ask_at == reset  # told by the page that used it up
    assert len(ids()) == 6
    asked = len(x.asked)
    today.shift(timedelta(minutes=5))
    asks()
    assert not [path for path in x.asked[asked:] if "mentions" in path]

    today.move_to(reset)
    x.used.clear()
    asks()
    assert ids() == sorted(tweets)


def test_429_without_warning_is_waited_out_too(x: FakeX) -> None:
    x.mention("@LAPOR1708")
    at = str(int((timezone.now() + timedelta(minutes=7)).timestamp()))
    x.failures = [(429, {}, {"x-rate-limit-reset": at}), (429, {}, {})]

    asks()

    mentions, messages = (Checkpoint.objects.get(feed=feed) for feed in ("mentions", "messages"))
    assert mentions.ask_at == timezone.now() + timedelta(minutes=7)
    assert messages.ask_at == timezone.now() + timedelta(minutes=15)
    assert not ChannelHealth.objects.filter(channel="x").exclude(down_since=None).exists()  # no fault


@pytest.mark.parametrize(
    "failure",
    [
        (503, {}, {}),
        (401, {}, {}),
        (200, {"errors": [{"title": "Something"}]}, {}),
        (200, b"<html>", {}),
        (200, {"data": "?", "meta": {}}, {}),
        (302, b"", {"Location": "http://127.0.0.1:1/"}),
    ],
)
def test_a_failure_is_said_shown_and_tried_again(
    x: FakeX, today: time_machine.Traveller, caplog: pytest.LogCaptureFixture, failure: Any
) -> None:
    tweet = x.mention("@LAPOR1708 jalan rusak")
    x.failures = [failure]

    asks()

    assert "x: mentions: X answered" in caplog.text
    assert ChannelHealth.objects.get(channel="x").down_since is not None
    today.shift(timedelta(minutes=20))
    asks()
    assert ids() == [f"public:{tweet}"]


def test_nobody_there_is_no_crash(x: FakeX) -> None:
    x.close()

    assert asks() == 0
    assert "cannot be reached" in Checkpoint.objects.get(feed="mentions").problem


def test_a_page_that_ran_out_begins_the_pass_anew(x: FakeX, today: time_machine.Traveller) -> None:
    tweets = [f"public:{x.mention('@LAPOR1708', author=str(n + 1))}" for n in range(8)]
    Checkpoint.objects.create(
        channel="x", account=ME, feed="mentions", ask_at=timezone.now(), cursor={"since": "", "page": "gone"}
    )

    asks()

    assert ids() == sorted(tweets)


def test_a_new_installation_reads_one_day_back_and_never_itself(x: FakeX) -> None:
    x.mention("@LAPOR1708 lama", ago=timedelta(days=3))
    new = x.mention("@LAPOR1708 baru", ago=timedelta(hours=3))
    x.mention("kami sendiri", author=ME)
    x.message("kami sendiri", sender=ME)

    asks()

    assert ids() == [f"public:{new}"]


def test_a_wrong_signature_brings_nothing(x: FakeX, settings: Settings) -> None:
    x.mention("@LAPOR1708")
    settings.LAPOR_X_TOKEN_SECRET = "another"

    asks()

    assert not InboundMessage.objects.exists()
    assert "401" in Checkpoint.objects.get(feed="mentions").problem


def test_a_mention_is_for_a_person_and_its_author_asked_into_private_once(x: FakeX) -> None:
    tweet = x.mention("@LAPOR1708 @dinas jalan rusak di Gang Melati")
    asks()
    works()

    message = InboundMessage.objects.get()
    assert (message.state, message.why) == ("for_person", "public_words")
    [(path, body)] = x.posted
    assert (path, body["reply"]) == ("/2/tweets", {"in_reply_to_tweet_id": tweet})
    assert not Report.objects.exists()


def test_a_report_by_message_gets_its_code_by_message_only(x: FakeX, today: time_machine.Traveller) -> None:
    tweet = x.mention("@LAPOR1708 jalan rusak")
    asks()
    works()
    today.shift(timedelta(minutes=2))
    x.message(HOLE)
    asks()
    works()

    report = Report.objects.get()
    path, body = x.posted[-1]
    assert path == "/2/dm_conversations/with/777/messages"
    assert show_code(report.code) in body["text"]

    today.shift(timedelta(minutes=2))
    x.message("Balas publik")
    asks()
    works()
    path, body = x.posted[-1]
    assert (path, body["reply"]) == ("/2/tweets", {"in_reply_to_tweet_id": tweet})
    assert report.number in body["text"]
    public = json.dumps([body for path, body in x.posted if path == "/2/tweets"])
    assert show_code(report.code) not in public

    today.shift(timedelta(minutes=2))
    x.message("status")
    asks()
    works()
    assert "Belum Terverifikasi" in x.posted[-1][1]["text"]


def test_said_before_and_the_answer_lost_is_said_once(x: FakeX) -> None:
    x.mention("@LAPOR1708 jalan rusak")
    asks()
    channel = X()
    channel.send(LETTER, ["x:777"])
    channel.send(LETTER, ["x:777"])
    channel.close()

    assert len(x.posted) == 1


@pytest.mark.parametrize(
    ("failure", "means"),
    [
        ((429, {}, {}), ChannelDown),
        ((401, {}, {}), ChannelDown),
        ((402, {}, {}), ChannelDown),
        ((403, {"detail": "You do not have permission"}, {}), Refused),
        ((400, {}, {}), Refused),
        ((503, {}, {}), TryLater),
        ((200, {"errors": [{"title": "?"}]}, {}), TryLater),
        ((200, b"?", {}), TryLater),
    ],
)
def test_what_each_answer_means(x: FakeX, failure: Any, means: type[SendingFailed]) -> None:
    x.failures = [failure]

    with pytest.raises(SendingFailed) as raised:
        X().send(LETTER, ["x:777"])
    assert type(raised.value) is means


def received(raw: bytes) -> Received:
    """Return a kept message of somebody."""
    from lapor.identity.contacts import HANDLE, ContactInput

    return Received("x", ME, "dm:1", raw, timezone.now(), ContactInput(HANDLE, "x:777"), "777")


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: json.dumps({"item": {"text": text}}).encode()))
@pytest.mark.django_db
def test_no_kept_bytes_break_the_reading(raw: bytes) -> None:
    understood = inbound.read(received(raw))

    understood.text.encode()


def test_a_handle_in_the_middle_of_a_message_is_words(x: FakeX) -> None:
    raw = json.dumps({"kind": "messages", "item": {"text": "Laporkan @dinas jalan rusak"}}).encode()
    read = inbound.read(received(raw))

    assert isinstance(read, NewReport)
    assert read.text == "Laporkan @dinas jalan rusak"
    assert isinstance(inbound.read(received(b"{}")), ForPerson)
