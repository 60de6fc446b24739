"""What must be true after every step, worked out anew from the tables and the calendar, not by the code under test."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db.models import Count as CountOf

from lapor.agencies.models import Calendar, CalendarDay
from lapor.kernel.actor import CLOCK
from lapor.ledger import book
from lapor.ledger.models import Entry
from lapor.reports.models import Count, Deadline, Disposition, OutgoingMessage, Report, ReportText
from lapor.reports.queries.deadlines import explanations
from lapor.reports.usecases.counts import fold_counts
from lapor.sop.deadline import Mark
from lapor.sop.profile import Unit
from lapor.sop.vocabulary import FINAL, Action, Clock, Holder, Status

REPORTER_SPOKE = {str(a) for a in (Action.REPLY, Action.OBJECT, Action.COMPLETE, Action.REOPEN)}
FOLLOWED_UP = {str(Action.FOLLOW_UP), str(Action.RELEASE_FOLLOW_UP)}
ENDS = {str(a) for a in (Action.LAPSE, Action.CONFIRM, Action.APPROVE_CLOSING, Action.RECORD_OUTCOME)}


Seen = set[tuple[object, ...]]


def check(report: Report, originals: dict[str, str], now: datetime, seen: Seen) -> None:
    """Check one report; raises AssertionError in the words of the rule that is broken.

    `seen` keeps which clocks have explained themselves: an explanation is dear, and changes only with its clock.
    """
    entries = list(Entry.objects.filter(subject=report.pk).order_by("seq"))
    _history_is_whole(report, entries)
    _exactly_one_holder(report, entries, now)
    _clocks_fit(report, seen)
    assert ReportText.objects.get(report=report).original == originals[report.code], "the original text was changed"


def _history_is_whole(report: Report, entries: list[Entry]) -> None:
    assert not book.problems_of(report.pk), "the ledger's chain is broken"
    assert entries, "a report without history"
    assert len(entries) == report.version, "a step without a ledger entry"
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1)), "the history has a gap"
    last = entries[-1].facts
    assert (last["status"], last["holder"]) == (report.status, report.holder), "status is not the fold of the ledger"
    told = OutgoingMessage.objects.filter(report=report).values("seq", "desk", "role", "account")
    assert not told.annotate(n=CountOf("id")).filter(n__gt=1).exists(), "somebody was told twice"


def _exactly_one_holder(report: Report, entries: list[Entry], now: datetime) -> None:
    chain = list(Disposition.objects.filter(report=report, is_lead=True).order_by("seq"))
    is_over = Status(report.status) in FINAL
    open_legs = [leg for leg in chain if leg.ended_at is None]
    assert len(open_legs) == (0 if is_over else 1), "an open report has not exactly one holder"
    if open_legs:
        assert (open_legs[0].holder, open_legs[0].desk_id) == (report.holder, report.desk_id), "custody names another"
    gaps = [b.started_at - (a.ended_at or now) for a, b in pairwise(chain)]
    revived = sum(e.action in (str(Action.RESTORE), str(Action.REOPEN)) for e in entries)
    assert sum(bool(gap) for gap in gaps) <= revived, "custody has a gap"
    assert all(gap.total_seconds() >= 0 for gap in gaps), "two held the report at once"
    assert chain[0].started_at == report.received_at, "custody does not begin with the report"


def _clocks_fit(report: Report, seen: Seen) -> None:
    deadlines = list(Deadline.objects.filter(report=report, leg=None))
    running = [d for d in deadlines if d.state == Deadline.State.RUNNING]
    live = [d for d in deadlines if d.state in ("running", "overdue", "paused")]
    if Status(report.status) in FINAL:
        assert not running, "a clock runs on an ended report"
    elif report.status != Status.ESCALATED:
        assert [d for d in live if d.state != "paused"], "an open report without a running clock"
    waiting = sum(d.clock == Clock.SILENCE for d in running)
    silent = report.status == Status.IN_PROGRESS and report.holder == Holder.REPORTER
    assert waiting == (1 if silent else 0), "the silence clock does not fit the holder"
    for deadline in live:
        if deadline.state == Deadline.State.PAUSED:
            _pause_has_a_reason(report, deadline)
    _dates_explain_themselves(report, live, seen)


def _pause_has_a_reason(report: Report, deadline: Deadline) -> None:
    reasons = {
        "question": report.status == Status.PENDING,
        "return": report.unit_id is None and report.status in (Status.UNVERIFIED, Status.PENDING),
        "ended": Status(report.status) in FINAL or report.restored or report.escalated_at,
    }
    is_the_reports_own = deadline.clock in (Clock.CONSENT, Clock.ESCALATION)
    assert not (is_the_reports_own and deadline.paused_why == "return"), "a return stopped the sixty days"
    assert reasons[deadline.paused_why], f"{deadline.clock} stands still ({deadline.paused_why}) while {report.status}"


def _dates_explain_themselves(report: Report, live: list[Deadline], seen: Seen) -> None:
    marks = {d.pk: (d.pk, d.due_ordinal, d.remaining, len(d.pauses)) for d in live}
    fresh = [pk for pk, mark in marks.items() if mark not in seen]
    if not fresh:
        return
    for explained in explanations(report, CLOCK, only=fresh).values():
        if explained.due_on and explained.unit == Unit.WORKDAYS:
            assert explained.count(Mark.COUNTED) == explained.n, "the counted days do not make the limit"
    seen.update(marks[pk] for pk in fresh)


def judge_endings(after: int) -> int:
    """Judge what the clock has ended since the entry `after`, at once: a holiday declared later changes the count.

    Returns the newest entry judged.
    """
    newest = after
    for entry in Entry.objects.filter(pk__gt=after).order_by("pk"):
        newest = entry.pk
        if entry.action in (str(Action.LAPSE), str(Action.ESCALATE)):
            report = Report.objects.get(pk=entry.subject)
            before = list(Entry.objects.filter(subject=report.pk, seq__lt=entry.seq).order_by("seq"))
            judge = _silence_was_silence if entry.action == Action.LAPSE else _escalation_was_due
            judge(report, before, entry)
    return newest


def _silence_was_silence(report: Report, before: list[Entry], lapse: Entry) -> None:
    """Closed by silence: a substantive follow-up, nothing from the reporter since, and ten full working days."""
    spoken = [entry for entry in before if entry.action in FOLLOWED_UP | REPORTER_SPOKE]
    assert spoken, "closed by silence although nobody followed up"
    assert spoken[-1].action in FOLLOWED_UP, "closed by silence although the reporter spoke last"
    silent = _days_between(report, Clock.SILENCE, spoken[-1].at, lapse.at)
    assert silent > 10, f"closed after {silent} working days of silence"


def _escalation_was_due(report: Report, before: list[Entry], escalation: Entry) -> None:
    assert not any(entry.action == Action.ESCALATE for entry in before), "escalated twice"
    assert not any(entry.action in FOLLOWED_UP for entry in before), "escalated although it was followed up"
    held = _days_held(report, escalation.at)
    assert held > 60 or report.restored or report.reopened, f"escalated after {held} working days"


def check_all(known: dict[str, str], originals: dict[str, str], now: datetime, holidays: int) -> None:
    """Check the whole installation after the sweeps have settled; each late holiday may have given one day more."""
    codes = set(Report.objects.filter(code__in=originals).values_list("code", flat=True))
    assert codes == set(originals), "an acknowledged report is lost"
    assert Report.objects.count() == len(set(known.values())), "a key made more than one report"
    check_that_nothing_runs_past_its_end(now)
    for report in Report.objects.all():
        check(report, originals, now, set())
        _nothing_is_left_undone(report, now, holidays)
    _counts_are_right()


def check_that_nothing_runs_past_its_end(now: datetime) -> None:
    """Check after a sweep that settled everything."""
    running = Deadline.objects.filter(state=Deadline.State.RUNNING)
    assert not running.filter(due_at__lte=now).exists(), "a clock in minutes was left running past its end"
    for calendar in Calendar.objects.filter(pk__in=running.values("calendar")):
        past = running.filter(calendar=calendar, due_ordinal__lt=_ordinal(calendar, now))
        assert not past.exists(), "a clock was left running past its end"


def _nothing_is_left_undone(report: Report, now: datetime, holidays: int) -> None:
    assert not report.set_aside_why, f"set aside: {report.set_aside_why}"
    stands = report.status in (Status.UNVERIFIED, Status.DISPOSED, Status.IN_PROGRESS)
    if stands and report.followed_up_at is None and not (report.restored or report.reopened):
        assert _days_held(report, now) <= 60 + holidays, "sixty working days passed without escalation"


def _counts_are_right() -> None:
    fold_counts()
    for status in Status:
        kept = Count.objects.filter(desk=None, key=str(status)).values_list("n", flat=True).first() or 0
        assert kept == Report.objects.filter(status=str(status)).count(), f"the count of {status} is wrong"


def _days_held(report: Report, until: datetime) -> int:
    """Count the working days since receipt, less those in which the reporter owed an answer to a question."""
    asked = Disposition.objects.filter(report=report, by_action=str(Action.ASK), started_at__lt=until)
    spans = [(leg.started_at, min(leg.ended_at or until, until)) for leg in asked]
    waited = sum(_days_between(report, Clock.ESCALATION, *span) for span in spans)
    return _days_between(report, Clock.ESCALATION, report.received_at, until) - waited


def _days_between(report: Report, clock: Clock, start: datetime, end: datetime) -> int:
    timed = Deadline.objects.filter(report=report, clock=str(clock)).select_related("calendar").latest("id")
    rows = CalendarDay.objects.filter(calendar=timed.calendar, working=True)
    return rows.filter(day__gt=_day(timed.calendar, start), day__lte=_day(timed.calendar, end)).count()


def _ordinal(calendar: Calendar, now: datetime) -> int:
    return CalendarDay.objects.get(calendar=calendar, day=_day(calendar, now)).ordinal


def _day(calendar: Calendar, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(calendar.zone)).date()
