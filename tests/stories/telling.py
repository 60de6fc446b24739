"""Words that the stories share: who was told of what, which limits were passed, and that a refusal changed nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from tests.builders import Case

from lapor.kernel.errors import Refusal
from lapor.ledger.models import Entry
from lapor.reports.models import Breach, Deadline, Disposition, OutgoingMessage, Report, Response
from lapor.reports.refusals import NotPermitted
from lapor.sop.vocabulary import Action, Clock


@contextmanager
def refused(case: Case, why: type[Refusal] = NotPermitted) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Expect a refusal, and find the report afterwards exactly as it was."""
    before = picture(case)
    with pytest.raises(why) as caught:
        yield caught
    assert picture(case) == before


def picture(case: Case) -> list[Any]:
    """Return all that is kept of the report."""
    report = Report.objects.filter(code=case.code)
    hanging = (Deadline, Disposition, Response, OutgoingMessage, Breach)
    rows = [list(kind.objects.filter(report__in=report).order_by("pk").values()) for kind in hanging]
    return [list(report.values()), *rows, Entry.objects.filter(subject__in=report).count()]


def told_of(case: Case, action: Action) -> set[str]:
    """Return who was told whenever this was done: desks by code, "reporter", heads as "head of <desk>"."""
    rows = OutgoingMessage.objects.filter(report__code=case.code, action=str(action)).select_related("desk")
    return {_name(row) for row in rows}


def breaches_of(case: Case) -> list[tuple[Clock, str, date]]:
    """Return the limits that passed, as (clock, desk, planned day), oldest first."""
    rows = Breach.objects.filter(report__code=case.code).select_related("desk").order_by("pk")
    return [(Clock(row.clock), row.desk.code if row.desk else "", row.planned_on) for row in rows]


def words_of(case: Case) -> list[tuple[str, str, str]]:
    """Return what was said, as (kind, audience, text), oldest first."""
    rows = Response.objects.filter(report__code=case.code).order_by("pk")
    return list(rows.values_list("kind", "audience", "text"))


def _name(row: OutgoingMessage) -> str:
    if row.desk is None:
        return row.told if row.account is None else f"account {row.account}"
    return f"head of {row.desk.code}" if row.role == "head" else row.desk.code
