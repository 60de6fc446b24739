"""Many reports, one cause: joined, seen to once, everybody told; taken out, a report is as if it had never been in."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError
from tests.builders import Case, World
from tests.stories.telling import refused, told_of, words_of

from lapor.agencies.blanks import FieldLeftEmpty
from lapor.kernel.errors import Refusal
from lapor.kernel.models import Deed
from lapor.ledger.models import Entry
from lapor.reports.models import Cause, CauseReport
from lapor.reports.queries import causes as asked
from lapor.reports.queries.track import track
from lapor.reports.refusals import InvalidInput, NotFound, NotYourDesk, SpentHand
from lapor.reports.usecases import cause, secrecy
from lapor.reports.usecases.cause import change_promise, fix_cause, join_cause, leave_cause, tell_fixed
from lapor.sop.vocabulary import Action

NEW = {"title": "Gardu Jl. Melati rusak", "target": "Lampu 40 tiang menyala", "due_on": date(2026, 6, 1)}
DONE = "Gardu sudah diganti dan semua lampu menyala."


@pytest.fixture
def two(world: World, case: Case) -> tuple[Case, Case]:
    """Two reports of one broken transformer, joined to one cause that the roads office sees to."""
    case.is_disposed()
    other = Case(world).is_submitted()
    case.act(join_cause, "admin-kota", **NEW, owner="dinas-pupr")
    other.act(join_cause, "admin-kota", cause=Cause.objects.get().pk)
    return case, other


def standing(case: Case) -> tuple[object, ...]:
    """Return what joining must leave as it is."""
    return case.status, case.holder, case.running, case.report.due_ordinal


def test_S25_a_report_hangs_on_a_cause_as_it_stood_and_its_reporter_is_told(world: World, case: Case) -> None:
    case.is_disposed()
    before = standing(case)

    case.act(join_cause, "admin-kota", **NEW, owner="dinas-pupr")

    assert standing(case) == before
    assert told_of(case, Action.JOIN_CAUSE) == {"reporter"}
    seen = track(case.reporter, case.code, case.now).cause
    assert seen is not None
    assert (seen.title, seen.due_on, seen.joined) == (NEW["title"], NEW["due_on"], 1)
    with refused(case, InvalidInput):
        case.act(join_cause, "admin-kota", cause=seen.id)

    case.act(leave_cause, "admin-kota")

    assert standing(case) == before
    assert track(case.reporter, case.code, case.now).cause is None
    assert Cause.objects.get().joined == 0
    entries = Entry.objects.filter(subject=case.report.pk).order_by("seq").values_list("action", flat=True)
    assert list(entries)[-2:] == ["join_cause", "leave_cause"]
    assert told_of(case, Action.LEAVE_CAUSE) == {"reporter"}
    with refused(case, SpentHand):
        case.act(leave_cause, "admin-kota")


@pytest.mark.parametrize("wrong", [{"due_on": date(2026, 3, 1)}, {"due_on": None}, {"title": " "}, {"cause": 987_654}])
def test_a_cause_without_a_title_or_a_day_to_come_is_refused(case: Case, wrong: dict[str, object]) -> None:
    case.is_submitted()

    with refused(case, InvalidInput):
        case.act(join_cause, "admin-kota", **{**NEW, **wrong})

    assert not Cause.objects.exists()


def test_the_same_words_join_the_cause_that_is_open_already(world: World, two: tuple[Case, Case]) -> None:
    third = Case(world).is_submitted()

    third.act(join_cause, "admin-kota", **NEW, owner="dinas-pupr")

    assert Cause.objects.get().joined == 3
    other_owner = Case(world).is_submitted()
    other_owner.act(join_cause, "admin-kota", **NEW)
    assert Cause.objects.count() == 2


def test_a_changed_promise_keeps_the_first_day_and_says_why(world: World, two: tuple[Case, Case]) -> None:
    case, _other = two
    cause = Cause.objects.get().pk
    later = {"target": "Lampu 38 tiang menyala", "due_on": date(2026, 7, 1), "why": "Trafo baru tiba bulan Juni."}
    for wrong in ({"due_on": date(2026, 1, 1)}, {"why": " "}, {"why": "Karena [alasan]"}):
        with pytest.raises(Refusal):
            change_promise(cause=cause, **{**later, **wrong}, actor=world["pp-pupr"], now=case.now)  # type: ignore[arg-type]
    for stranger in ("pp-kesehatan", "admin-lembaga"):
        with pytest.raises(NotFound):
            change_promise(cause=cause, **later, actor=world[stranger], now=case.now)  # type: ignore[arg-type]

    change_promise(cause=cause, **later, actor=world["pp-pupr"], now=case.now)  # type: ignore[arg-type]
    again = {**later, "due_on": date(2026, 8, 1)}
    change_promise(cause=cause, **again, actor=world["admin-kota"], now=case.now)  # type: ignore[arg-type]

    seen = track(case.reporter, case.code, case.now).cause
    assert seen is not None
    assert (seen.target, seen.due_on, seen.first_due_on) == (later["target"], date(2026, 8, 1), NEW["due_on"])
    assert seen.changed_why == later["why"]
    deeds = Deed.objects.filter(action="cause_changed").order_by("id").values_list("facts", flat=True)
    assert [deed["was_due"] for deed in deeds] == ["2026-06-01", "2026-07-01"]


def test_everybody_is_told_once_when_the_cause_is_fixed_and_no_report_is_closed(
    world: World, two: tuple[Case, Case]
) -> None:
    case, _other = two
    before = [standing(one) for one in two]
    fix_cause(cause=Cause.objects.get().pk, how=DONE, actor=world["pp-pupr"], now=case.now)
    assert told_of(case, Action.CAUSE_FIXED) == set()  # each in the transaction of its report, by the clock

    rounds = [tell_fixed(now=case.now, limit=1) for _n in range(4)]

    assert rounds == [1, 1, 0, 0]
    for one in two:
        assert told_of(one, Action.CAUSE_FIXED) == {"reporter"}
        assert DONE in [text for _kind, _audience, text in words_of(one)]
        assert DONE in [moment.text for moment in track(one.reporter, one.code, one.now).moments]
    assert [standing(one) for one in two] == before
    assert Cause.objects.get().all_told_at is not None
    with pytest.raises(SpentHand):
        fix_cause(cause=Cause.objects.get().pk, how=DONE, actor=world["admin-kota"], now=case.now)
    late = Case(world).is_submitted()
    with refused(late, InvalidInput):
        late.act(join_cause, "admin-kota", cause=Cause.objects.get().pk)


def test_what_is_secret_hangs_on_no_cause_and_hides_one_that_it_hung_on(world: World, two: tuple[Case, Case]) -> None:
    one, other = two
    secret = Case(world).is_submitted(secret=True)
    with refused(secret, InvalidInput):
        secret.act(join_cause, "admin-kota", **NEW)
    assert track(one.reporter, one.code, one.now).cause is not None

    other.act(secrecy.change_secrecy, "admin-kota", anonymous=False, secret=True)

    assert track(one.reporter, one.code, one.now).cause is None


def test_a_blank_is_told_to_nobody(world: World, two: tuple[Case, Case]) -> None:
    with pytest.raises(FieldLeftEmpty):
        fix_cause(cause=Cause.objects.get().pk, how="Sudah ____ [tanggal].", actor=world["admin-kota"], now=two[0].now)
    assert Cause.objects.get().fixed_at is None


def test_a_cause_is_seen_by_its_institution_and_the_unit_that_sees_to_it(world: World, two: tuple[Case, Case]) -> None:
    pk = Cause.objects.get().pk
    seen = {name: {one.id for one in asked.causes(world[name])[0]} == {pk} for name in world.actors}

    assert {name for name, sees in seen.items() if sees} == {
        "admin-pusat", "admin-pusat-2", "admin-kota", "pp-pupr", "pimpinan-pupr",
    }  # fmt: skip
    assert {row.number for row in asked.cause(world["admin-kota"], pk)[1]} == {one.number for one in two}
    assert {row.number for row in asked.cause(world["pp-pupr"], pk)[1]} == {
        two[0].number
    }  # the other is not the unit's
    for stranger in ("admin-lembaga", "pp-kesehatan", "inspektorat", "ombudsman"):
        with pytest.raises(NotFound):
            asked.cause(world[stranger], pk)
        with pytest.raises(NotFound):
            fix_cause(cause=pk, how=DONE, actor=world[stranger], now=two[0].now)
    with pytest.raises(NotYourDesk):
        fix_cause(cause=pk, how=DONE, actor=world["pimpinan-pupr"], now=two[0].now)
    foreign = Case(world).is_submitted(agency="lembaga-uji")
    with refused(foreign, InvalidInput):
        foreign.act(join_cause, "admin-lembaga", cause=pk)


def test_the_public_reads_a_cause_only_while_every_report_is_public(world: World, case: Case) -> None:
    other = Case(world).is_disposed()
    case.is_disposed().act(join_cause, "admin-kota", **NEW)
    pk = Cause.objects.get().pk
    other.act(join_cause, "admin-kota", cause=pk)
    found, rows = asked.public_cause(pk)
    assert (found.joined, {row.number for row in rows}) == (2, {case.number, other.number})

    other.act(secrecy.change_secrecy, "admin-kota", anonymous=False, secret=True)

    with pytest.raises(NotFound):
        asked.public_cause(pk)
    other.act(leave_cause, "admin-kota")
    assert asked.public_cause(pk)[0].joined == 1
    assert CauseReport.objects.count() == 2  # what was is kept


def test_that_a_cause_is_fixed_stands_among_the_deeds(world: World, two: tuple[Case, Case]) -> None:
    fix_cause(cause=Cause.objects.get().pk, how=DONE, actor=world["pp-pupr"], now=two[0].now)

    deed = Deed.objects.get(action="cause_fixed")
    assert (deed.about, deed.institution) == (NEW["title"], Cause.objects.get().agency_id)


@pytest.mark.parametrize("problem", [ValueError("broken"), IntegrityError("check")])
def test_a_report_that_cannot_be_told_waits_for_an_hour_and_the_others_are_told(
    two: tuple[Case, Case], world: World, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    bad, good = two
    third = Case(world).is_submitted()
    third.act(join_cause, "admin-kota", **{**NEW, "title": "Pipa bocor"})
    for one in Cause.objects.all():
        fix_cause(cause=one.pk, how=DONE, actor=world["admin-kota"], now=bad.now)
    tell = cause._tell

    def refuses(row: int, report_id: int, now: datetime) -> bool:
        if report_id == bad.report.pk:
            raise problem
        return tell(row, report_id, now)

    monkeypatch.setattr(cause, "_tell", refuses)
    rounds = [tell_fixed(now=bad.now, limit=1) for _n in range(4)]

    assert rounds == [0, 1, 1, 0]
    assert told_of(good, Action.CAUSE_FIXED) == told_of(third, Action.CAUSE_FIXED) == {"reporter"}
    assert Cause.objects.filter(all_told_at=None).count() == 1

    monkeypatch.setattr(cause, "_tell", tell)
    assert [tell_fixed(now=bad.now + cause.TRY_AGAIN) for _n in range(2)] == [1, 0]
    assert not Cause.objects.filter(all_told_at=None).exists()
