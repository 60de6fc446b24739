"""What the sentences of messages may name: desks, dates and reasons, looked up for many messages at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.utils import translation
from django.utils.formats import date_format

from lapor.agencies.models import Agency, CalendarDay
from lapor.agencies.queries import calendars
from lapor.kernel.codes import show_code
from lapor.ledger.models import Entry
from lapor.messaging.shorts import short_text
from lapor.messaging.texts import Rendered, all_texts, text_of
from lapor.messaging.words import words_of_responses
from lapor.reports import profiles
from lapor.reports.models import Deadline, OutgoingMessage, Report
from lapor.sop.table import CLOCK_ACTS
from lapor.sop.vocabulary import ArchiveReason, Channel, Clock, LinkKind, RedisposeReason, Told, Word

DESK = "desk"  # in a text's `due`: whichever clock of an officer ends first
PASSED = "passed"  # in a text's `due`: the limit that the ledger entry tells of
# Channels whose people may have nothing else to read an answer on.
WORDY = frozenset({Channel.SMS, Channel.WHATSAPP, Channel.FACEBOOK, Channel.INSTAGRAM, Channel.X, Channel.EMAIL})
TELEPHONES = frozenset({Channel.SMS, Channel.WHATSAPP})
WINDOWS = (Clock.REOPEN_WINDOW, Clock.APPEAL_WINDOW)
REASONS: tuple[type[Word], ...] = (ArchiveReason, RedisposeReason, LinkKind)


def words_of(ids: Iterable[int], language: str) -> dict[int, Rendered]:
    """Return messages by id in a language ("id" or "en"), for the in-app inbox; four queries however many.

    One of an older table, for which there are no words any more, is left out.
    """
    messages = OutgoingMessage.objects.filter(pk__in=set(ids)).select_related("report__agency")
    return render_all([message for message in messages if (message.action, message.told) in all_texts()], language)


def render_all(messages: Sequence[OutgoingMessage], language: str) -> dict[int, Rendered]:
    """Return messages by id in a language; their reports and agencies should have been selected with them."""
    background = Background.of(messages)
    return {message.pk: background.render(message, language) for message in messages}


def render(message: OutgoingMessage, language: str) -> Rendered:
    """Return one message in a language."""
    return render_all([message], language)[message.pk]


@dataclass(frozen=True)
class Background:
    """What a batch of messages has to be told with: who acted, how desks are called, which clocks run."""

    acted: dict[tuple[int, int], int | None]
    by_id: dict[int, str]
    by_code: dict[str, str]
    running: dict[int, dict[str, date]]
    words: dict[int, str]

    @classmethod
    def of(cls, messages: Sequence[OutgoingMessage]) -> Background:
        """Look everything up."""
        acted = _who_acted(messages)
        codes = {code for message in messages for code in _codes(message)}
        names = Agency.objects.filter(Q(pk__in=set(acted.values()) - {None}) | Q(code__in=codes))
        rows = list(names.values_list("pk", "code", "name"))
        by_id, by_code = {pk: name for pk, _, name in rows}, {code: name for _, code, name in rows}
        return cls(acted, by_id, by_code, _running(messages), _words(messages))

    def render(self, message: OutgoingMessage, language: str) -> Rendered:
        """Return one message of the batch in a language."""
        text = text_of(message.action, message.told)
        with translation.override(language):
            return text.render(language, self._known(message, text.due, language))

    def render_short(self, message: OutgoingMessage, language: str) -> str:
        """Return a reporter's message where characters are counted, with the report's code."""
        text = text_of(message.action, message.told)
        with translation.override(language):
            known = self._known(message, text.due, language, "j M Y") | {"code": show_code(message.report.code)}
        return short_text(message.action, language, known, text.words[language][0])

    def words_for(self, message: OutgoingMessage, channel: str) -> str:
        """Return what an officer wrote with this step, for a report that came by this channel and is not secret.

        What WhatsApp could not deliver goes to the same telephone by SMS: a question without its words helps nobody.
        """
        report = message.report
        same = channel == report.channel or {channel, report.channel} <= TELEPHONES
        if not same or report.is_secret or report.is_blocked:
            return ""
        return self.words.get(message.facts.get("response", 0), "")

    def _known(
        self, message: OutgoingMessage, due: tuple[str, ...], language: str, day: str = "l, j F Y"
    ) -> dict[str, str]:
        facts, report = message.facts, message.report
        due_on = self._due(message, due) if due else None
        clock, reason = _word(facts.get("clock"), Clock), _word(facts.get("reason") or facts.get("kind"), *REASONS)
        known = {
            "to": self.by_code.get(facts.get("to") or facts.get("desk") or ""),
            "named": self.by_code.get(facts.get("to") or ""),
            "by": self.by_id.get(self.acted.get((message.report_id, message.seq)) or 0),
            "agency": report.agency.name if report.agency else None,
            "clock": clock.label(language) if clock else None,
            "reason": reason.label(language) if reason else None,
            "due_on": date_format(due_on, day) if due_on else None,
        }
        return {name: value for name, value in known.items() if value}

    def _due(self, message: OutgoingMessage, due: tuple[str, ...]) -> date | None:
        """Return the day as it was promised with the step, else as the clock runs if nothing has happened since."""
        if PASSED in due:
            return _day(message.facts.get("due_on"))
        promised = {clock: date.fromisoformat(day) for clock, day in message.facts.get("promised", {}).items()}
        for days in (promised, self.running.get(message.pk, {})):
            asked = [day for clock, day in days.items() if clock in due or (DESK in due and clock not in CLOCK_ACTS)]
            if asked:
                return min(asked)
        window = next((clock for clock in WINDOWS if clock in due), None)
        return _window_ends(message.report, window) if window else None


def _words(messages: Sequence[OutgoingMessage]) -> dict[int, str]:
    """Return what was said with the steps of reports that came by a channel without pages; no query for others."""
    told = (message for message in messages if message.told == Told.REPORTER and message.device is None)
    said = {message.facts.get("response") for message in told if message.report.channel in WORDY} - {None}
    return words_of_responses(said) if said else {}


def _codes(message: OutgoingMessage) -> Iterable[str]:
    return (message.facts[name] for name in ("to", "desk") if message.facts.get(name))


def _who_acted(messages: Sequence[OutgoingMessage]) -> dict[tuple[int, int], int | None]:
    """Return the desk of the ledger entry behind each message, by (report, seq)."""
    wanted = {(message.report_id, message.seq) for message in messages}
    entries = Entry.objects.filter(subject__in={report for report, _ in wanted}, seq__in={seq for _, seq in wanted})
    return {(entry.subject, entry.seq): entry.desk for entry in entries.only("subject", "seq", "desk")}


def _running(messages: Sequence[OutgoingMessage]) -> dict[int, dict[str, date]]:
    """Return by message the days on which its report's clocks end, where the report stands as the message left it."""
    fresh = [message for message in messages if message.report.version == message.seq]
    day = CalendarDay.objects.filter(calendar=OuterRef("calendar"), ordinal=OuterRef("due_ordinal"), working=True)
    clocks = Deadline.objects.filter(
        report__in={message.report_id for message in fresh},
        state=Deadline.State.RUNNING,
        leg=None,
        due_ordinal__isnull=False,
    )
    days: dict[int, dict[str, date]] = defaultdict(dict)
    for report, clock, ends in clocks.values_list("report", "clock", Subquery(day.values("day"))):
        days[report][clock] = ends
    return {message.pk: days[message.report_id] for message in fresh}


def _window_ends(report: Report, window: Clock) -> date | None:
    """Return the last day on which an ended report can still be brought back by its reporter."""
    limit = profiles.of(report).limit(window)
    if report.ended_at is None or limit is None or limit.limit is None:
        return None
    calendar = profiles.calendar_of(report)
    ended_on = calendars.today(calendar, report.ended_at)
    return calendars.day_of(calendar.pk, calendars.ordinal(calendar.pk, ended_on) + limit.limit)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _word(code: str | None, *kinds: type[Word]) -> Word | None:
    return next((kind(code) for kind in kinds if code in set(kind)), None)
