"""Several people at once, on really committed transactions: one does it, the others are told what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from tests.builders import Case, build_world, draft
from tests.sop.days import at
from tests.stories.telling import told_of

from lapor.kernel.errors import Refusal
from lapor.ledger import book
from lapor.ledger.models import Entry
from lapor.reports.models import Breach, Cause, Deadline, Disposition, NumberSeries, OutgoingMessage, Report
from lapor.reports.refusals import NotPermitted, SameKeyOtherBody, StalePage
from lapor.reports.usecases import accept, ask, cause, complete, confirm, dispose, note, redispose, respond
from lapor.reports.usecases.breach import explain_breach
from lapor.reports.usecases.holidays import declare_holiday
from lapor.reports.usecases.submit import submit_report
from lapor.reports.usecases.sweep import sweep_all
from lapor.sop.vocabulary import Action, Clock, Holder, Status

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 8


@pytest.fixture
def case() -> Case:
    """A case in a world that is committed."""
    return Case(build_world())


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """Do all at the same moment, each on its own connection; return what came out, or the refusal."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def after(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Do `first`, and commit it only when `second`, on its own connection, waits for it."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as in Django's test case: durable use cases may nest

    def overtaken() -> None:
        try:
            second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with block:
            first()
            waits = pool.submit(overtaken)
            while not (_is_waited_for() or waits.done()):
                pass
        waits.result()


def _is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND transactionid = pg_current_xact_id()::xid")
        return cursor.fetchone() is not None


def refusals(outcomes: list[Any]) -> list[type[Refusal]]:
    """Return the kinds of refusal among outcomes."""
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Refusal)]


@pytest.fixture
def whole() -> Iterator[None]:
    """After the test every ledger is whole and no report has two live holders or two live clocks of a kind."""
    yield
    for report in Report.objects.all():
        assert book.problems_of(report.pk) == []
        assert Disposition.objects.filter(report=report, is_lead=True, ended_at=None).count() <= 1


def test_a_storm_of_one_key_makes_one_report(case: Case, whole: None) -> None:
    def send() -> Any:
        return submit_report(draft(), actor=case.reporter, now=case.now, key="badai")

    receipts = together([send] * MANY)

    assert len({receipt.code for receipt in receipts}) == 1
    assert sorted(receipt.repeated for receipt in receipts) == [False] + [True] * (MANY - 1)
    assert Report.objects.count() == 1
    assert Entry.objects.count() == 1
    assert OutgoingMessage.objects.count() == 2


def test_a_storm_of_one_key_with_other_words_keeps_one_of_them(case: Case, whole: None) -> None:
    def send(text: str) -> Callable[[], Any]:
        return lambda: submit_report(draft(text=text), actor=case.reporter, now=case.now, key="badai")

    outcomes = together([send("Jalan berlubang di timur pasar."), send("Jalan berlubang di barat pasar.")])

    assert refusals(outcomes) == [SameKeyOtherBody]
    assert Report.objects.count() == 1


def test_a_storm_of_reports_is_numbered_without_a_gap(case: Case, whole: None) -> None:
    def send(key: int) -> Callable[[], Any]:
        text = draft().text if key % 4 else " "  # some are refused in between
        return lambda: submit_report(draft(text=text), actor=case.reporter, now=case.now, key=f"badai-{key}")

    outcomes = together([send(key) for key in range(3 * MANY)])

    numbers = sorted(outcome.number for outcome in outcomes if not isinstance(outcome, Refusal))
    assert numbers == [f"UJI-2026-{n:06d}" for n in range(1, len(numbers) + 1)]
    assert len(refusals(outcomes)) == 6
    assert NumberSeries.objects.get(prefix="UJI").last == len(numbers)


def test_two_officers_at_once_one_disposes_and_the_other_is_told(case: Case, whole: None) -> None:
    case.is_submitted()

    def send(to: str) -> Callable[[], Any]:
        return lambda: case.act(dispose.dispose_report, "admin-kota", to=to)

    outcomes = together([send("dinas-pupr"), send("dinas-kesehatan")])

    assert refusals(outcomes) == [NotPermitted]
    assert case.status == Status.DISPOSED
    assert len([line for line in case.ledger if "dispose" in line]) == 1


def test_who_waited_for_another_step_sees_the_desk_that_it_reached(case: Case, whole: None) -> None:
    case.is_submitted()

    after(
        lambda: case.act(dispose.dispose_report, "admin-kota", to="dinas-pupr"),
        lambda: case.act(note.write_note, "admin-kota", text="Dekat sekolah."),
    )

    assert case.holder == (Holder.UNIT, "dinas-pupr")
    assert case.report.unit == case.world.agency("dinas-pupr")
    assert [leg.desk.code for leg in case.legs if leg.desk] == ["kota-uji", "dinas-pupr"]


