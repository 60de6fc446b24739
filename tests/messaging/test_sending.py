"""Told means told: nothing lost, nothing twice, nothing stuck, whatever the senders and the providers do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import chain, repeat
from threading import Barrier

import pytest
from django.db import connection, connections
from tests.builders import Case, build_world
from tests.messaging.provider import Provider
from tests.sop.days import at

from lapor.messaging import drain, sending
from lapor.messaging.channel import ChannelDown, Letter, Refused, TryLater
from lapor.messaging.sending import LEASE, MOST_ATTEMPTS, PAUSES, lease, pause_after
from lapor.reports.models import OutgoingMessage, Report

NOW = at("Mon 2 Mar 2026 09:00 WITA")
SECOND = timedelta(seconds=1)


class Killed(BaseException):
    """The sender's process ended here: nothing after this line was run."""


@pytest.fixture
def report(case: Case) -> Report:
    """A report, with nothing owed for it yet."""
    report = case.is_submitted().report
    OutgoingMessage.objects.all().delete()
    return report


def owe(report: Report, number: int = 1) -> list[OutgoingMessage]:
    """Write so many promises to the institution's admin, the first the longest ago."""
    first = 1 + OutgoingMessage.objects.count()
    return OutgoingMessage.objects.bulk_create(
        OutgoingMessage(
            report=report,
            seq=seq,
            action="reply",
            told="holder",
            desk=report.agency,
            next_try_at=NOW + (seq - 1000) * SECOND,
            created_at=NOW - timedelta(hours=1),
        )
        for seq in range(first, first + number)
    )


def states() -> list[tuple[str, int]]:
    """Return state and attempts of every message, in order."""
    return list(OutgoingMessage.objects.order_by("id").values_list("state", "attempts"))


def raising(problem: BaseException, only: str = "") -> object:
    """Return a script by which the provider fails, for every letter or for one."""

    def script(letter: Letter) -> None:
        if only in (letter.key, ""):
            raise problem

    return staticmethod(script)


def key_of(message: OutgoingMessage, provider: type[Provider]) -> str:
    """Return the key under which the provider knows a message: it is sent alone and taken back."""
    drain(now=NOW, batch=1, worker="test")
    key, _ = provider.taken.pop()
    OutgoingMessage.objects.filter(pk=message.pk).update(
        state="waiting", attempts=0, sent_at=None, next_try_at=message.next_try_at
    )
    return key


class TestOneSender:
    def test_sends_what_is_due_the_longest_waiting_first_and_says_when(
        self, report: Report, provider: type[Provider]
    ) -> None:
        owe(report, 3)
        OutgoingMessage.objects.filter(seq=3).update(next_try_at=NOW + SECOND)

        assert drain(now=NOW, worker="test") == 2
        assert states() == [("sent", 1), ("sent", 1), ("waiting", 0)]
        assert set(OutgoingMessage.objects.values_list("sent_at", flat=True)) == {NOW, None}
        assert len(provider.taken) == 2
        assert drain(now=NOW, worker="test") == 0
        assert drain(now=NOW + SECOND, worker="test") == 1
        assert [to for _, to in provider.taken] == [("admin-kota@contoh.example",)] * 3
        assert len({key for key, _ in provider.taken}) == 3

    def test_never_takes_more_than_a_batch(self, report: Report, provider: type[Provider]) -> None:
        owe(report, 7)
        assert [drain(now=NOW, batch=3, worker="test") for _ in range(4)] == [3, 3, 1, 0]
        assert len(provider.taken) == 7

    def test_counts_the_attempt_before_the_work(self, report: Report, provider: type[Provider]) -> None:
        owe(report)
        seen = []
        provider.script = staticmethod(lambda letter: seen.append(states()))
        drain(now=NOW, worker="test")
        assert seen == [[("waiting", 1)]]

    def test_stops_when_its_time_is_over_and_gives_back_what_it_did_not_try(
        self, report: Report, provider: type[Provider]
    ) -> None:
        owe(report, 4)
        seconds = chain([0, 1, 2], repeat(sending.WORKING_TIME + 1))

        assert sending.drain(now=NOW, batch=50, worker="slow", stopwatch=lambda: next(seconds)) == 2
        assert states() == [("sent", 1), ("sent", 1), ("waiting", 0), ("waiting", 0)]
        assert drain(now=NOW, worker="test") == 2
        assert states() == [("sent", 1)] * 4

    def test_works_in_few_queries_for_each_message(
        self, report: Report, provider: type[Provider], django_assert_max_num_queries: object
    ) -> None:
        owe(report, 50)
        with django_assert_max_num_queries(4 + 5 + 3 + 50):  # type: ignore[operator]  # lease, background, officers, marks
            assert drain(now=NOW, worker="test") == 50


