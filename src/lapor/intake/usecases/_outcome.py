"""What is to be written of a message once it has been carried out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lapor.agencies.models import Agency
from lapor.intake.contract import Why
from lapor.intake.models import InboundMessage
from lapor.reports.models import Report

State = InboundMessage.State


@dataclass(frozen=True)
class Outcome:
    """State, what it became, and the answer owed (`says`, a text of answers.toml; empty: none).

    `report` and `desk` are row ids. `facts` hold codes and numbers, never words that somebody wrote.
    """

    state: str = State.UNDERSTOOD
    became: str = ""
    deed: str = ""
    report: int | None = None
    desk: int | None = None
    why: str = ""
    problem: str = ""
    says: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)


def with_refused(outcome: Outcome, files: str, *, answerable: bool) -> Outcome:
    """Return the outcome with the files that could not be kept: the desk reads their names, and their sender is told.

    `files` is empty where all were kept. A message to which nothing else is answered is answered for their sake.
    """
    if not files:
        return outcome
    says = outcome.says or ("files_refused" if answerable else "")
    return replace(outcome, problem=files, says=says, facts={**outcome.facts, "files": 1})


def for_person(why: Why, *, agency: str = "", report: Report | None = None, says: str = "") -> Outcome:
    """Return the outcome of a message that a person has to look at, at the institution's desk or the national one."""
    desk = report.agency_id if report else _institution(agency)
    facts: dict[str, str | int] = {"report": report.pk} if report else {}
    return Outcome(
        state=State.FOR_PERSON, why=why, desk=desk, report=report.pk if report else None, says=says, facts=facts
    )


def _institution(code: str) -> int | None:
    rows = Agency.objects.filter(code=code, kind=Agency.Kind.INSTITUTION)
    return rows.values_list("pk", flat=True).first() if code else None
