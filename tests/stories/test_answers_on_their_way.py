"""Half a minute to think again, answers for later, and drafts: nothing leaves twice, nothing is lost (ADR 13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from tests.builders import Case, World
from tests.sop.days import at

from lapor.agencies.models import Appointment
from lapor.identity.models import Account
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.ledger.models import Entry
from lapor.reports.models import AnswerDraft, Breach, OutgoingMessage, Response
from lapor.reports.refusals import (
    AlreadyLeft,
    NotFound,
    NothingWaits,
    NotPermitted,
    OneIsWaiting,
    StalePage,
    YoursIsWaiting,
)
from lapor.reports.usecases import answer, note, reply, return_
from lapor.reports.usecases.sweep import sweep_all
from lapor.sop.vocabulary import Action, Clock, Holder, Status

WORDS = "Terima kasih, laporan Anda kami periksa besok pagi."
FIRST = Action.RESPOND_FIRST


def press(case: Case, who: str = "pp-pupr", action: Action = FIRST, **more: Any) -> AnswerDraft:
    """Press send, with words that the step accepts."""
    fields = more.pop("fields", {"text": WORDS})
    return answer.send_answer(
        code=case.number, action=action, fields=fields, actor=case.world[who], now=case.now, **more
    )


def send(case: Case, after: timedelta = answer.HOLD) -> int:
    """Let the worker look once, so long after the case's moment."""
    return answer.send_due(now=case.now + after)


def said(case: Case) -> list[str]:
    return list(Response.objects.filter(report__code=case.code).order_by("id").values_list("text", flat=True))


def undone(case: Case, action: Action = FIRST) -> AnswerDraft:
    return answer.take_back(code=case.number, action=action, actor=case.world["pp-pupr"], now=case.now)


def test_a_pressed_answer_writes_nothing_until_its_half_minute_is_over(case: Case) -> None:
    case.is_disposed()
    entries, messages = Entry.objects.count(), OutgoingMessage.objects.count()

    press(case)

    assert send(case, timedelta(seconds=29)) == 0
    assert (Entry.objects.count(), OutgoingMessage.objects.count(), said(case)) == (entries, messages, [])
    assert case.status == Status.DISPOSED
    assert send(case) == 1
    assert said(case) == [WORDS]
    assert case.status == Status.IN_PROGRESS
    assert not AnswerDraft.objects.exists()


def test_an_answer_counts_from_the_moment_send_was_pressed(case: Case) -> None:
    case.is_disposed()
    press(case)

    send(case, timedelta(hours=3))

    assert case.report.first_response_at == case.now
    assert case.clock(Clock.FIRST_RESPONSE).met_at == case.now


def test_taken_back_within_the_half_minute_it_is_a_draft_again_with_every_word(case: Case) -> None:
    case.is_disposed()
    press(case)

    draft = undone(case)

    assert (draft.state, draft.fields["text"]) == ("kept", WORDS)
    assert send(case, timedelta(hours=1)) == 0
    assert said(case) == []


def test_what_has_left_cannot_be_taken_back(case: Case) -> None:
    case.is_disposed()
    press(case)
    send(case)

    with pytest.raises(AlreadyLeft):
        undone(case)


def test_what_was_taken_back_before_has_not_left(case: Case) -> None:
    case.is_disposed()
    press(case)
    undone(case)

    with pytest.raises(NothingWaits):
        undone(case)
    assert said(case) == []


def test_a_step_that_the_table_refuses_is_refused_when_send_is_pressed(case: Case) -> None:
    case.is_submitted()

    with pytest.raises((NotPermitted, NotFound)):
        press(case)
    with pytest.raises(Refusal):
        press(case.is_disposed(), fields={"text": "  "})

    assert not AnswerDraft.objects.exists()


def test_a_stale_page_is_refused_when_send_is_pressed(case: Case) -> None:
    case.is_disposed()
    seen = case.report.version
    case.act(note.write_note, "pp-pupr", text="Sudah dicek.")

    with pytest.raises(StalePage):
        press(case, version=seen)