class TestAProviderThatFails:
    def test_for_now_is_tried_again_after_growing_pauses_and_then_the_message_is_set_aside(
        self, report: Report, provider: type[Provider]
    ) -> None:
        (message,) = owe(report)
        provider.script = raising(TryLater("busy"))  # type: ignore[assignment]
        now, waits = NOW, []
        for attempt in range(1, MOST_ATTEMPTS + 1):
            assert drain(now=now, worker="test") == 1
            message.refresh_from_db()
            assert message.attempts == attempt
            if message.state == "waiting":
                assert drain(now=message.next_try_at - SECOND, worker="test") == 0
                waits.append(message.next_try_at - now)
                now = message.next_try_at

        assert (message.state, message.problem, message.leased_until) == ("dead", "busy", None)
        assert waits == [pause_after(message.pk, attempt) for attempt in range(1, MOST_ATTEMPTS)]
        assert waits == sorted(waits)
        assert drain(now=now + timedelta(days=365), worker="test") == 0

    def test_for_good_is_not_asked_again(self, report: Report, provider: type[Provider]) -> None:
        owe(report)
        provider.script = raising(Refused("no such mailbox"))  # type: ignore[assignment]
        drain(now=NOW, worker="test")
        message = OutgoingMessage.objects.get()
        assert (message.state, message.attempts, message.problem) == ("dead", 1, "no such mailbox")

    @pytest.mark.parametrize("problem", [TryLater("busy"), Refused("never"), ZeroDivisionError("a bug of ours")])
    def test_one_bad_message_never_stops_the_lane(
        self, report: Report, provider: type[Provider], problem: Exception
    ) -> None:
        bad, *_ = owe(report, 5)
        provider.script = raising(problem, only=key_of(bad, provider))  # type: ignore[assignment]
        assert drain(now=NOW, worker="test") == 5
        assert [state for state, _ in states()][1:] == ["sent"] * 4
        assert states()[0] in [("waiting", 1), ("dead", 1)]

    def test_away_altogether_costs_no_message_an_attempt(self, report: Report, provider: type[Provider]) -> None:
        owe(report, 5)
        provider.script = raising(ChannelDown("connection refused"))  # type: ignore[assignment]
        now = NOW
        for _ in range(MOST_ATTEMPTS * 3):
            now += timedelta(minutes=2)
            assert drain(now=now, worker="test") == 0  # the loop may rest
        assert states() == [("waiting", 0)] * 5
        assert sum(provider.tried.values()) == MOST_ATTEMPTS * 3  # one knock at the door each time
        assert set(OutgoingMessage.objects.values_list("problem", flat=True)) == {"connection refused"}

        provider.script = staticmethod(lambda letter: None)
        drain(now=now + timedelta(minutes=2), worker="test")
        assert states() == [("sent", 1)] * 5

    def test_away_holds_up_nobody_who_is_not_told_that_way(self, report: Report, provider: type[Provider]) -> None:
        owe(report, 2)
        OutgoingMessage.objects.filter(seq=2).update(told="reporter", desk=None)
        provider.script = raising(ChannelDown("connection refused"))  # type: ignore[assignment]
        assert drain(now=NOW, worker="test") == 1
        assert [state for state, _ in states()] == ["waiting", "nowhere"]


class TestFactsThatCannotBeRead:
    def test_set_aside_their_own_message_only(self, report: Report, provider: type[Provider]) -> None:
        owe(report, 3)
        OutgoingMessage.objects.filter(seq=2).update(facts=["not", "a", "dictionary"])
        now = NOW
        while drain(now=now, worker="test"):
            now += timedelta(days=2)
        assert states() == [("sent", 1), ("dead", MOST_ATTEMPTS), ("sent", 1)]
        assert len(provider.taken) == 2

    def test_of_an_audience_the_table_does_not_know_wait_for_somebody_to_look(
        self, report: Report, provider: type[Provider], caplog: pytest.LogCaptureFixture
    ) -> None:
        owe(report)
        OutgoingMessage.objects.update(action="never_heard_of")
        with caplog.at_level("INFO"):
            drain(now=NOW, worker="test")
        assert OutgoingMessage.objects.get().problem == "KeyError"
        assert "in text_of" in caplog.text  # where it went wrong, and nothing of the message

    def test_and_other_peoples_words_are_not_kept_where_many_read_them(
        self, report: Report, provider: type[Provider]
    ) -> None:
        owe(report)
        provider.script = raising(ValueError("bad address siti@contoh.example"))  # type: ignore[assignment]
        drain(now=NOW, worker="test")
        assert OutgoingMessage.objects.get().problem == "ValueError"


