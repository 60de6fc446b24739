"""The SOP's steps and states in the words of somebody who waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from lapor.kernel.templatetags.ui import longday
from lapor.sop.plain import status_said, step_said
from lapor.sop.vocabulary import (
    Action,
    ArchiveReason,
    Blame,
    Clock,
    CloseReason,
    Concern,
    Holder,
    Praise,
    Role,
    Status,
)

HAPPENED: dict[Action, Promise] = {
    Action.SUBMIT: _("The report came in"),
    Action.RECORD_OPEN: _("An officer wrote the report down"),
    Action.RECORD_SETTLED: _("An officer wrote down a report that was settled already"),
    Action.IMPORT: _("Taken over from the national system"),
    Action.DISPOSE: _("Passed on"),
    Action.HANDLE_HERE: _("The institution answers by itself"),
    Action.RETURN: _("Returned: another office is responsible"),
    Action.ASK: _("A question to the reporter"),
    Action.COMPLETE: _("The question was answered"),
    Action.ARCHIVE: _("Moved to the archive"),
    Action.RESTORE: _("Taken out of the archive"),
    Action.ACCEPT: _("The unit took the report on"),
    Action.REDISPOSE: _("Passed on to another unit"),
    Action.TRANSFER: _("Another unit goes on with it"),
    Action.ADD_HANDLER: _("A second unit helps"),
    Action.JOIN_CAUSE: _("Joined with other reports of the same cause"),
    Action.LEAVE_CAUSE: _("No longer joined with other reports"),
    Action.CAUSE_FIXED: _("What several reports came from is fixed"),
    Action.RESPOND_FIRST: _("First response"),
    Action.FORWARD: _("Passed on inside the unit"),
    Action.RECEIVE: _("Received inside the unit"),
    Action.ANSWER: _("Answered inside the unit"),
    Action.RELEASE: _("First response"),
    Action.RELEASE_FOLLOW_UP: _("Follow-up"),
    Action.RECALL: _("Taken back by the unit"),
    Action.BRIEF: _("Brought before the head of the unit"),
    Action.INSTRUCT: _("The head gave directions"),
    Action.APPROVE: _("The head approved"),
    Action.ASK_BACK: _("The head wants to know more first"),
    Action.FOLLOW_UP: _("Follow-up"),
    Action.SEND_BACK: _("Sent back to the unit: the answer was not enough"),
    Action.REPLY: _("A message of the reporter"),
    Action.OBJECT: _("The reporter says it is not done"),
    Action.CONFIRM: _("The reporter says it is done"),
    Action.WITHDRAW: _("Withdrawn by the reporter"),
    Action.TAKE_BACK: _("Taken back: entered by mistake"),
    Action.REOPEN: _("Opened again"),
    Action.ANSWER_CONSENT: _("The reporter decided about the Ombudsman"),
    Action.REQUEST_CLOSING: _("The institution asks to close the report"),
    Action.APPROVE_CLOSING: _("Closed by the national desk"),
    Action.REFUSE_CLOSING: _("The national desk refused to close it"),
    Action.RECORD_PROGRESS: _("News from the Ombudsman"),
    Action.RECORD_OUTCOME: _("The Ombudsman's result"),
    Action.EDIT_TEXT: _("An officer mended the wording; the meaning stays"),
    Action.CHANGE_SECRECY: _("Who may know was changed"),
    Action.REMIND_PENDING: _("Reminder to answer the question"),
    Action.LAPSE_PENDING: _("Moved to the archive, because the question stayed open"),
    Action.REMIND_SILENCE: _("Reminder before the report is closed"),
    Action.LAPSE: _("Closed, because the reporter said nothing after the follow-up"),
    Action.ASK_CONSENT: _("Asked whether the Ombudsman may know who reports"),
    Action.ESCALATE: _("Passed on to the Ombudsman"),
    Action.BREACH: _("A deadline was missed"),
    Action.CLAIM: _("Saved to the reporter's account"),
}

_YOU_DID: dict[Action, Promise] = {
    Action.SUBMIT: _("You reported it"),
    Action.COMPLETE: _("You answered the question"),
    Action.REPLY: _("Your message"),
    Action.OBJECT: _("You said that it is not done"),
    Action.CONFIRM: _("You said that it is done"),
    Action.WITHDRAW: _("You withdrew the report"),
    Action.REOPEN: _("You opened it again"),
    Action.RESTORE: _("You took it out of the archive"),
    Action.ANSWER_CONSENT: _("You decided about the Ombudsman"),
    Action.CHANGE_SECRECY: _("You changed who may know"),
    Action.CLAIM: _("You saved it to your account"),
}

_PASSED_ON: dict[Action, Promise] = {
    Action.DISPOSE: _("Passed on to %(desk)s"),
    Action.REDISPOSE: _("Passed on to another unit: %(desk)s"),
    Action.TRANSFER: _("Another unit goes on with it: %(desk)s"),
    Action.FORWARD: _("Passed on inside the unit: %(desk)s"),
}

_CLOSED: dict[CloseReason, Promise] = {
    CloseReason.CONFIRMED: _("Closed: you said that it is done."),
    CloseReason.SILENCE: _("Closed, because you said nothing after the follow-up."),
    CloseReason.REQUEST: _("Closed by the national desk on the institution's request."),
    CloseReason.OMBUDSMAN: _("Closed with the Ombudsman's result."),
    CloseReason.SETTLED: _("It was settled before it was written down here."),
}
_ARCHIVED: dict[ArchiveReason, Promise] = {
    ArchiveReason.UNCLEAR: _("In the archive: it was not clear enough to act on."),
    ArchiveReason.SUGGESTION: _("In the archive as a general suggestion. Thank you for it."),
    ArchiveReason.NOT_GOVERNMENT: _("In the archive: it does not concern the government."),
    ArchiveReason.SPAM: _("In the archive as an advertisement or nonsense."),
    ArchiveReason.HATE: _("In the archive: it contained nothing but insults."),
    ArchiveReason.WITHDRAWN: _("In the archive: you withdrew it."),
    ArchiveReason.MISTAKEN: _("In the archive: an officer entered it by mistake."),
}
_HELD: dict[tuple[Status, Holder], Promise] = {
    (Status.UNVERIFIED, Holder.NATIONAL): _("The national desk checks the report and looks for the institution."),
    (Status.UNVERIFIED, Holder.AGENCY): _("%(desk)s checks the report and passes it on to the unit that must answer."),
    (Status.DISPOSED, Holder.UNIT): _("%(desk)s owes the first response."),
    (Status.DISPOSED, Holder.UNIT_OFFICER): _("%(desk)s prepares the first response."),
    (Status.IN_PROGRESS, Holder.UNIT): _("%(desk)s is working on it and owes the follow-up."),
    (Status.IN_PROGRESS, Holder.AGENCY): _("%(desk)s is working on it and owes the follow-up."),
    (Status.IN_PROGRESS, Holder.UNIT_OFFICER): _("%(desk)s is working on it."),
    (Status.IN_PROGRESS, Holder.HEAD): _("%(desk)s: waiting for the head's decision."),
    (Status.IN_PROGRESS, Holder.NATIONAL): _("The institution asks to close it; the national desk decides."),
    (Status.IN_PROGRESS, Holder.REPORTER): _("The follow-up was given. Now it is your turn: is it done, or not?"),
    (Status.PENDING, Holder.REPORTER): _("An officer asks you something. The report goes on once you have answered."),
    (Status.ESCALATED, Holder.OMBUDSMAN): _("The report lies with the Ombudsman of the Republic of Indonesia."),
}


def happened(action: Action, reached: str = "") -> str:
    """Say what a step was, and to which desk it led where it passed the report on."""
    if reached and action in _PASSED_ON:
        return str(_PASSED_ON[action]) % {"desk": reached}
    return str(HAPPENED.get(action) or action.label(get_language() or "id"))


def did(action: Action) -> str:
    """Say to the reporter what they did themselves."""
    return str(_YOU_DID[action]) if action in _YOU_DID else happened(action)


def you() -> str:
    """Return how the reporter is called on their own page."""
    return gettext("You")


def hidden(facts: dict[str, Any]) -> str:
    """Say what was chosen about who may know."""
    chosen = {
        (False, False): _("Officers know who reports, and the public may read the report."),
        (True, False): _("Anonymous: officers do not see who reports."),
        (False, True): _("Secret: the public does not see the report."),
        (True, True): _("Anonymous and secret: officers do not see who reports, the public does not see the report."),
    }
    return str(chosen[bool(facts.get("anonymous")), bool(facts.get("secret"))])


def work_done(day: date, by: str) -> str:
    """Say when the work of a follow-up was done, and by whom."""
    if by:
        return gettext("Done on %(day)s by %(who)s.") % {"day": longday(day), "who": by}
    return gettext("Done on %(day)s.") % {"day": longday(day)}


def missed(clock: Clock, day: date) -> str:
    """Say which deadline passed without its step, and when."""
    return gettext("%(clock)s: due by %(day)s.") % {
        "clock": step_said(clock, get_language() or "id"),
        "day": longday(day),
    }


def ticked(facts: dict[str, Any]) -> Iterator[str]:
    """Say what the reporter ticked beside the words: what is wrong, what was good, what was not."""
    language = get_language() or "id"
    if concern := facts.get("concern"):
        yield gettext("What is wrong: %(what)s") % {"what": Concern(concern).label(language)}
    if good := facts.get("good"):
        yield gettext("Good: %(what)s") % {"what": ", ".join(Praise(word).label(language) for word in good)}
    if bad := facts.get("bad"):
        yield gettext("Not good: %(what)s") % {"what": ", ".join(Blame(word).label(language) for word in bad)}


def archived_because(reason: ArchiveReason) -> str:
    """Say why a report was archived."""
    return gettext("Reason: %(reason)s.") % {"reason": reason.label(get_language() or "id")}


def competent(body: str) -> str:
    """Say whom the desk that returned a report named as competent."""
    return gettext("Named as responsible: %(body)s.") % {"body": body}


def who(role: Role, desk: str) -> str:
    """Name who acted: the role, and the desk where there is one."""
    name = role.label(get_language() or "id")
    return f"{name}, {desk}" if desk else name


def standing_in_words(report: Any, desk: str) -> str:
    """Tell its reporter in one sentence where a report stands and who owes the next step; `desk` holds it."""
    status = Status(report.status)
    if status is Status.CLOSED and report.close_reason:
        return str(_CLOSED[CloseReason(report.close_reason)])
    if status is Status.ARCHIVED and report.archive_reason:
        return str(_ARCHIVED[ArchiveReason(report.archive_reason)])
    sentence = _HELD.get((status, Holder(report.holder)))
    return (
        str(sentence) % {"desk": desk or gettext("The office")}
        if sentence
        else status_said(status, language=get_language() or "id")
    )
