"""YouTube: within the day's quota nothing twice and nothing missed, and in public never a code."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from tests.channels.polling import LETTER, asker, asks_again, dies, works
from tests.channels.youtube.fake_youtube import CHANNEL, FakeYouTube, error

from lapor.channels.youtube import inbound, poller
from lapor.channels.youtube.api import next_day, quota_day
from lapor.channels.youtube.outbound import YouTube
from lapor.channels.youtube.poller import Poller
from lapor.intake.contract import Received
from lapor.intake.models import ChannelAnswer, Checkpoint, InboundMessage
from lapor.intake.usecases.feeds import spend, spent
from lapor.messaging.channel import ChannelDown, Refused, SendingFailed, TryLater
from lapor.messaging.models import ChannelHealth
from lapor.reports.models import Report

pytestmark = pytest.mark.usefixtures("case")
asks = asker(poller)


def ids() -> list[str]:
    """Return the provider's ids of what was kept, without our mark, sorted."""
    return sorted(id.removeprefix("public:") for id in InboundMessage.objects.values_list("provider_id", flat=True))


def mark() -> Checkpoint:
    """Return the feed's checkpoint."""
    return Checkpoint.objects.get(channel="youtube")


def test_every_page_is_read_once(youtube: FakeYouTube, today: time_machine.Traveller) -> None:
    comments = [youtube.comment(f"jalan {n}", ago=timedelta(hours=n)) for n in range(10)]

    assert asks() == 10
    assert (ids(), youtube.used) == (sorted(comments), 4)
    today.shift(timedelta(minutes=2))
    assert asks() == 0
    assert youtube.used == 5  # one page reaches back far enough


def test_answers_that_a_page_leaves_out_are_asked_for(youtube: FakeYouTube) -> None:
    thread = youtube.comment("jalan")
    answers = [youtube.answer_to(thread, f"di sini juga {n}") for n in range(7)]

    asks()

    assert ids() == sorted([thread, *answers])


def test_a_new_answer_in_an_old_thread_is_found_within_a_day(
    youtube: FakeYouTube, today: time_machine.Traveller
) -> None:
    thread = youtube.comment("jalan", ago=timedelta(hours=2))
    for n in range(8):
        youtube.comment(f"lampu {n}", ago=timedelta(hours=1))
    youtube.comment("yang terbaru")
    asks()
    today.shift(timedelta(hours=20))
    youtube.comment("hal lain")
    answer = youtube.answer_to(thread, "masih rusak")
    asks()
    assert answer not in ids()

    today.shift(timedelta(hours=4, minutes=1))
    asks()

    assert answer in ids()