def test_only_one_answer_at_a_time_is_on_its_way(case: Case) -> None:
    case.is_disposed()
    press(case)

    with pytest.raises(YoursIsWaiting):
        press(case)
    with pytest.raises(OneIsWaiting) as refused:
        press(case, "admin-kota")
    assert type(refused.value) is OneIsWaiting


def test_a_worker_that_is_killed_in_the_middle_leaves_all_or_nothing(case: Case) -> None:
    case.is_disposed()
    press(case)

    class Killed(BaseException):
        """Stands for the end of the process: nothing in the program catches it."""

    with patch.object(AnswerDraft, "delete", side_effect=Killed), pytest.raises(Killed):
        send(case)

    assert said(case) == []
    assert case.status == Status.DISPOSED
    assert send(case) == 1
    assert send(case) == 0
    assert said(case) == [WORDS]


def almost_midnight(case: Case) -> None:
    """Set the clock ten seconds before the end of the first response's last day."""
    case.on(case.due(Clock.FIRST_RESPONSE).strftime("%a %-d %b %Y 23:59 WITA"))
    case.now += timedelta(seconds=50)


def test_pressed_before_midnight_it_is_in_time_though_the_clock_comes_first(case: Case) -> None:
    case.is_disposed()
    almost_midnight(case)
    press(case)

    sweep_all(now=case.now + timedelta(seconds=15))
    send(case)

    assert not Breach.objects.filter(report__code=case.code, clock=str(Clock.FIRST_RESPONSE)).exists()
    assert case.clock(Clock.FIRST_RESPONSE).state == "met"


def test_taken_back_after_midnight_the_clock_is_late_after_all(case: Case) -> None:
    case.is_disposed()
    almost_midnight(case)
    press(case)
    undone(case)

    sweep_all(now=case.now + timedelta(seconds=15))

    assert Breach.objects.filter(report__code=case.code, clock=str(Clock.FIRST_RESPONSE)).exists()


def test_an_answer_pressed_too_late_does_not_hide_the_breach(case: Case) -> None:
    case.is_disposed()
    almost_midnight(case)
    case.now += timedelta(seconds=20)
    press(case)

    sweep_all(now=case.now + timedelta(seconds=5))

    assert Breach.objects.filter(report__code=case.code, clock=str(Clock.FIRST_RESPONSE)).exists()


def test_a_note_in_between_holds_nothing_back(case: Case) -> None:
    case.is_disposed()
    press(case)
    case.now += timedelta(seconds=10)
    case.act(note.write_note, "admin-kota", text="Mohon cepat.")

    assert send(case, timedelta(seconds=20)) == 1
    assert said(case) == ["Mohon cepat.", WORDS]
    times = list(Entry.objects.filter(subject=case.report.pk).order_by("seq").values_list("at", flat=True))
    assert times == sorted(times)


def test_answered_while_another_returns_it_the_words_are_kept_and_the_officer_is_told(case: Case) -> None:
    case.is_disposed()
    press(case)
    case.act(return_.return_report, "pp-pupr", competent_body="Pemerintah provinsi", why="Jalan provinsi.")

    assert send(case) == 1

    draft = AnswerDraft.objects.get()
    assert (draft.state, draft.why, draft.fields["text"]) == ("held_back", "StalePage", WORDS)
    assert WORDS not in said(case)
    assert case.holder == (Holder.AGENCY, "kota-uji")
    told = OutgoingMessage.objects.get(report__code=case.code, action="hold_back")
    assert told.account == case.world["pp-pupr"].account


def test_a_reply_of_the_reporter_holds_the_answer_back(case: Case) -> None:
    case.is_disposed()
    press(case)
    case.act(reply.reply, "reporter", text="Lubangnya sudah ditutup warga.")

    send(case)

    assert AnswerDraft.objects.get().state == "held_back"


def later(case: Case, moment: str, **more: Any) -> AnswerDraft:
    return press(case, later=at(moment), **more)