def test_an_explanation_that_waited_for_a_step_leaves_the_report_where_it_is(case: Case, whole: None) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA").sweep("Tue 17 Mar 2026 00:05 WITA")
    breach = Breach.objects.filter(desk__code="kota-uji").earliest("id").pk
    actor = case.world["admin-kota"]

    after(
        lambda: case.act(dispose.dispose_report, "admin-kota", to="dinas-pupr"),
        lambda: explain_breach(breach=breach, text="Petugas sakit.", actor=actor, now=case.now),
    )

    assert case.holder == (Holder.UNIT, "dinas-pupr")


def test_a_holiday_declared_while_a_step_is_taken_waits_for_it_and_loses_no_day(case: Case, whole: None) -> None:
    case.is_submitted(on="Mon 2 Mar 2026 09:00 WITA").on("Wed 4 Mar 2026 09:00 WITA")
    before = case.due(Clock.ESCALATION)
    flood: dict[str, Any] = {"calendar": "wita", "day": date(2026, 3, 3), "why": "Banjir"}

    after(
        lambda: case.act(ask.ask_reporter, "admin-kota", question="Di jalan apa?"),
        lambda: declare_holiday(**flood, actor=case.world["admin-pusat"], now=case.now),
    )
    case.act(complete.complete_report, "reporter", text="Jalan Pasar nomor satu.")

    assert (before, case.due(Clock.ESCALATION)) == (date(2026, 6, 10), date(2026, 6, 11))


def test_a_page_that_was_overtaken_is_stale_even_where_the_step_would_fit(case: Case, whole: None) -> None:
    case.is_disposed()
    version = case.report.version

    def send(to: str) -> Callable[[], Any]:
        return lambda: case.act(redispose.redispose_report, "admin-kota", to=to, reason="change", version=version)

    outcomes = together([send("dinas-kesehatan")] * 2)

    assert refusals(outcomes) == [StalePage]
    assert case.holder[1] == "dinas-kesehatan"


def test_several_sweeps_at_once_do_each_thing_once(case: Case, whole: None) -> None:
    late = [Case(case.world).is_disposed(on="Mon 2 Mar 2026 09:00 WITA") for _ in range(4)]
    silent = [Case(case.world).is_followed_up(on="Mon 2 Mar 2026 09:00 WITA") for _ in range(4)]
    now = at("Tue 17 Mar 2026 00:05 WITA")

    together([lambda: sweep_all(now=now)] * 4)
    sweep_all(now=now)  # what one sweep held while another looked is left for the next round

    for each in silent:
        assert each.status == Status.CLOSED
        assert [line for line in each.ledger if "lapse" in line] == ["S33 S70 lapse by clock"]
        assert told_of(each, Action.LAPSE) == {"reporter", "dinas-pupr", "kota-uji"}
    for each in late:
        assert Breach.objects.filter(report__code=each.code, clock="first_response").count() == 1


def test_the_reporter_and_the_clock_at_once_close_a_report_once(case: Case, whole: None) -> None:
    case.is_followed_up(on="Mon 2 Mar 2026 09:00 WITA")
    case.on("Tue 17 Mar 2026 00:05 WITA")

    together([lambda: sweep_all(now=case.now), lambda: case.act(confirm.confirm_done, "reporter", rating=5)])
    sweep_all(now=case.now)

    assert case.status == Status.CLOSED
    ends = [line for line in case.ledger if "lapse by" in line or "confirm by" in line]
    assert len(ends) == 1
    assert not Deadline.objects.filter(report__code=case.code, state="running").exists()


def test_the_liaison_and_the_admin_answer_at_once_and_only_one_is_first(case: Case, whole: None) -> None:
    case.is_disposed()

    def answer(who: str) -> Callable[[], Any]:
        return lambda: case.act(respond.respond_first, who, text="Kami periksa hari ini.")

    outcomes = together([answer("pp-pupr"), answer("admin-kota")])

    assert refusals(outcomes) == [NotPermitted]
    assert case.report.responses.filter(kind="first_response").count() == 1


def test_a_double_click_accepts_once(case: Case, whole: None) -> None:
    case.is_disposed()

    outcomes = together([lambda: case.act(accept.accept_disposition, "pp-pupr")] * 4)

    assert refusals(outcomes) == [NotPermitted] * 3
    assert case.clock(Clock.ACCEPT).state == "met"
    assert case.report.version == 3


def test_two_reports_joined_at_once_with_the_same_words_hang_on_one_cause(case: Case, whole: None) -> None:
    both = [case.is_disposed(), Case(case.world).is_disposed()]
    words = {"title": "Gardu rusak", "target": "Lampu menyala", "due_on": date(2026, 6, 1), "owner": "dinas-pupr"}

    def join(one: Case) -> Callable[[], Any]:
        return lambda: one.act(cause.join_cause, "admin-kota", **words)

    after(join(both[0]), join(both[1]))

    assert Cause.objects.get().joined == 2
