"""Let an officer go without a successor, but never so that an open report is left with nobody who can act (S16)."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lapor.agencies.access import check_may_manage
from lapor.agencies.models import Agency
from lapor.agencies.queries.roles import appointment_infos
from lapor.agencies.queries.takers import stands_in_from
from lapor.agencies.refusals import LastOfficer
from lapor.agencies.usecases.appointments import end_appointment
from lapor.kernel.actor import Actor
from lapor.kernel.errors import Refusal
from lapor.reports.queries.open_work import OpenWork, open_work


class ReportsWithoutHolder(Refusal):
    """The last officer of a role may not go while open reports wait for it; the sentence says how many."""

    def __init__(self, work: OpenWork) -> None:
        self.work = work
        n = len(work.reports)
        said = ngettext(
            "%(n)d open report would be left with nobody who can act. Name a successor or a deputy, or hand it to "
            "another unit first.",
            "%(n)d open reports would be left with nobody who can act. Name a successor or a deputy, or hand them to "
            "another unit first.",
            n,
        )
        many = gettext("More than %(n)d open reports would be left with nobody who can act. Name a successor or a "
                       "deputy, or hand them to another unit first.")  # fmt: skip
        super().__init__((many if work.more else said) % {"n": n})


class DeskWouldBeEmpty(LastOfficer):
    """Nobody would be left, though nothing waits there today: it must be meant."""

    sentence = _(
        "Nobody would be left at this desk. No report waits there today; tick below that it may stay empty, "
        "or name a successor."
    )


class StandsInThen(Refusal):
    """The officer is to stand in for a colleague, who would have no deputy."""

    sentence = _(
        "This officer is to stand in for a colleague then. Hand the seat over to somebody, who stands in instead."
    )


@transaction.atomic(durable=True)
def end_seat(*, appointment: int, ended_on: date, may_be_empty: bool = False, actor: Actor, now: datetime) -> None:
    """Let an officer go on a day; `may_be_empty` says that the desk may stay without anybody in this role.

    Raises what `end_appointment` raises, `StandsInThen`, `ReportsWithoutHolder`, and `DeskWouldBeEmpty`; then nothing
    has changed.
    """
    leaving = appointment_infos([appointment]).get(appointment)
    if leaving is not None and stands_in_from(leaving.account_id, leaving.desk, ended_on):
        check_may_manage(actor, Agency.objects.get(pk=leaving.desk))  # who may not know is told nothing
        raise StandsInThen
    leave = partial(end_appointment, appointment=appointment, ended_on=ended_on, actor=actor, now=now)
    try:
        leave()
    except LastOfficer:
        if leaving is None:
            raise
        work = open_work(actor, leaving.desk, leaving.role)
        if work.reports:
            raise ReportsWithoutHolder(work) from None
        if not may_be_empty:
            raise DeskWouldBeEmpty(field="may_be_empty") from None
        leave(even_if_last=True)
