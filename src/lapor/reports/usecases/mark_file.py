"""Let the public see one file, or hide it: each on its own, and on record (S20)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.models import Evidence, Report
from lapor.reports.refusals import InvalidInput, NotFound
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.sop.vocabulary import Action, Role


class NotForThePublic(InvalidInput):
    """This file stays with the desks, whoever asks."""


@transaction.atomic(durable=True)
def mark_file(
    *, code: str, token: str, is_public: bool, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Show a file of this report to the public, or hide it; marking it as it is already changes nothing.

    Hiding is always open to the desks that answer. Showing is refused for a secret report, for what an officer said to
    officers only, and for the reporter's own files unless an admin, who judges what is published, asks. Raises
    NotFound for a file of another report, NotForThePublic.
    """
    report = access.lock_report(actor, code, version)
    turn = permit(report, Action.MARK_FILE, actor=actor, now=now)
    file = Evidence.objects.select_related("response").filter(report=report, token=token).first()
    if file is None:
        raise NotFound
    if file.is_public == is_public:
        return report
    if is_public:
        _check_may_be_shown(report, file, actor)
    file.is_public = is_public
    file.save(update_fields=["is_public"])
    return advance(turn, Move(facts={"file": file.sha256, "public": is_public}))


def _check_may_be_shown(report: Report, file: Evidence, actor: Actor) -> None:
    if report.is_secret:
        raise NotForThePublic(_("This report is secret: none of its files can be shown to the public."))
    if file.response and file.response.audience == "officers":
        raise NotForThePublic(_("This file came with words among officers. Send it along with an answer to show it."))
    is_reporters = file.response is None or file.response.role == Role.REPORTER
    if is_reporters and actor.role is Role.LIAISON:
        raise NotForThePublic(_("This is the reporter's own file. Ask your institution's admin to show it."))
