"""What a step of the timeline says beyond its name: to whom, why, what was found. Codes become words here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lapor.agencies.queries.tree import get_agency
from lapor.kernel.templatetags.ui import label, shortday
from lapor.reports.queries.case import Case
from lapor.reports.queries.timeline import LegView, Moment
from lapor.sop.vocabulary import Action

# Which vocabulary the coded reason of a step belongs to.
REASONS = {
    Action.ARCHIVE: "ArchiveReason",
    Action.LAPSE_PENDING: "ArchiveReason",
    Action.WITHDRAW: "ArchiveReason",
    Action.TAKE_BACK: "ArchiveReason",
    Action.EDIT_TEXT: "EditReason",
    Action.REDISPOSE: "RedisposeReason",
}


def particulars(case: Case, moment: Moment) -> list[str]:
    """Return the lines under a step, in the reader's language."""
    return [*_passed_to(case, moment), *_shared(case, moment), *_coded(moment), *_said(moment)]


def _shared(case: Case, moment: Moment) -> Iterator[str]:
    """Name the cause: by what it is called now, since a case that left it shows it nowhere else."""
    if title := case.cause_titles.get(moment.facts.get("cause", 0)):
        yield _("Shared cause: %(title)s") % {"title": title}


def _passed_to(case: Case, moment: Moment) -> Iterator[str]:
    leg = _leg_begun(case, moment)
    if leg is None:
        if moment.action is Action.TRANSFER:  # while somebody else has the report no desk is reached
            yield _("To: %(desk)s") % {"desk": get_agency(str(moment.facts["to"])).name}
        return
    to = leg.desk or label(leg.holder)
    yield _("To: %(desk)s") % {"desk": to}
    if leg.named_body:
        yield _("Named as competent: %(body)s") % {"body": leg.named_body}


def _leg_begun(case: Case, moment: Moment) -> LegView | None:
    begun = (leg for leg in case.legs if leg.started_at == moment.at and leg.by is moment.action)
    return next(begun, None)


def _coded(moment: Moment) -> Iterator[str]:
    facts = moment.facts
    if reason := facts.get("reason"):
        yield label(str(reason), REASONS.get(moment.action, "CloseReason"))
    if also := facts.get("also"):
        yield label(str(also), REASONS[moment.action])
    if clock := facts.get("clock"):
        yield _("%(clock)s, due on %(day)s") % {"clock": label(clock, "Clock"), "day": _day(facts.get("due_on"))}
    if classification := facts.get("classification"):
        yield label(classification, "Classification")
    if rating := facts.get("rating"):
        yield _("%(n)s of 5 stars") % {"n": rating}
    if concern := facts.get("concern"):
        yield _("What is wrong: %(what)s") % {"what": label(str(concern), "Concern")}
    if good := facts.get("good"):
        yield _("Good: %(what)s") % {"what": ", ".join(label(str(word), "Praise") for word in good)}
    if bad := facts.get("bad"):
        yield _("Not good: %(what)s") % {"what": ", ".join(label(str(word), "Blame") for word in bad)}
    if moment.action is Action.VERIFY:
        yield _found(facts)
    if moment.action is Action.CHANGE_SECRECY:
        yield _secrecy(facts)
    if moment.action in (Action.ANSWER_CONSENT, Action.ESCALATE):
        shared = facts.get("given") or facts.get("identity_shared")
        yield _("With the reporter's name and contact") if shared else _("Without the reporter's name and contact")


def _found(facts: dict[str, object]) -> str:
    words = {"relevant": _("relevant"), "complete": _("complete"), "clear": _("clear")}
    said = [words[name] if facts.get(name) else _("not %(word)s") % {"word": words[name]} for name in words]
    return ", ".join(said).capitalize()


def _secrecy(facts: dict[str, object]) -> str:
    anonymous = _("anonymous") if facts.get("anonymous") else _("not anonymous")
    secret = _("secret") if facts.get("secret") else _("not secret")
    return f"{anonymous}, {secret}".capitalize()


def _said(moment: Moment) -> Iterator[str]:
    if isinstance(moment.done_on, date):
        done = {"day": shortday(moment.done_on), "who": moment.done_by}
        yield _("Done on %(day)s by %(who)s") % done if moment.done_by else _("Done on %(day)s") % done


def _day(written: object) -> str:
    return shortday(date.fromisoformat(str(written))) if written else ""
