"""The complaint SOP, one row per permitted step. Read it aloud to an official.

A row says: by which rule; in which status and held by whom; which role; does what; what the report becomes and who
holds it then; which clocks start, are met, or stop mattering; and who is told. `needs` and `unless` are what else must
be true. A clock that already runs goes on (time never restarts), a paused one resumes, and a clock that belongs to
another desk than the one reached does not start: so one row can say "verify, at whichever desk receives it".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lapor.sop.vocabulary import OPEN
from lapor.sop.vocabulary import Action as A
from lapor.sop.vocabulary import Clock as C
from lapor.sop.vocabulary import Fact as F
from lapor.sop.vocabulary import Holder as H
from lapor.sop.vocabulary import Role as R
from lapor.sop.vocabulary import Status as S
from lapor.sop.vocabulary import Told as T


class To(Enum):
    """Where a step leads when it is not one fixed status or holder."""

    SAME = "stays as it is"
    BACK = "back where it was before the question"
    INTAKE = "the desk that verifies it: the agency's, else the national one"
    RESPONSIBLE = "the desk that answers for it: the unit's, else the agency's"


class Pause(Enum):
    """What a step does to the clocks of the desks."""

    QUESTION = "every clock stands still: the reporter owes the next step"
    RETURN = "the desks' clocks stand still: the report lies with another desk after a return"
    GO = "what stood still for a question goes on"


@dataclass(frozen=True)
class Step:
    """One permitted step. `rule` is the S-number (or C-number, or "practice" / "law")."""

    rule: str
    status: tuple[S, ...]
    held_by: tuple[H, ...]
    role: R
    action: A
    becomes: S | To
    goes_to: H | To
    tells: tuple[T, ...] = ()
    starts: tuple[C, ...] = ()
    meets: tuple[C, ...] = ()
    drops: tuple[C, ...] = ()
    pause: Pause | None = None
    needs: tuple[F, ...] = ()
    unless: tuple[F, ...] = ()
    no_clock: str = ""

    @property
    def is_entry(self) -> bool:
        """Tell whether this step brings a report into being."""
        return not self.status

    @property
    def lets_co_handlers_go(self) -> bool:
        """Tell whether the report leaves the units with this step, so that a co-handler owes nothing any more."""
        return self.goes_to in (H.NOBODY, H.OMBUDSMAN) or self.pause is Pause.RETURN


NEW: tuple[S, ...] = ()
ANY_DESK = (H.NATIONAL, H.AGENCY, H.UNIT, H.UNIT_OFFICER, H.HEAD)
ANYBODY = tuple(H)
WITH_UNIT = (H.UNIT, H.UNIT_OFFICER, H.HEAD)
WORKING = (S.DISPOSED, S.IN_PROGRESS)
ACTIVE = (S.UNVERIFIED, S.DISPOSED, S.IN_PROGRESS)

VERIFYING = (C.VERIFY_NATIONAL, C.VERIFY_AGENCY, C.DISPOSE_AGENCY)
REACTING = (C.VERIFY_NATIONAL, C.DISPOSE_AGENCY)  # live until a desk hands the report on, so these only go on (S51)
SIXTY_DAYS = (C.CONSENT, C.ESCALATION)
SILENT = (C.SILENCE_REMINDER, C.SILENCE)
WAITING = (C.PENDING_REMINDER, C.PENDING_REMINDER_2, C.PENDING)
INSIDE_THE_UNIT = (C.UNIT_RECEIVES, C.UNIT_ANSWERS, C.HEAD)  # they end when another desk of the unit goes on
UNIT_WORK = (C.ACCEPT, C.FIRST_RESPONSE, C.UNIT_RECEIVES, C.UNIT_ANSWERS, C.RELEASE, C.HEAD)
ANSWERED = (C.ACCEPT, C.FIRST_RESPONSE, C.UNIT_RECEIVES, C.UNIT_ANSWERS, C.RELEASE, C.HEAD, C.SUBSTANTIVE, *SIXTY_DAYS)
EVERYTHING = tuple(C)

# After a follow-up the reporter owes the next step, and silence is counted anew from the newest one (S33).
FOLLOWED = {"starts": SILENT, "meets": ANSWERED, "drops": SILENT, "tells": (T.REPORTER, T.AGENCY)}

# fmt: off
INTAKE = (
    Step("A1 S6 S37", NEW, (), R.REPORTER, A.SUBMIT, S.UNVERIFIED, To.INTAKE, (T.REPORTER, T.HOLDER), starts=(*VERIFYING, *SIXTY_DAYS)),
    Step("S68", NEW, (), R.AGENCY_ADMIN, A.RECORD_OPEN, S.UNVERIFIED, H.AGENCY, (T.REPORTER,), starts=(*VERIFYING, *SIXTY_DAYS)),
    Step("S68", NEW, (), R.LIAISON, A.RECORD_OPEN, S.DISPOSED, H.UNIT, (T.REPORTER, T.AGENCY), starts=(C.ACCEPT, C.FIRST_RESPONSE, C.SUBSTANTIVE, *SIXTY_DAYS)),
    Step("S68", NEW, (), R.AGENCY_ADMIN, A.RECORD_SETTLED, S.CLOSED, H.NOBODY, (T.REPORTER,)),
    Step("S68", NEW, (), R.LIAISON, A.RECORD_SETTLED, S.CLOSED, H.NOBODY, (T.REPORTER, T.AGENCY)),
    Step("S68", (S.UNVERIFIED,), (H.AGENCY,), R.AGENCY_ADMIN, A.TAKE_BACK, S.ARCHIVED, H.NOBODY, (T.REPORTER,), drops=EVERYTHING, needs=(F.JUST_ENTERED,)),
    Step("S68", (S.DISPOSED,), (H.UNIT,), R.LIAISON, A.TAKE_BACK, S.ARCHIVED, H.NOBODY, (T.REPORTER, T.AGENCY), drops=EVERYTHING, needs=(F.JUST_ENTERED,), unless=(F.CO_HANDLER,)),
    Step("S68", (S.CLOSED,), (H.NOBODY,), R.AGENCY_ADMIN, A.TAKE_BACK, S.ARCHIVED, H.NOBODY, (T.REPORTER,), drops=EVERYTHING, needs=(F.JUST_ENTERED,)),
    Step("S68", (S.CLOSED,), (H.NOBODY,), R.LIAISON, A.TAKE_BACK, S.ARCHIVED, H.NOBODY, (T.REPORTER, T.AGENCY), drops=EVERYTHING, needs=(F.JUST_ENTERED,), unless=(F.CO_HANDLER,)),
)

# A national export tells where a report ended, not every step of its way; it is taken at its word (S26).
IMPORTED = (
    Step("S26", NEW, (), R.CLOCK, A.IMPORT, S.UNVERIFIED, To.INTAKE, starts=(*VERIFYING, *SIXTY_DAYS)),
    Step("S26", NEW, (), R.CLOCK, A.IMPORT, S.DISPOSED, H.UNIT, starts=(C.ACCEPT, C.FIRST_RESPONSE, C.SUBSTANTIVE, *SIXTY_DAYS)),
    Step("S26", NEW, (), R.CLOCK, A.IMPORT, S.IN_PROGRESS, To.RESPONSIBLE, starts=(C.SUBSTANTIVE, *SIXTY_DAYS)),
    Step("S26", NEW, (), R.CLOCK, A.IMPORT, S.PENDING, H.REPORTER, starts=WAITING),
    Step("S26", NEW, (), R.CLOCK, A.IMPORT, S.CLOSED, H.NOBODY),
    Step("S26", NEW, (), R.CLOCK, A.IMPORT, S.ARCHIVED, H.NOBODY),
    Step("S26 S34", NEW, (), R.CLOCK, A.IMPORT, S.ESCALATED, H.OMBUDSMAN, no_clock="the Ombudsman's own procedure sets the time from here"),
)

VERIFICATION = (
    Step("S40 S42", (S.UNVERIFIED,), (H.NATIONAL,), R.NATIONAL_ADMIN, A.VERIFY, To.SAME, To.SAME, unless=(F.VERIFIED,)),
    Step("S35 S40", (S.UNVERIFIED,), (H.AGENCY,), R.AGENCY_ADMIN, A.VERIFY, To.SAME, To.SAME, meets=(C.VERIFY_AGENCY,), unless=(F.VERIFIED,)),
    Step("S27 S8", (S.UNVERIFIED,), (H.NATIONAL,), R.NATIONAL_ADMIN, A.DISPOSE, S.UNVERIFIED, H.AGENCY, (T.HOLDER, T.REPORTER), starts=VERIFYING, meets=(C.VERIFY_NATIONAL,)),
    Step("S27", (S.IN_PROGRESS,), (H.NATIONAL,), R.NATIONAL_ADMIN, A.DISPOSE, S.UNVERIFIED, H.AGENCY, (T.HOLDER, T.REPORTER), starts=VERIFYING, drops=(C.SUBSTANTIVE,), unless=(F.CLOSING_REQUESTED,)),
    Step("S29 S43", (S.UNVERIFIED,), (H.AGENCY,), R.AGENCY_ADMIN, A.DISPOSE, S.DISPOSED, H.UNIT, (T.HOLDER, T.REPORTER), starts=(C.ACCEPT, C.FIRST_RESPONSE, C.SUBSTANTIVE), meets=VERIFYING),
    Step("S29", (S.UNVERIFIED,), (H.AGENCY,), R.AGENCY_ADMIN, A.HANDLE_HERE, S.IN_PROGRESS, H.AGENCY, (T.REPORTER,), starts=(C.SUBSTANTIVE,), meets=VERIFYING),
    Step("S30 S55", (S.UNVERIFIED,), (H.AGENCY,), R.AGENCY_ADMIN, A.RETURN, S.UNVERIFIED, H.NATIONAL, (T.HOLDER, T.REPORTER), starts=VERIFYING, meets=(C.VERIFY_AGENCY, C.DISPOSE_AGENCY), unless=(F.AGENCY_RETURNS_SPENT,)),
    Step("S41 S50", (S.UNVERIFIED,), (H.NATIONAL,), R.NATIONAL_ADMIN, A.ASK, S.PENDING, H.REPORTER, (T.REPORTER,), starts=WAITING, pause=Pause.QUESTION),
    Step("S41 S50", (S.UNVERIFIED,), (H.AGENCY,), R.AGENCY_ADMIN, A.ASK, S.PENDING, H.REPORTER, (T.REPORTER,), starts=WAITING, pause=Pause.QUESTION),
    Step("S41 S50", (S.DISPOSED,), WITH_UNIT, R.AGENCY_ADMIN, A.ASK, S.PENDING, H.REPORTER, (T.REPORTER, T.UNIT), starts=WAITING, pause=Pause.QUESTION),
    Step("S41 S50", (S.DISPOSED,), (H.UNIT,), R.LIAISON, A.ASK, S.PENDING, H.REPORTER, (T.REPORTER, T.AGENCY), starts=WAITING, pause=Pause.QUESTION, unless=(F.CO_HANDLER,)),
    Step("S51", (S.PENDING,), (H.REPORTER,), R.REPORTER, A.COMPLETE, To.BACK, To.BACK, (T.HOLDER,), starts=(*REACTING, *SIXTY_DAYS), meets=WAITING, pause=Pause.GO),
    Step("S51", (S.PENDING,), (H.REPORTER,), R.AGENCY_ADMIN, A.COMPLETE, To.BACK, To.BACK, (T.HOLDER, T.REPORTER), starts=(*REACTING, *SIXTY_DAYS), meets=WAITING, pause=Pause.GO),
    Step("S51", (S.PENDING,), (H.REPORTER,), R.NATIONAL_ADMIN, A.COMPLETE, To.BACK, To.BACK, (T.HOLDER, T.REPORTER), starts=(*REACTING, *SIXTY_DAYS), meets=WAITING, pause=Pause.GO),
    Step("C10", (S.PENDING,), (H.REPORTER,), R.CLOCK, A.REMIND_PENDING, To.SAME, To.SAME, (T.REPORTER,)),
    Step("C10", (S.PENDING,), (H.REPORTER,), R.CLOCK, A.LAPSE_PENDING, S.ARCHIVED, H.NOBODY, (T.REPORTER,), drops=EVERYTHING),
    Step("S53 S54", (S.UNVERIFIED,), (H.NATIONAL,), R.NATIONAL_ADMIN, A.ARCHIVE, S.ARCHIVED, H.NOBODY, (T.REPORTER,), meets=VERIFYING, drops=EVERYTHING),
    Step("S53 S54", (S.UNVERIFIED,), (H.AGENCY,), R.AGENCY_ADMIN, A.ARCHIVE, S.ARCHIVED, H.NOBODY, (T.REPORTER,), meets=VERIFYING, drops=EVERYTHING),
    Step("C10", (S.ARCHIVED,), (H.NOBODY,), R.REPORTER, A.RESTORE, S.UNVERIFIED, To.INTAKE, (T.HOLDER,), starts=(*VERIFYING, *SIXTY_DAYS), needs=(F.APPEAL_WINDOW_OPEN,), unless=(F.RESTORED_BEFORE, F.BLOCKED_CONTENT)),
    Step("C10", (S.ARCHIVED,), (H.NOBODY,), R.AGENCY_ADMIN, A.RESTORE, S.UNVERIFIED, To.INTAKE, (T.HOLDER, T.REPORTER), starts=(*VERIFYING, *SIXTY_DAYS), unless=(F.RESTORED_BEFORE,)),
    Step("C10", (S.ARCHIVED,), (H.NOBODY,), R.NATIONAL_ADMIN, A.RESTORE, S.UNVERIFIED, To.INTAKE, (T.HOLDER, T.REPORTER), starts=(*VERIFYING, *SIXTY_DAYS)),
)

DISPOSITION = (
    Step("S61", (S.DISPOSED,), (H.UNIT,), R.LIAISON, A.ACCEPT, To.SAME, To.SAME, meets=(C.ACCEPT,), unless=(F.ACCEPTED, F.CO_HANDLER)),
    Step("S32", (S.DISPOSED,), (H.UNIT,), R.LIAISON, A.RETURN, S.UNVERIFIED, H.AGENCY, (T.HOLDER,), starts=VERIFYING, drops=UNIT_WORK, pause=Pause.RETURN, unless=(F.UNIT_RETURNS_SPENT, F.CO_HANDLER)),
    Step("S57", WORKING, (*WITH_UNIT, H.AGENCY, H.REPORTER), R.AGENCY_ADMIN, A.REDISPOSE, S.DISPOSED, H.UNIT, (T.HOLDER, T.PREVIOUS, T.REPORTER), starts=(C.ACCEPT, C.FIRST_RESPONSE, C.SUBSTANTIVE), drops=(*UNIT_WORK, *SILENT)),
    Step("practice", WORKING, WITH_UNIT, R.AGENCY_ADMIN, A.TRANSFER, To.SAME, H.UNIT, (T.HOLDER, T.PREVIOUS, T.REPORTER), drops=INSIDE_THE_UNIT),
    Step("practice", (S.PENDING, S.IN_PROGRESS, S.ESCALATED), (H.REPORTER, H.NATIONAL, H.OMBUDSMAN), R.AGENCY_ADMIN, A.TRANSFER, To.SAME, To.SAME, (T.UNIT, T.NAMED, T.REPORTER), drops=INSIDE_THE_UNIT, needs=(F.UNIT_ASSIGNED,)),
    Step("practice", WORKING, (*WITH_UNIT, H.AGENCY, H.REPORTER), R.AGENCY_ADMIN, A.ADD_HANDLER, To.SAME, To.SAME, (T.NAMED, T.UNIT, T.REPORTER)),
    Step("practice", WORKING, ANYBODY, R.LIAISON, A.CONTRIBUTE, To.SAME, To.SAME, (T.UNIT,), needs=(F.CO_HANDLER,)),
)

HANDLING = (
    Step("S31 S62", (S.DISPOSED,), (H.UNIT, H.UNIT_OFFICER), R.LIAISON, A.RESPOND_FIRST, S.IN_PROGRESS, To.SAME, (T.REPORTER,), starts=(C.SUBSTANTIVE,), meets=(C.ACCEPT, C.FIRST_RESPONSE), unless=(F.CO_HANDLER,)),
    Step("S31", (S.DISPOSED,), (H.UNIT, H.UNIT_OFFICER), R.AGENCY_ADMIN, A.RESPOND_FIRST, S.IN_PROGRESS, To.SAME, (T.REPORTER, T.UNIT), starts=(C.SUBSTANTIVE,), meets=(C.ACCEPT, C.FIRST_RESPONSE)),
    Step("S9 S24", WORKING, (H.UNIT,), R.LIAISON, A.FORWARD, To.SAME, H.UNIT_OFFICER, (T.HOLDER,), starts=(C.UNIT_RECEIVES, C.UNIT_ANSWERS), meets=(C.ACCEPT,), unless=(F.ANSWER_WAITING, F.CO_HANDLER)),
    Step("S10", WORKING, (H.UNIT_OFFICER,), R.UNIT_OFFICER, A.RECEIVE, To.SAME, To.SAME, (T.UNIT,), meets=(C.UNIT_RECEIVES,)),
    Step("S11", WORKING, (H.UNIT_OFFICER,), R.UNIT_OFFICER, A.ANSWER, To.SAME, H.UNIT, (T.HOLDER,), starts=(C.RELEASE,), meets=(C.UNIT_RECEIVES, C.UNIT_ANSWERS)),
    Step("S12 S13", WORKING, (H.UNIT,), R.LIAISON, A.RELEASE, S.IN_PROGRESS, H.UNIT, (T.REPORTER,), starts=(C.SUBSTANTIVE,), meets=(C.ACCEPT, C.FIRST_RESPONSE, C.RELEASE), needs=(F.ANSWER_WAITING,), unless=(F.CO_HANDLER,)),
    Step("S12 S13", WORKING, (H.UNIT,), R.LIAISON, A.RELEASE_FOLLOW_UP, S.IN_PROGRESS, H.REPORTER, **FOLLOWED, needs=(F.ANSWER_WAITING,), unless=(F.CO_HANDLER,)),  # type: ignore[arg-type]
    Step("S12", WORKING, (H.UNIT,), R.LIAISON, A.SEND_BACK_ANSWER, To.SAME, H.UNIT_OFFICER, (T.HOLDER,), starts=(C.UNIT_ANSWERS,), meets=(C.RELEASE,), needs=(F.ANSWER_WAITING,), unless=(F.CO_HANDLER,)),
    Step("S24", WORKING, (H.UNIT_OFFICER, H.HEAD), R.LIAISON, A.RECALL, To.SAME, H.UNIT, (T.PREVIOUS,), drops=INSIDE_THE_UNIT, unless=(F.CO_HANDLER,)),
    Step("S64 S65", (S.IN_PROGRESS,), (H.UNIT,), R.LIAISON, A.BRIEF, To.SAME, H.HEAD, (T.HEAD,), starts=(C.HEAD,), needs=(F.FIRST_RESPONDED,), unless=(F.CO_HANDLER,)),
    Step("S24", (S.IN_PROGRESS,), (H.HEAD,), R.HEAD, A.INSTRUCT, To.SAME, H.UNIT, (T.HOLDER,), meets=(C.HEAD,)),
    Step("S24", (S.IN_PROGRESS,), (H.HEAD,), R.HEAD, A.APPROVE, To.SAME, H.UNIT, (T.HOLDER,), meets=(C.HEAD,)),
    Step("S24", (S.IN_PROGRESS,), (H.HEAD,), R.HEAD, A.ASK_BACK, To.SAME, H.UNIT, (T.HOLDER,), meets=(C.HEAD,)),
    Step("S66 S67", (S.IN_PROGRESS,), (H.UNIT, H.REPORTER), R.LIAISON, A.FOLLOW_UP, S.IN_PROGRESS, H.REPORTER, **FOLLOWED, unless=(F.CO_HANDLER,)),  # type: ignore[arg-type]
    Step("S66 S67", (S.IN_PROGRESS,), (H.UNIT, H.AGENCY, H.REPORTER), R.AGENCY_ADMIN, A.FOLLOW_UP, S.IN_PROGRESS, H.REPORTER, **FOLLOWED),  # type: ignore[arg-type]
    Step("S56", (S.IN_PROGRESS,), (H.UNIT, H.REPORTER), R.AGENCY_ADMIN, A.EVALUATE, To.SAME, To.SAME, needs=(F.FOLLOWED_UP, F.UNIT_ASSIGNED)),
    Step("S56", (S.IN_PROGRESS,), (H.UNIT, H.REPORTER), R.AGENCY_ADMIN, A.SEND_BACK, S.IN_PROGRESS, H.UNIT, (T.HOLDER,), starts=(C.SUBSTANTIVE,), drops=SILENT, needs=(F.FOLLOWED_UP, F.UNIT_ASSIGNED)),
)

REPORTER_SPEAKS = (
    Step("S33", (S.UNVERIFIED, S.DISPOSED, S.ESCALATED), ANYBODY, R.REPORTER, A.REPLY, To.SAME, To.SAME, (T.HOLDER,)),
    Step("S33", (S.IN_PROGRESS,), (H.UNIT, H.AGENCY, H.UNIT_OFFICER, H.HEAD, H.NATIONAL), R.REPORTER, A.REPLY, To.SAME, To.SAME, (T.HOLDER,)),
    Step("S33", (S.IN_PROGRESS,), (H.REPORTER,), R.REPORTER, A.REPLY, S.IN_PROGRESS, To.RESPONSIBLE, (T.HOLDER,), starts=(C.SUBSTANTIVE,), drops=SILENT),
    Step("S33", (S.IN_PROGRESS,), (H.UNIT, H.AGENCY, H.UNIT_OFFICER, H.HEAD), R.REPORTER, A.OBJECT, To.SAME, To.SAME, (T.HOLDER, T.AGENCY), starts=(C.SUBSTANTIVE,)),
    Step("S33", (S.IN_PROGRESS,), (H.REPORTER, H.NATIONAL), R.REPORTER, A.OBJECT, S.IN_PROGRESS, To.RESPONSIBLE, (T.HOLDER, T.AGENCY), starts=(C.SUBSTANTIVE,), drops=(*SILENT, C.DECIDE_CLOSING)),
    Step("practice", (S.IN_PROGRESS,), ANYBODY, R.REPORTER, A.CONFIRM, S.CLOSED, H.NOBODY, (T.UNIT, T.AGENCY), drops=EVERYTHING),
    Step("practice", (S.CLOSED,), (H.NOBODY,), R.REPORTER, A.REOPEN, S.IN_PROGRESS, To.RESPONSIBLE, (T.HOLDER, T.AGENCY), starts=(C.SUBSTANTIVE, *SIXTY_DAYS), needs=(F.REOPEN_WINDOW_OPEN,)),
    Step("practice", (S.CLOSED,), (H.NOBODY,), R.NATIONAL_ADMIN, A.REOPEN, S.IN_PROGRESS, To.RESPONSIBLE, (T.HOLDER, T.AGENCY, T.REPORTER), starts=(C.SUBSTANTIVE, *SIXTY_DAYS)),
    Step("law", OPEN, ANYBODY, R.REPORTER, A.WITHDRAW, S.ARCHIVED, H.NOBODY, (T.PREVIOUS, T.UNIT, T.AGENCY), drops=EVERYTHING),
    Step("C8", OPEN, ANYBODY, R.REPORTER, A.ANSWER_CONSENT, To.SAME, To.SAME, needs=(F.CONSENT_ASKED,)),
)

CLOSING = (
    Step("S33 S70", (S.IN_PROGRESS,), (H.REPORTER,), R.CLOCK, A.REMIND_SILENCE, To.SAME, To.SAME, (T.REPORTER,)),
    Step("S33 S70", (S.IN_PROGRESS,), (H.REPORTER,), R.CLOCK, A.LAPSE, S.CLOSED, H.NOBODY, (T.REPORTER, T.UNIT, T.AGENCY), drops=EVERYTHING, needs=(F.FOLLOWED_UP,)),
    Step("S58 S59", (S.IN_PROGRESS,), (H.UNIT, H.AGENCY, H.REPORTER), R.AGENCY_ADMIN, A.REQUEST_CLOSING, To.SAME, H.NATIONAL, (T.HOLDER,), starts=(C.DECIDE_CLOSING,), drops=SILENT, needs=(F.FOLLOWED_UP, F.CLOSING_LIMIT_PASSED), unless=(F.CLOSING_REQUESTED, F.FOLLOW_UP_SPENT)),
    Step("S58", (S.IN_PROGRESS,), (H.NATIONAL,), R.NATIONAL_ADMIN, A.APPROVE_CLOSING, S.CLOSED, H.NOBODY, (T.AGENCY, T.REPORTER), meets=(C.DECIDE_CLOSING,), drops=EVERYTHING, needs=(F.CLOSING_REQUESTED,), unless=(F.I_REQUESTED,)),
    Step("S58", (S.IN_PROGRESS,), (H.NATIONAL,), R.NATIONAL_ADMIN, A.REFUSE_CLOSING, S.IN_PROGRESS, To.RESPONSIBLE, (T.HOLDER, T.AGENCY), starts=(C.SUBSTANTIVE,), meets=(C.DECIDE_CLOSING,), needs=(F.CLOSING_REQUESTED,), unless=(F.I_REQUESTED,)),
)

ESCALATION = (
    Step("C8", ACTIVE, ANYBODY, R.CLOCK, A.ASK_CONSENT, To.SAME, To.SAME, (T.REPORTER,)),
    Step("S34 S70", ACTIVE, ANYBODY, R.CLOCK, A.ESCALATE, S.ESCALATED, H.OMBUDSMAN, (T.OMBUDSMAN, T.AGENCY, T.UNIT, T.HEAD, T.REPORTER), drops=EVERYTHING, unless=(F.FOLLOWED_UP,), no_clock="the Ombudsman's own procedure sets the time from here"),
    Step("C8", (S.ESCALATED,), (H.OMBUDSMAN,), R.LIAISON, A.FOLLOW_UP, To.SAME, To.SAME, (T.OMBUDSMAN, T.REPORTER, T.AGENCY), unless=(F.CO_HANDLER,)),
    Step("C8", (S.ESCALATED,), (H.OMBUDSMAN,), R.AGENCY_ADMIN, A.FOLLOW_UP, To.SAME, To.SAME, (T.OMBUDSMAN, T.REPORTER)),
    Step("C8", (S.ESCALATED,), (H.OMBUDSMAN,), R.OMBUDSMAN, A.ASK_DATA, To.SAME, To.SAME, (T.AGENCY, T.UNIT)),
    Step("C8", (S.ESCALATED,), (H.OMBUDSMAN,), R.LIAISON, A.GIVE_DATA, To.SAME, To.SAME, (T.OMBUDSMAN, T.AGENCY), unless=(F.CO_HANDLER,)),
    Step("C8", (S.ESCALATED,), (H.OMBUDSMAN,), R.AGENCY_ADMIN, A.GIVE_DATA, To.SAME, To.SAME, (T.OMBUDSMAN,)),
    Step("C8", (S.ESCALATED,), (H.OMBUDSMAN,), R.OMBUDSMAN, A.RECORD_PROGRESS, To.SAME, To.SAME, (T.REPORTER, T.AGENCY)),
    Step("C8", (S.ESCALATED,), (H.OMBUDSMAN,), R.OMBUDSMAN, A.RECORD_OUTCOME, S.CLOSED, H.NOBODY, (T.REPORTER, T.AGENCY, T.UNIT)),
)


def _by(roles: tuple[R, ...], rule: str, status: tuple[S, ...], action: A, tells: tuple[T, ...] = ()) -> tuple[Step, ...]:
    """Write the same quiet row (status, holder and clocks stay) for several roles."""
    return tuple(Step(rule, status, ANYBODY, role, action, To.SAME, To.SAME, tells) for role in roles)


ADMINS = (R.NATIONAL_ADMIN, R.AGENCY_ADMIN)
OFFICERS = (*ADMINS, R.LIAISON, R.UNIT_OFFICER, R.HEAD)

CARE = (
    *_by(ADMINS, "S48", OPEN, A.EDIT_TEXT),
    *_by(ADMINS, "S44 S45 S46 S47", OPEN, A.CLASSIFY),
    *_by((*ADMINS, R.REPORTER), "S47", (*OPEN, S.CLOSED, S.ARCHIVED), A.CHANGE_SECRECY, (T.REPORTER,)),
    *_by(OFFICERS, "S25", tuple(S), A.NOTE, (T.NAMED,)),
    *_by(OFFICERS, "S25", OPEN, A.CONSULT, (T.NAMED,)),
    *_by(ADMINS, "practice", tuple(S), A.MARK_FILE),
    Step("practice", tuple(S), ANYBODY, R.LIAISON, A.MARK_FILE, To.SAME, To.SAME, unless=(F.CO_HANDLER,)),
    *_by(ADMINS, "practice", OPEN, A.LINK, (T.REPORTER,)),
    *_by(ADMINS, "practice", tuple(S), A.UNLINK, (T.REPORTER,)),
    *_by(ADMINS, "practice", OPEN, A.JOIN_CAUSE, (T.REPORTER,)),
    *_by(ADMINS, "practice", tuple(S), A.LEAVE_CAUSE, (T.REPORTER,)),
    Step("practice", tuple(S), ANYBODY, R.CLOCK, A.CAUSE_FIXED, To.SAME, To.SAME, (T.REPORTER,)),
    Step("S20", tuple(S), ANYBODY, R.CLOCK, A.HOLD_BACK, To.SAME, To.SAME, (T.NAMED,)),
    Step("S21", tuple(S), ANYBODY, R.CLOCK, A.BREACH, To.SAME, To.SAME, (T.NAMED, T.HEAD)),
    *_by(OFFICERS, "S21", tuple(S), A.EXPLAIN_BREACH),
    *_by((R.HEAD, *ADMINS), "S21", tuple(S), A.ACKNOWLEDGE_BREACH),
)

STEPS: tuple[Step, ...] = (
    *INTAKE, *IMPORTED, *VERIFICATION, *DISPOSITION, *HANDLING, *REPORTER_SPEAKS, *CLOSING, *ESCALATION, *CARE,
)

# fmt: on

# A clock that belongs to one kind of desk starts only when that desk is reached.
BELONGS_TO = {C.VERIFY_NATIONAL: H.NATIONAL, C.VERIFY_AGENCY: H.AGENCY, C.DISPOSE_AGENCY: H.AGENCY}

# The clocks of desks stand still after a return too; the sixty days of S34 are the report's own and stand still only
# while the reporter owes an answer, so that no ping-pong can keep a report from the Ombudsman (docs/adr/0005).
DESK_CLOCKS = (*VERIFYING, *UNIT_WORK, C.SUBSTANTIVE, C.DECIDE_CLOSING)

# These outlive an ending: restored or reopened, a report goes on with the time it had left.
LASTING = (C.SUBSTANTIVE, *SIXTY_DAYS)

# These ask nothing of an officer: when they end the CLOCK acts, and no breach is recorded.
CLOCK_ACTS = {
    C.PENDING_REMINDER: A.REMIND_PENDING,
    C.PENDING_REMINDER_2: A.REMIND_PENDING,
    C.PENDING: A.LAPSE_PENDING,
    C.SILENCE_REMINDER: A.REMIND_SILENCE,
    C.SILENCE: A.LAPSE,
    C.CONSENT: A.ASK_CONSENT,
    C.ESCALATION: A.ESCALATE,
}

# Whose step a clock times: the role that must explain when its limit passes (S21). What is not here is the desk's admin's.
ANSWERS_FOR = {
    C.VERIFY_NATIONAL: R.NATIONAL_ADMIN,
    C.DECIDE_CLOSING: R.NATIONAL_ADMIN,
    C.VERIFY_AGENCY: R.AGENCY_ADMIN,
    C.DISPOSE_AGENCY: R.AGENCY_ADMIN,
    C.ACCEPT: R.LIAISON,
    C.FIRST_RESPONSE: R.LIAISON,
    C.RELEASE: R.LIAISON,
    C.SUBSTANTIVE: R.LIAISON,
    C.MANUAL_ENTRY: R.LIAISON,
    C.SOCIAL_ENTRY: R.LIAISON,
    C.UNIT_RECEIVES: R.UNIT_OFFICER,
    C.UNIT_ANSWERS: R.UNIT_OFFICER,
    C.HEAD: R.HEAD,
}
