"""The panel beside a case: every step of the table for this role, those not open yet with their reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lapor.desk.actions import ACTS, CARE, ELSEWHERE, MAIN, MORE, Act
from lapor.reports.queries.case import Case
from lapor.sop.engine import Choice
from lapor.sop.vocabulary import Action, Holder, Role

# What each role is asked on the page of one question: the steps, the first of which is the usual one.
ASKED = {
    Role.UNIT_OFFICER: (Action.ANSWER, Action.RECEIVE),
    Role.HEAD: (Action.INSTRUCT, Action.APPROVE, Action.ASK_BACK),
}


@dataclass(frozen=True)
class Button:
    """One step in the panel; `why_not` says why it cannot be taken yet, empty when it can."""

    action: Action
    act: Act
    why_not: str = ""


@dataclass(frozen=True)
class Panel:
    """The steps, as the panel shows them: the next ones, other ones, keeping order, and those not open yet."""

    main: list[Button]
    more: list[Button]
    care: list[Button]
    later: list[Button]
    may_mark: bool = False
    is_asked: bool = False  # the page with one question and one answer has something to ask

    def offers(self, action: Action) -> bool:
        """Tell whether a step can be taken now."""
        return any(button.action is action for button in (*self.main, *self.more, *self.care))

    def why_not(self, action: Action) -> str:
        """Say what stands in the way of a step; empty when nothing does, or when it never comes of waiting."""
        return next((button.why_not for button in self.later if button.action is action), "")

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing can be done from this desk now."""
        return not (self.main or self.more or self.care or self.later)


def panel(case: Case) -> Panel:
    """Sort the table's choices into the panel's groups; an action that is open in one row is open."""
    buttons = [one for one in [*_buttons(case.choices).values(), *_elsewhere(case)] if _belongs(one, case)]
    by_group = {
        group: [one for one in buttons if one.act.group == group and not one.why_not] for group in (MAIN, MORE, CARE)
    }
    marks = any(choice.step.action is Action.MARK_FILE and choice.is_open for choice in case.choices)
    asks = any(choice.is_open and choice.step.action in ASKED.get(choice.step.role, ()) for choice in case.choices)
    later = [one for one in buttons if one.why_not]
    return Panel(by_group[MAIN], by_group[MORE], by_group[CARE], later, may_mark=marks, is_asked=asks)


def _belongs(button: Button, case: Case) -> bool:
    """Leave out what can never come of waiting: no link to undo, another's entry, no part asked for, no unit."""
    if button.action in (Action.TAKE_BACK, Action.CONTRIBUTE, Action.TRANSFER):
        return not button.why_not
    match button.action:
        case Action.UNLINK:
            return bool(case.links)
        case Action.JOIN_CAUSE | Action.LEAVE_CAUSE:
            return (case.cause is None) == (button.action is Action.JOIN_CAUSE)
    return True


def _buttons(choices: tuple[Choice, ...]) -> dict[Action, Button]:
    found: dict[Action, Button] = {}
    for choice in choices:
        action = choice.step.action
        if action in ELSEWHERE or (action in found and not found[action].why_not):
            continue
        found[action] = Button(action, ACTS[action], "" if choice.is_open else why_not(choice))
    return found


def _elsewhere(case: Case) -> list[Button]:
    """Return the steps for which the report must come back from whoever has it now, each once, with that reason."""
    desk = case.report.desk
    holder = str(case.holder.label(get_language() or "id"))
    who = f"{holder}, {desk.name}" if desk and case.holder is not Holder.REPORTER else holder
    lies = _("now with: %(holder)s") % {"holder": who}
    found: dict[Action, Button] = {}
    for choice in case.awaited:
        action = choice.step.action
        if action not in ELSEWHERE:
            found.setdefault(action, Button(action, ACTS[action], "; ".join(filter(None, (lies, why_not(choice))))))
    return list(found.values())


def why_not(choice: Choice) -> str:
    """Say what stands in the way of a step, in the reader's language."""
    language = get_language() or "id"
    reasons = [_("needs: %(fact)s") % {"fact": fact.label(language)} for fact in choice.missing]
    reasons += [fact.label(language) for fact in choice.against]
    return "; ".join(reasons)
