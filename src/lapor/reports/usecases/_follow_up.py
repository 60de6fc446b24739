"""A substantive follow-up, whoever tells it: what was done, when and by whom."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries import calendars
from lapor.reports import profiles
from lapor.reports.drafts import clean_text
from lapor.reports.models import Report, Response
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases._advance import Turn
from lapor.reports.usecases._say import Files, audience_of, say
from lapor.sop.calendar import OutsideCalendar
from lapor.sop.vocabulary import Action, ResponseKind


def tell_follow_up(turn: Turn, text: str, *, done_on: date | None, done_by: str, files: Files) -> Response:
    """Keep the follow-up and the day from which silence counts. Raises InvalidInput for a day to come or nobody."""
    report = turn.report
    today = calendars.today(profiles.calendar_of(report), turn.now)
    if done_on is None or done_on > today:
        raise InvalidInput(_("Say on which day it was done; it cannot be a day to come."), field="done_on")
    who = clean_text(done_by, field="done_by", longest=200)
    told = say(turn, ResponseKind.FOLLOW_UP, audience_of(report), text, files=files, done_on=done_on, done_by=who)
    if report.followed_up_at is None:
        report.followed_up_at = turn.now
        report.answered_in = None if turn.step.action is Action.RECORD_SETTLED else _waited(report, today)
    report.last_follow_up_on = today
    report.answer_waiting = False  # whatever the satuan kerja wrote has gone into this
    return told


def _waited(report: Report, today: date) -> int | None:
    """Return the working days since the report came in, waiting included; None where the calendar does not reach."""
    calendar = profiles.coordinator_of(report).calendar
    try:
        since = calendars.ordinal(calendar.pk, calendars.today(calendar, report.received_at))
        return max(0, calendars.ordinal(calendar.pk, today) - since)
    except OutsideCalendar:
        return None
