"""The life of one report: what its reporter and the desks do, step by step, through the product's own use cases.

A life is a generator. It yields the moment at which it wants to go on; the player resumes it when the virtual clock is
there. What the row tells (when it was answered, how it ended) happens so; the rest is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from lapor.kernel.actor import Actor, reporter_with_code
from lapor.kernel.codes import read_code
from lapor.ops.replay.cast import Cast
from lapor.ops.replay.hours import OfficeTime
from lapor.ops.replay.speeds import Dice, Speeds, days_at
from lapor.reports.drafts import Draft
from lapor.reports.findings import Findings
from lapor.reports.imports import ImportRow
from lapor.reports.usecases.accept import accept_disposition
from lapor.reports.usecases.archive import archive_report
from lapor.reports.usecases.ask import ask_reporter
from lapor.reports.usecases.brief import brief_head, instruct
from lapor.reports.usecases.closing import approve_closing, request_closing
from lapor.reports.usecases.complete import complete_report
from lapor.reports.usecases.confirm import confirm_done
from lapor.reports.usecases.dispose import dispose_report
from lapor.reports.usecases.handle_here import handle_report_here
from lapor.reports.usecases.reply import object_, reply
from lapor.reports.usecases.respond import follow_up, respond_first
from lapor.reports.usecases.return_ import return_report
from lapor.reports.usecases.submit import submit_report
from lapor.reports.usecases.verify import verify_report
from lapor.reports.usecases.verify_and_decide import Outcome, Reading, verify_and_decide
from lapor.reports.usecases.withdraw import withdraw_report
from lapor.sop.vocabulary import FINAL, Action, ArchiveReason, Channel, Role, Status
from lapor.triage.shadow import suggested_to

# What comes in by these reaches the national desk first; an institution's own channels lead to its own desk.
NATIONAL_CHANNELS = (Channel.WEB, Channel.ANDROID, Channel.IOS, Channel.SMS)

Moments = Iterator[datetime]


@dataclass
class Life:
    """One report on its way. `now` is set by the player before each step."""

    row: ImportRow
    cast: Cast
    hours: OfficeTime
    speeds: Speeds
    dice: Dice
    in_shadow: bool = False  # suggestions are written down beside the choices that the row tells
    now: datetime = field(init=False)
    code: str = ""

    def live(self) -> Moments:
        """Yield the moment of each step, and take it when resumed."""
        yield self.row.received_at
        self._submit()
        if self._starts_at_the_national_desk:
            yield self._soon("verify_national")
            self._verify(self.cast.national)
            self._do(dispose_report, self.cast.national, to=self.row.institution)
        if (yield from self._ends_early()):
            return
        yield from self._reach_the_unit()
        if self.row.status in FINAL:
            yield from self._follow_up()
            yield from self._hear_the_reporter()

    @property
    def _starts_at_the_national_desk(self) -> bool:
        return self.row.channel in NATIONAL_CHANNELS

    def _submit(self) -> None:
        row = self.row
        draft = Draft(
            text=row.text,
            title=row.title,
            classification=str(row.classification or ""),
            category=row.category,
            agency="" if self._starts_at_the_national_desk else row.institution,
            place=row.place,
            place_note=row.place_note,
            channel=str(row.channel),
            anonymous=row.anonymous,
            secret=row.secret,
        )
        receipt = submit_report(draft, actor=Actor(Role.REPORTER), now=self.now, key=f"{row.source}:{row.ref}"[:80])
        self.code = read_code(receipt.code) or receipt.code

    def _ends_early(self) -> Generator[datetime, None, bool]:
        """Go the ways that never reach a unit; the generator returns True when the life needs no desk any more."""
        match self.row.ended_by, self.row.status:
            case Action.WITHDRAW, _:
                yield self._when_reporter("withdraw")
                self._do(withdraw_report, self._reporter)
            case Action.ARCHIVE, _:
                yield self._soon("verify_agency")
                reason = ArchiveReason.SPAM if self.row.is_blocked else self.row.archive_reason
                self._do(archive_report, self._admin, reason=reason, text="Diarsipkan.")
            case (Action.LAPSE_PENDING, _) | (_, Status.PENDING):
                yield self._soon("verify_agency")
                self._do(ask_reporter, self._admin, question="Mohon lengkapi laporan ini.")
            case _:
                return (yield from self._is_asked_in_vain())
        return True

    def _is_asked_in_vain(self) -> Generator[datetime, None, bool]:
        if not self._happens("question"):
            return False
        yield self._soon("verify_agency")
        self._do(ask_reporter, self._admin, question="Mohon lengkapi laporan ini.")
        if not self._happens("completed"):
            return True
        yield self._when_reporter("complete")
        self._do(complete_report, self._reporter, text="Sudah dilengkapi.")
        return False

    def _reach_the_unit(self) -> Moments:
        yield self._soon("verify_agency")
        if not self._starts_at_the_national_desk:  # else the national desk has verified it
            self._verify(self._admin)
        yield self._soon("dispose_agency")
        if not self.row.unit:
            self._decide(handle_report_here, Action.HANDLE_HERE, text="Laporan kami kelola.")
            return
        yield from self._go_astray()
        self._decide(dispose_report, Action.DISPOSE, to=self.row.unit)
        yield self._soon("accept")
        self._do(accept_disposition, self._liaison)
        yield self._soon("first_response")
        self._do(respond_first, self._liaison, text="Laporan kami terima.")

    def _go_astray(self) -> Moments:
        wrong = self.cast.another_unit(self.row.unit, self.dice.roll("wrong unit"))
        if wrong is None or not self._happens("misrouted"):
            return
        self._do(dispose_report, self._admin, to=wrong)
        yield self._soon("return")
        stray = self.cast.officer(Role.LIAISON, wrong)
        self._do(return_report, stray, competent_body="Unit lain", why="Bukan kewenangan kami.")
        yield self._soon("dispose_agency", "again")

    def _follow_up(self, again: str = "") -> Moments:
        """Tell what was done: when it really was, else when the desk is so far."""
        if self.row.unit and not again and self._happens("briefed"):
            yield self._soon("brief")
            self._do(brief_head, self._liaison, text="Mohon arahan.")
            yield self._soon("instruct")
            self._do(instruct, self.cast.officer(Role.HEAD, self.row.unit), text="Tindak lanjuti.")
        answered = self.row.answered_at
        yield self._soon("follow_up", again) if again or answered is None else max(self.now, answered)
        self._do(
            follow_up,
            self._answering,
            text="Sudah ditindaklanjuti.",
            done_on=self.hours.calendar.today(self.now),
            done_by=self.row.unit or self.row.institution,
            field_work=False,
        )

    def _hear_the_reporter(self) -> Moments:
        match self._reaction():
            case "confirmed":
                yield self._when_reporter("confirm")
                self._do(confirm_done, self._reporter, rating=1 + int(5 * self.dice.roll("stars")))
            case "objected":
                yield self._when_reporter("object")
                self._do(object_, self._reporter, text="Belum selesai.")
                yield from self._follow_up("after the objection")
            case "replied":
                yield self._when_reporter("reply")
                self._do(reply, self._reporter, text="Terima kasih, mohon dilanjutkan.")
                yield from self._follow_up("after the reply")
            case "closed on request":
                yield from self._closed_on_request()

    def _closed_on_request(self) -> Moments:
        """A reply stops the silence, nobody follows up again, and the agency asks the national desk to close (S58)."""
        yield self._when_reporter("reply")
        self._do(reply, self._reporter, text="Terima kasih.")
        yield self._soon("request_closing")
        self._do(request_closing, self._admin, why="Sudah selesai ditindaklanjuti.")
        yield self._soon("decide_closing")
        self._do(approve_closing, self.cast.national)

    def _reaction(self) -> str:
        """Return what the reporter does after the follow-up: as the row tells, else as drawn; "" is silence."""
        known = {Action.CONFIRM: "confirmed", Action.LAPSE: "", Action.APPROVE_CLOSING: "closed on request"}
        if self.row.ended_by in known:
            return known[self.row.ended_by]
        drawn = self.dice.roll("reaction")
        for reaction in ("confirmed", "objected", "replied"):
            drawn -= self.speeds.chances[reaction]
            if drawn < 0:
                return reaction
        return ""

    @property
    def _admin(self) -> Actor:
        return self.cast.officer(Role.AGENCY_ADMIN, self.row.institution)

    @property
    def _liaison(self) -> Actor:
        return self.cast.officer(Role.LIAISON, self.row.unit)

    @property
    def _answering(self) -> Actor:
        return self._liaison if self.row.unit else self._admin

    @property
    def _reporter(self) -> Actor:
        return reporter_with_code()

    def _verify(self, actor: Actor) -> None:
        self._do(verify_report, actor, findings=Findings(relevant=True, complete=True, clear=True))

    def _decide(self, usecase: Callable[..., object], action: Action, **fields: Any) -> None:
        """Pass the report on as the row tells; in shadow with what the past suggests, which changes nothing."""
        if not self.in_shadow:
            self._do(usecase, self._admin, **fields)
            return
        reading = Reading(advised=suggested_to(self._admin, self.code))
        self._do(verify_and_decide, self._admin, reading=reading, outcome=Outcome(action, fields))

    def _do(self, usecase: Callable[..., object], actor: Actor, **words: Any) -> None:
        usecase(code=self.code, actor=actor, now=self.now, **words)

    def _happens(self, what: str) -> bool:
        return self.dice.roll(what) < self.speeds.chances[what]

    def _soon(self, step: str, again: str = "") -> datetime:
        """Return when the desk is done with a step; on the way to a known answer never past half of what is left."""
        days = days_at(self.speeds.desks[step], self.dice.roll(f"{step} {again}"))
        done = self.hours.after(self.now, days)
        answered = self.row.answered_at
        if answered is not None and self.now < answered:
            return min(done, self.now + (answered - self.now) / 2)
        return done

    def _when_reporter(self, step: str) -> datetime:
        days = days_at(self.speeds.reporters[step], self.dice.roll(step))
        return self.now + timedelta(days=days)
