"""The tracking page's content: where the report stands, its clocks, and the buttons the SOP allows its reporter now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import QueryDict

from lapor.kernel.actor import Actor
from lapor.portal import history, links, words
from lapor.portal.acts import ACTS, Act
from lapor.portal.forms.acts import ActForm, ConsentForm, SecrecyForm
from lapor.portal.links import Shown
from lapor.reports.files import IMAGES
from lapor.reports.queries.deadlines import ClockView, explanations
from lapor.reports.queries.lateness import Lateness
from lapor.reports.queries.track import Tracking
from lapor.sop.deadline import Explanation
from lapor.sop.vocabulary import Action, ResponseKind, Status
from lapor.sop.vocabulary import Clock as SopClock

Refused = tuple[Act, ActForm]


@dataclass(frozen=True)
class Offer:
    """One button: the act, its form, and whether it stands open."""

    act: Act
    form: ActForm
    open: bool


@dataclass(frozen=True)
class Clock:
    """One live clock, with the account of its date."""

    view: ClockView
    explanation: Explanation

    @property
    def is_yours(self) -> bool:
        """Tell whether it is the reporter who has until then to say something."""
        return self.view.clock in (SopClock.PENDING, SopClock.SILENCE)

    @property
    def lateness(self) -> str:
        """Say what is not as it should be: late, nearly due, or standing still; nothing while there is time."""
        found = self.view.lateness or "paused"
        return "" if found is Lateness.ON_TIME else str(found)


@dataclass(frozen=True)
class Pair:
    """The reporter's first photo, and the first one of the newest follow-up with the desk that made it."""

    before: Shown
    after: Shown
    who: str


def standing(found: Tracking, actor: Actor, *, opened: str = "", refused: Refused | None = None) -> dict[str, Any]:
    """Return the page's context. A refused act that is not offered any more comes as `kept`: its words are not lost."""
    report, holders = found.report, history.custody(found.legs)
    return {
        "report": report,
        "found": found,
        "in_words": words.standing_in_words(report, holders[-1].desk_name if holders else ""),
        "since": holders[-1].started_at if holders and not holders[-1].ended_at else None,
        **_promises(clocks(found, actor)),
        "question": _question(found),
        "timeline": (timeline := history.happenings(found.moments, found.legs, to_reporter=True)),
        "lanes": list(dict.fromkeys(str(one.lane) for one in reversed(timeline))),
        "pair": _pair(found),
        "escalates_on": _escalates_on(found),
        "has_pin": bool(report.pin_key),
        "is_own": actor.reporter is not None and actor.reporter == report.reporter_ref,
        "way": found.way,
        "custody": holders,
        "files": links.show(found.files),
        "was_edited": found.original != found.published,
        **_grouped(list(_offers(found, opened, refused)), is_decided=report.consent_given is not None),
        "may_tell": not {Action.REPLY, Action.COMPLETE}.isdisjoint(found.actions),
        "kept": refused if refused and refused[0].action not in found.actions else None,
    }


def _promises(live: list[Clock]) -> dict[str, Any]:
    """Return the next promise, which stands at the top, and the others; the law's last resort is never the next."""
    upcoming = next((one for one in live if one.view.due_on and one.view.clock is not SopClock.ESCALATION), None)
    return {"next_promise": upcoming, "clocks": [one for one in live if one is not upcoming]}


def _grouped(offers: list[Offer], *, is_decided: bool) -> dict[str, Any]:
    """Return all offers, those that stand open to the eye, and the rare ones, with whether one of these is opened.

    `is_decided`: the reporter has said whether the Ombudsman may know; to change that is rare.
    """
    rare = [one for one in offers if one.act.rare or (is_decided and one.act.action is Action.ANSWER_CONSENT)]
    return {
        "offers": offers,
        "likely": [offer for offer in offers if offer not in rare],
        "rare": rare,
        "rare_open": any(offer.open for offer in rare),
    }


def clocks(found: Tracking, actor: Actor) -> list[Clock]:
    """Return the live clocks, the next date first."""
    return explained(found.report, found.clocks, actor)


def explained(report: Any, views: Iterable[ClockView], actor: Actor) -> list[Clock]:
    """Return the live ones among these clocks with the account of their dates, the next date first."""
    live = [view for view in views if view.is_live]
    accounts = explanations(report, actor, [view.id for view in live])
    shown = [Clock(view, accounts[view.id]) for view in live if view.id in accounts]
    return sorted(shown, key=lambda clock: clock.view.due_on or date.max)


def ids_of(slug: str) -> str:
    """Return the pattern of a form's element ids, so that several acts can stand in one page."""
    return f"{slug}_%s"


def _pair(found: Tracking) -> Pair | None:
    """Return the photos to look at side by side; None while one of the two sides has none."""
    before = [one for one in links.show(found.files) if one.media_type in IMAGES]
    for moment in reversed(found.moments):
        after = [one for one in links.show(moment.files) if one.media_type in IMAGES]
        if moment.kind is ResponseKind.FOLLOW_UP and before and after:
            return Pair(before[0], after[0], moment.desk)
    return None


def _escalates_on(found: Tracking) -> date | None:
    """Return the day after which the law moves the report to the Ombudsman; None when it does not (C9)."""
    days = [view.due_on for view in found.clocks if view.is_live and view.clock is SopClock.ESCALATION]
    return days[0] if days else None


def _question(found: Tracking) -> str:
    """Return what an officer asked, while the answer is owed."""
    asked = [moment.text for moment in found.moments if moment.kind is ResponseKind.QUESTION]
    return asked[-1] if asked and found.status is Status.PENDING else ""


def _offers(found: Tracking, opened: str, refused: Refused | None) -> Iterator[Offer]:
    for act in ACTS:
        if act.action not in found.actions:
            continue
        if refused and refused[0] is act:
            yield Offer(act, _renewed(refused[1], found.report.version), open=True)
        else:
            yield Offer(act, _fresh(act, found.report), open=act.slug == opened)


def _fresh(act: Act, report: Any) -> ActForm:
    initial = {"code": report.code, "version": report.version}
    if act.form is SecrecyForm:
        initial |= {"anonymous": report.is_anonymous, "secret": report.is_secret}
    if act.form is ConsentForm and report.consent_given is not None:
        initial |= {"given": "yes" if report.consent_given else "no"}
    return act.form(initial=initial, auto_id=ids_of(act.slug))


def _renewed(form: ActForm, version: int) -> ActForm:
    """Let the refused form speak of the state that is shown now, with every typed word kept."""
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    form.data = data
    return form