class TestASenderThatIsKilled:
    def test_leaves_the_message_to_another_once_its_lease_has_run_out(
        self, report: Report, provider: type[Provider]
    ) -> None:
        owe(report)
        provider.script = raising(Killed())  # type: ignore[assignment]
        with pytest.raises(Killed):
            drain(now=NOW, worker="first")
        assert states() == [("waiting", 1)]

        provider.script = staticmethod(lambda letter: None)
        assert drain(now=NOW + LEASE - SECOND, worker="second") == 0
        assert drain(now=NOW + LEASE, worker="second") == 1
        assert states() == [("sent", 2)]
        assert len(provider.taken) == 1

    def test_again_and_again_by_one_message_takes_no_other_with_it(
        self, report: Report, provider: type[Provider]
    ) -> None:
        killer, *_ = owe(report, 6)
        provider.script = raising(Killed(), only=key_of(killer, provider))  # type: ignore[assignment]
        now, deaths = NOW, 0
        while OutgoingMessage.objects.filter(state="waiting").exists():
            try:
                drain(now=now, worker="test")
            except Killed:
                deaths += 1
            now += LEASE
            assert deaths <= MOST_ATTEMPTS
        assert deaths == MOST_ATTEMPTS
        assert [state for state, _ in states()] == ["dead"] + ["sent"] * 5
        assert all(attempts <= 2 for _, attempts in states()[1:])
        assert OutgoingMessage.objects.get(state="dead").problem == sending.STOPPED

    @pytest.mark.parametrize("problem", [TryLater("too slow"), Refused("too slow"), ChannelDown("too slow")])
    def test_and_was_only_slow_changes_nothing_for_the_one_who_took_over(
        self, report: Report, provider: type[Provider], problem: Exception
    ) -> None:
        owe(report)

        def meanwhile(letter: Letter) -> None:
            provider.script = raising(TryLater("not now"))  # type: ignore[assignment]
            drain(now=NOW + LEASE, worker="another")
            raise problem

        provider.script = staticmethod(meanwhile)
        drain(now=NOW, worker="slow")
        message = OutgoingMessage.objects.get()
        assert (message.state, message.attempts, message.problem) == ("waiting", 2, "not now")
        assert message.next_try_at == NOW + LEASE + pause_after(message.pk, 2)

    def test_but_had_sent_after_all_spares_another_try(self, report: Report, provider: type[Provider]) -> None:
        owe(report)

        def meanwhile(letter: Letter) -> None:
            provider.script = staticmethod(lambda letter: None)
            lease(now=NOW + LEASE, batch=1)  # by another, who is killed at once

        provider.script = staticmethod(meanwhile)
        drain(now=NOW, worker="slow")
        assert states() == [("sent", 2)]
        assert drain(now=NOW + 2 * LEASE, worker="third") == 0
        assert len(provider.taken) == 1


class TestManySenders:
    @pytest.fixture
    def committed(self, transactional_db: None) -> Report:
        """A report in a database that other connections see."""
        report = Case(build_world()).is_submitted().report
        OutgoingMessage.objects.all().delete()
        return report

    def test_at_once_send_everything_and_nothing_twice(self, committed: Report, provider: type[Provider]) -> None:
        owe(committed, 200)
        together = Barrier(4, timeout=10)

        def work(name: str) -> int:
            try:
                together.wait()
                return sum(iter(lambda: drain(now=NOW, batch=7, worker=name), 0))
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as pool:
            done = list(pool.map(work, "abcd"))

        assert sum(done) == 200
        assert set(states()) == {("sent", 1)}
        assert len(provider.taken) == 200 == len({key for key, _ in provider.taken})

    def test_pass_by_what_another_holds(self, committed: Report) -> None:
        owe(committed, 4)
        holding, may_end = Barrier(2, timeout=10), Barrier(2, timeout=10)

        def hold_two() -> None:
            try:
                with connection.cursor() as cursor:
                    cursor.execute("BEGIN")
                    cursor.execute("SELECT 1 FROM reports_outgoingmessage ORDER BY next_try_at LIMIT 2 FOR UPDATE")
                    holding.wait()
                    may_end.wait()
                    cursor.execute("ROLLBACK")
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            holder = pool.submit(hold_two)
            holding.wait()
            leased = lease(now=NOW, batch=50)
            may_end.wait()
            holder.result()
        assert [message.seq for message in leased] == [3, 4]

    def test_see_the_attempt_of_a_sender_that_was_killed(self, committed: Report, provider: type[Provider]) -> None:
        owe(committed)
        provider.script = raising(Killed())  # type: ignore[assignment]
        with pytest.raises(Killed):
            drain(now=NOW, worker="killed")

        def look() -> list[tuple[str, int]]:
            try:
                return states()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(look).result() == [("waiting", 1)]


class TestPauses:
    def test_grow_and_spread_the_same_way_every_time(self) -> None:
        for number in range(200):
            pauses = [pause_after(number, attempts) for attempts in range(1, MOST_ATTEMPTS)]
            assert pauses == sorted(pauses) == [pause_after(number, n) for n in range(1, MOST_ATTEMPTS)]
            assert all(plain * 0.8 <= pause <= plain * 1.2 for plain, pause in zip(PAUSES, pauses, strict=True))
        assert len({pause_after(number, 1) for number in range(200)}) > 100