def test_an_answer_for_later_leaves_then_and_counts_from_then(case: Case) -> None:
    case.is_disposed()
    later(case, "Tue 3 Mar 2026 08:00 WITA")

    assert send(case, timedelta(hours=22)) == 0
    assert send(case, timedelta(hours=23)) == 1
    assert case.report.first_response_at == at("Tue 3 Mar 2026 08:00 WITA")


@pytest.mark.parametrize("moment", ["Mon 2 Mar 2026 08:59 WITA", "Tue 17 Mar 2026 09:00 WITA"])
def test_a_time_that_has_passed_or_lies_too_far_ahead_is_refused(case: Case, moment: str) -> None:
    case.is_disposed()

    with pytest.raises(InvalidInput) as refused:
        later(case, moment)

    assert refused.value.field == "later"
    assert not AnswerDraft.objects.exists()


@pytest.fixture
def without_role(case: Case) -> Case:
    """A report whose liaison loses the role after planning an answer."""
    case.is_disposed()
    later(case, "Tue 3 Mar 2026 08:00 WITA")
    seat = Appointment.objects.get(pk=case.world["pp-pupr"].appointment or 0)
    seat.ended_on = case.today
    seat.save()
    return case


def test_with_the_role_gone_nothing_leaves_and_the_desk_and_its_institution_are_told(without_role: Case) -> None:
    assert send(without_role, timedelta(days=1)) == 1

    draft = AnswerDraft.objects.get()
    assert (draft.state, draft.why) == ("held_back", "NoRole")
    assert said(without_role) == []
    told = OutgoingMessage.objects.filter(report__code=without_role.code, action="hold_back")
    assert set(told.values_list("account", "desk__code")) == {(None, "dinas-pupr"), (None, "kota-uji")}


def test_a_blocked_account_sends_nothing(case: Case) -> None:
    case.is_disposed()
    later(case, "Tue 3 Mar 2026 08:00 WITA")
    Account.objects.filter(pk=case.world["pp-pupr"].account or 0).update(is_active=False)

    send(case, timedelta(days=1))

    assert AnswerDraft.objects.get().why == "NoRole"


def test_an_answer_that_breaks_does_not_stop_the_next_one(case: Case, world: World) -> None:
    broken, good = case.is_disposed(), Case(world, "Mon 2 Mar 2026 09:00 WITA").is_disposed()
    press(broken)
    press(good)
    AnswerDraft.objects.filter(report__code=broken.code).update(files=[{"unknown": "field"}])

    assert send(case) == 2

    assert said(good) == [WORDS]
    assert AnswerDraft.objects.get().why == "TypeError"


def keep(case: Case, who: str, text: str, version: int | None = None) -> AnswerDraft:
    seen = case.report.version if version is None else version
    return answer.keep_draft(
        code=case.number, action=FIRST, fields={"text": text}, actor=case.world[who], now=case.now, version=seen
    )


def test_a_draft_belongs_to_one_officer_one_report_and_one_step(case: Case) -> None:
    case.is_disposed()

    keep(case, "pp-pupr", "Satu")
    keep(case, "pp-pupr", "Dua")
    keep(case, "admin-kota", "Tiga")

    kept = set(AnswerDraft.objects.values_list("account", "fields__text"))
    assert kept == {(case.world["pp-pupr"].account, "Dua"), (case.world["admin-kota"].account, "Tiga")}


def test_nobody_keeps_a_draft_on_a_report_they_may_not_see(case: Case) -> None:
    case.is_disposed()

    with pytest.raises(NotFound):
        keep(case, "pp-kesehatan", "Satu")


def test_typing_on_does_not_change_an_answer_that_is_about_to_leave(case: Case) -> None:
    case.is_disposed()
    press(case)

    keep(case, "pp-pupr", "Lain")

    assert AnswerDraft.objects.get().fields["text"] == WORDS


def test_drafts_that_nobody_touches_are_forgotten_after_ninety_days(case: Case) -> None:
    case.is_disposed()
    keep(case, "pp-pupr", "Satu")

    assert answer.forget_drafts(now=case.now + timedelta(days=89)) == 0
    assert answer.forget_drafts(now=case.now + timedelta(days=90)) == 1
