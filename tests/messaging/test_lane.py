"""The lane of owed letters: no letter leaves twice, none stops the others, none is tried for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.builders import Case
from tests.sop.days import at

from lapor.messaging import lane
from lapor.messaging.channel import ChannelDown, Channels, Letter, Sent
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, STOPPED, WORKING_TIME
from lapor.messaging.texts import Rendered
from lapor.reports.models import HeadDigest
from lapor.reports.usecases import head_digests
from lapor.reports.usecases.head_digests import owe_digests

NOW = at("Mon 9 Mar 2026 07:00 WITA")


class Post:
    """A mail server of the test: what left, and what is wrong with it."""

    def __init__(self) -> None:
        self.left: list[str] = []
        self.asked = 0
        self.problem: Exception | None = None
        self.seconds = 0.0
        self.clock = 0.0

    def send(self, letter: Letter, _addresses: list[str]) -> Sent:
        self.asked += 1
        self.clock += self.seconds
        if self.problem:
            raise self.problem
        self.left.append(letter.key)
        return Sent()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    one = Post()
    monkeypatch.setattr(Channels, "of", lambda _self, _kind: one)
    return one


@pytest.fixture
def owed(case: Case) -> Iterator[int]:
    """Have several letters owed; return how many."""
    head_digests._owed.clear()
    owe_digests(now=NOW)
    head_digests._owed.clear()
    count = HeadDigest.objects.count()
    assert count > 2
    yield count
    head_digests._owed.clear()


def drained(post: Post, now: Any = NOW, **options: Any) -> int:
    def pack(one: HeadDigest) -> lane.Packed:
        return Letter(str(one.pk), "id", Rendered("x", "y"), "", "", "", ""), ["x@contoh.example"]

    return lane.drain(HeadDigest.objects.all(), pack, now=now, batch=50, stopwatch=lambda: post.clock, **options)


def test_a_sender_that_is_too_slow_gives_the_rest_back_untried_and_nothing_leaves_twice(owed: int, post: Post) -> None:
    post.seconds = WORKING_TIME

    while drained(post):
        pass

    assert sorted(post.left) == sorted(set(post.left))
    assert len(post.left) == owed
    assert set(HeadDigest.objects.values_list("attempts", "state")) == {(1, "sent")}


def test_a_slow_sender_changes_nothing_of_the_next_ones_lease(owed: int, post: Post) -> None:
    first = lane._lease(HeadDigest.objects.all(), NOW, 1)[0]
    second = lane._lease(HeadDigest.objects.filter(pk=first.pk), NOW + LEASE, 1)[0]

    lane._settle(first, state="dead", problem="late")

    second.refresh_from_db()
    assert (second.state, second.attempts) == ("waiting", 2)


def test_a_letter_that_kills_its_sender_is_taken_alone_and_given_up(owed: int, post: Post) -> None:
    killer = HeadDigest.objects.order_by("pk")[0]
    later = NOW
    for _ in range(MOST_ATTEMPTS):
        taken = lane._lease(HeadDigest.objects.filter(pk=killer.pk), later, 50)  # and its sender dies
        later += LEASE
    HeadDigest.objects.filter(pk__gt=killer.pk).update(next_try_at=later)

    assert [one.pk for one in taken] == [killer.pk]
    drained(post, later)
    killer.refresh_from_db()
    assert (killer.state, killer.problem) == ("dead", STOPPED)
    assert post.left == []  # it was alone
    while drained(post, later):
        pass
    assert len(post.left) == owed - 1


def test_what_cannot_be_noted_never_makes_a_letter_leave_again(owed: int, post: Post) -> None:
    def note(*_: object) -> None:
        raise ValueError("too long for its column")

    while drained(post, note=note):
        pass
    drained(post, NOW + timedelta(days=3), note=note)

    assert len(post.left) == owed
    assert set(HeadDigest.objects.values_list("state", flat=True)) == {"sent"}


def test_a_server_that_is_away_is_asked_once_a_round_and_costs_no_attempt(owed: int, post: Post) -> None:
    post.problem = ChannelDown("no route")

    assert drained(post) == 0
    assert post.asked == 1
    assert set(HeadDigest.objects.values_list("attempts", "state")) == {(0, "waiting")}
    post.problem = None
    while drained(post, NOW + timedelta(minutes=1)):
        pass
    assert len(post.left) == owed
