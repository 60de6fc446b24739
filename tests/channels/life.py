"""What the city's desks do with a report that came by a channel, step by step, so that its sender can hear of each."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from tests.builders import Case
from tests.sop.days import at

from lapor.reports.models import Report
from lapor.reports.usecases import accept, ask, dispose, respond
from lapor.sop.vocabulary import CloseReason, Status

NOW = at("Mon 2 Mar 2026 09:00 WITA")


class Desks:
    """The desks that work on one report, by the clock of the test."""

    def __init__(self, case: Case, report: Report) -> None:
        self._case = case
        case.code = report.code

    def ask(self, question: str = "Pasar yang mana?") -> None:
        """Let the institution ask its reporter."""
        self._act(ask.ask_reporter, "admin-kota", question=question)

    def pass_on(self) -> None:
        """Let the institution dispose it to its unit."""
        self._act(dispose.dispose_report, "admin-kota", to="dinas-pupr")

    def answer(self) -> None:
        """Let the unit accept it and say what comes next."""
        self._act(accept.accept_disposition, "pp-pupr")
        self._act(respond.respond_first, "pp-pupr", text="Tim kami meninjau besok.")

    def mend(self, text: str = "Jalan sudah ditambal.") -> None:
        """Let the unit say what was done."""
        done = {"done_on": timezone.localdate(), "done_by": "Tim jalan", "field_work": True}
        self._act(respond.follow_up, "pp-pupr", text=text, **done)

    def _act(self, usecase: Any, who: str, **fields: Any) -> None:
        self._case.now = timezone.now()
        self._case.act(usecase, who, **fields)


def is_confirmed(report: Report) -> bool:
    """Tell whether its reporter closed it with five stars."""
    report.refresh_from_db()
    closed = (report.status, report.close_reason, report.rating)
    return closed == (Status.CLOSED, CloseReason.CONFIRMED, 5)
