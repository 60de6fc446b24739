"""The verification screen's forms as one: one reading of a report, sent at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lapor.agencies.blanks import check_filled
from lapor.desk.forms.examine_parts import OUTCOMES, AboutPart, CheckPart, OutcomePart, Part, WhoPart, WordsPart
from lapor.desk.officer import Officer
from lapor.kernel.errors import Refusal
from lapor.reports.findings import Findings
from lapor.reports.queries.case import Case
from lapor.reports.usecases.verify_and_decide import Outcome, Reading
from lapor.sop.vocabulary import Action
from lapor.triage.advice import Advice

NOT_READY = _("Tick what you found. If something is missing, ask the reporter, return the report or archive it.")


class Examination:
    """All parts of one reading, and the form of each outcome; only the outcome that was chosen is checked."""

    def __init__(self, case: Case, officer: Officer, advice: Advice, data: Any = None, files: Any = None) -> None:
        self.case, self.officer, self.advice = case, officer, advice
        known: dict[str, Any] = {"case": case, "officer": officer, "data": data, "files": files}
        self.which = OutcomePart(**known)
        self.words = WordsPart(**known)
        self.check = CheckPart(prefix="check", **known)
        self.about = AboutPart(prefix="about", **known)
        self.who = WhoPart(prefix="who", **known)
        self.outcomes = {
            action: OUTCOMES[action][0](prefix=str(action), **known) for action in OUTCOMES if self._opens(action)
        }
        for part in self.parts:
            if hasattr(part, "suggest"):
                part.suggest(advice)

    def _opens(self, action: Action) -> bool:
        return any(code == action for code, _name in self.which.fields["outcome"].choices)  # type: ignore[attr-defined]

    @property
    def is_open(self) -> bool:
        """Tell whether anything can be decided from this desk now."""
        return bool(self.outcomes)

    @property
    def asks_check(self) -> bool:
        """Tell whether the checklist is still to be answered: it is not where the report was verified before."""
        return any(choice.is_open and choice.step.action is Action.VERIFY for choice in self.case.choices)

    @property
    def parts(self) -> list[Part]:
        """Return every form of the page."""
        return [self.which, self.words, self.check, self.about, self.who, *self.outcomes.values()]

    @property
    def outcome(self) -> Part | None:
        """Return the form of the outcome that was sent."""
        return self.outcomes.get(_action(self.which["outcome"].value()))  # type: ignore[arg-type]

    @property
    def sent(self) -> list[Part]:
        """Return the forms that count: the outcome chosen, and the checklist where it is asked."""
        checked = [self.check] if self.asks_check else []
        decided = [self.outcome] if self.outcome else []
        return [self.which, *checked, self.words, self.about, self.who, *decided]

    @property
    def errors(self) -> Iterator[tuple[Any, str]]:
        """Yield each (field or None, sentence) that must be mended, in the page's order."""
        for form in self.sent if self.words.is_bound else ():
            for error in form.non_field_errors():
                yield None, str(error)
            for field in form:
                for error in field.errors:
                    yield field, str(error)

    def is_valid(self) -> bool:
        """Check what was sent, and that the outcome goes with what the checklist says."""
        wrong = [form for form in self.sent if not form.is_valid()]  # every one speaks, not only the first
        return not wrong and self._fits() and self._is_filled()

    def _fits(self) -> bool:
        action = Action(self.which.cleaned_data["outcome"])
        if self.asks_check and action in (Action.DISPOSE, Action.HANDLE_HERE):
            data = self.check.cleaned_data
            for name in ("relevant", "complete", "clear", "competence_ok"):
                if not data[name]:
                    self.check.add_error(name, NOT_READY)
                    return False
        return True

    def _is_filled(self) -> bool:
        """Refuse a text in which a template's field was left."""
        assert self.outcome is not None  # noqa: S101 - for the type checker; `is_valid` has seen the outcome
        for name, value in self.outcome.cleaned_data.items():
            if isinstance(value, str):
                try:
                    check_filled(value, field=name)
                except Refusal as refusal:
                    self.outcome.add_error(name, str(refusal.sentence))
                    return False
        return True

    @property
    def version(self) -> int | None:
        """Return the version of the report that the officer saw."""
        seen: int | None = self.words.cleaned_data.get("version")
        return seen

    def reading(self) -> Reading:
        """Return what the officer did, for the use case."""
        return Reading(
            findings=self._findings() if self.asks_check else None,
            wordings=self.words.wordings(),
            protection=self.who.protection(),
            subject=self.about.subject(),
            **self.which.same,
            advised=tuple(one.as_advised() for one in self.advice.learned),
        )

    def _findings(self) -> Findings:
        found: Findings = self.check.arguments()["findings"]
        return found

    def decision(self) -> Outcome:
        """Return the outcome with its words; stores its files. May raise FileRefused."""
        assert self.outcome is not None  # noqa: S101 - as above
        return Outcome(Action(self.which.cleaned_data["outcome"]), self.outcome.arguments())

    def note(self, refusal: Refusal) -> None:
        """Write a refusal where its field is: in the outcome, in the words or in the subject; else above all."""
        for form in [self.outcome, self.about, self.words, self.who]:
            if form is not None and refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal.sentence))
                return
        self.which.add_error(None, str(refusal.sentence))


def _action(code: object) -> Action | None:
    try:
        return Action(str(code))
    except ValueError:
        return None


def typed(case: Case, officer: Officer, advice: Advice, data: Any, changes: Mapping[str, str]) -> Examination:
    """Return the page's forms as they were typed, not yet sent, with some fields changed; nothing is checked."""
    filled = data.copy()
    for name, value in changes.items():
        filled[name] = value
    bound, fresh = Examination(case, officer, advice, filled), Examination(case, officer, advice)
    for old, new in zip(bound.parts, fresh.parts, strict=True):
        for name, field in old.fields.items():
            if name != "version" and not isinstance(field.widget, forms.FileInput):
                new.initial[name] = field.widget.value_from_datadict(filled, {}, old.add_prefix(name))
    return fresh