def test_stopped_after_every_page_it_goes_on_where_it_was(
    youtube: FakeYouTube, today: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    comments = [youtube.comment(f"jalan {n}", ago=timedelta(minutes=n)) for n in range(20)]
    monkeypatch.setattr(poller, "MOST_PAGES", 1)
    for _ in range(10):
        asks()
        today.shift(timedelta(seconds=5))
        comments.append(youtube.comment("sela"))
    asks_again(asks, today, 30)

    assert ids() == sorted(comments)


@pytest.mark.parametrize("dies_at", range(1, 11))
def test_killed_between_any_two_steps_nothing_is_missed_or_twice(
    youtube: FakeYouTube, today: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    comments = [youtube.comment(f"jalan {n}", ago=timedelta(minutes=n)) for n in range(8)]
    dies(poller, asks, monkeypatch, at=dies_at)
    asks_again(asks, today, 5)

    assert ids() == sorted(comments)


def test_our_own_ceiling_is_never_passed_and_the_rest_is_read_the_next_day(
    youtube: FakeYouTube, today: time_machine.Traveller, settings: Settings
) -> None:
    settings.LAPOR_YOUTUBE_QUOTA = 5  # four fifths are for reading
    comments = [youtube.comment(f"jalan {n}", ago=timedelta(minutes=n)) for n in range(18)]

    asks()

    assert youtube.used == 4
    assert len(ids()) == 12
    assert mark().ask_at == next_day(timezone.now())
    today.move_to(next_day(timezone.now()))
    asks()
    assert ids() == sorted(comments)


def test_a_quota_that_google_says_is_used_up_is_waited_out(youtube: FakeYouTube, today: time_machine.Traveller) -> None:
    comment = youtube.comment("jalan")
    youtube.quota = 0

    asks()
    assert mark().ask_at == next_day(timezone.now())

    youtube.quota = 10_000
    today.move_to(next_day(timezone.now()))
    asks()
    assert ids() == [comment]


def test_a_day_ends_at_midnight_in_california(today: time_machine.Traveller) -> None:
    now = timezone.now()  # 01:00 UTC on Monday: Sunday afternoon there

    assert quota_day(now).isoformat() == "2026-03-01"
    assert next_day(now).isoformat() == "2026-03-02T00:00:00-08:00"


def test_what_does_not_fit_into_the_allowance_is_not_counted() -> None:
    day = quota_day(timezone.now())

    assert spend("youtube", 60, day=day, ceiling=100)
    assert not spend("youtube", 50, day=day, ceiling=100)
    assert spent("youtube", day=day) == 60


@pytest.mark.parametrize(
    "failure",
    [
        error(500, "backendError"),
        error(403, "forbidden"),
        error(400, "keyInvalid"),
        (200, {"error": {"errors": []}}),
        (200, b"<html>"),
        (302, b""),
    ],
)
def test_a_failure_is_said_shown_and_tried_again(
    youtube: FakeYouTube, today: time_machine.Traveller, caplog: pytest.LogCaptureFixture, failure: Any
) -> None:
    comment = youtube.comment("jalan")
    youtube.failures = [failure]

    asks()

    assert "YouTube answered" in caplog.text
    assert ChannelHealth.objects.get(channel="youtube").down_since is not None
    today.shift(timedelta(minutes=20))
    asks()
    assert ids() == [comment]


def test_a_page_that_ran_out_begins_at_the_front(youtube: FakeYouTube, today: time_machine.Traveller) -> None:
    comments = [youtube.comment(f"jalan {n}", ago=timedelta(minutes=n)) for n in range(5)]
    youtube.page = 2
    with Poller() as running:
        poller.MOST_PAGES, before = 1, poller.MOST_PAGES
        try:
            running.work(timezone.now())
        finally:
            poller.MOST_PAGES = before
    youtube.failures = [error(400, "invalidPageToken")]
    asks()
    today.shift(timedelta(minutes=2))
    asks()

    assert ids() == sorted(comments)


def test_nobody_there_is_no_crash(youtube: FakeYouTube) -> None:
    youtube.close()

    assert asks() == 0
    assert "nothing" in mark().problem


def test_our_own_comments_and_those_without_an_id_are_left_out(youtube: FakeYouTube) -> None:
    youtube.comment("kami sendiri", author=CHANNEL)
    youtube.threads[0:0] = [{"snippet": {}}]

    asks()

    assert ids() == []


def test_a_comment_is_for_a_person_and_answered_once_in_public_without_a_code(youtube: FakeYouTube) -> None:
    thread = youtube.comment("Jalan di depan pasar rusak", author="UCbudi")
    asks()
    works()
    works()

    message = InboundMessage.objects.get()
    assert (message.state, message.why) == ("for_person", "public_words")
    [body] = youtube.posted
    assert body["snippet"]["parentId"] == thread
    assert not Report.objects.exists()
    assert ChannelAnswer.objects.get().state == "sent"
    assert spent("youtube", day=quota_day(timezone.now())) == youtube.used


def test_an_answer_to_an_answer_hangs_on_the_thread(youtube: FakeYouTube) -> None:
    thread = youtube.comment("Jalan rusak", author="UCsiti")
    youtube.answer_to(thread, "di sini juga", author="UCbudi")
    asks()

    YouTube().send(LETTER, ["youtube:UCbudi"])

    assert youtube.posted[0]["snippet"]["parentId"] == thread


def test_a_letter_with_a_code_never_leaves(youtube: FakeYouTube) -> None:
    youtube.comment("Jalan rusak", author="UCbudi")
    asks()

    with pytest.raises(Refused):
        YouTube().send(replace(LETTER, code="ABCDE-FGHJK-7"), ["youtube:UCbudi"])
    assert youtube.posted == []


@pytest.mark.parametrize(
    ("failure", "means"),
    [
        (error(403, "quotaExceeded"), ChannelDown),
        (error(401, "authError"), ChannelDown),
        (error(403, "forbidden"), Refused),
        (error(404, "parentCommentNotFound"), Refused),
        (error(500, "backendError"), TryLater),
        ((200, {"error": {}}), TryLater),
    ],
)
def test_what_each_answer_means(youtube: FakeYouTube, failure: Any, means: type[SendingFailed]) -> None:
    youtube.comment("Jalan rusak", author="UCbudi")
    asks()
    youtube.failures = [failure]

    with pytest.raises(SendingFailed) as raised:
        YouTube().send(LETTER, ["youtube:UCbudi"])
    assert type(raised.value) is means


def test_a_token_that_is_refused_is_no_letters_fault(youtube: FakeYouTube, settings: Settings) -> None:
    youtube.comment("Jalan rusak", author="UCbudi")
    asks()
    settings.LAPOR_YOUTUBE_REFRESH_TOKEN = "withdrawn"

    with pytest.raises(ChannelDown):
        YouTube().send(LETTER, ["youtube:UCbudi"])
    assert youtube.posted == []


def test_one_token_serves_until_it_runs_out(youtube: FakeYouTube, today: time_machine.Traveller) -> None:
    youtube.comment("Jalan rusak", author="UCbudi")
    asks()
    channel = YouTube()
    channel.send(LETTER, ["youtube:UCbudi"])
    channel.send(LETTER, ["youtube:UCbudi"])
    assert youtube.tokens == 1
    today.shift(timedelta(hours=1))
    channel.send(LETTER, ["youtube:UCbudi"])
    channel.close()

    assert youtube.tokens == 2


@given(st.binary(max_size=200))
def test_no_kept_bytes_break_the_reading(raw: bytes) -> None:
    received = Received("youtube", CHANNEL, "public:1", raw, timezone.now())

    inbound.read(received).text.encode()
