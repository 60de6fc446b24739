"""Undo a spreadsheet of manual complaints: what nobody touched since goes back, the rest says why it stayed (S68)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.kernel.errors import Refusal
from lapor.reports.models import Report, Sheet, SheetRow
from lapor.reports.usecases.sheets import own_sheet
from lapor.reports.usecases.take_back import take_back_entry
from lapor.sop.vocabulary import ArchiveReason

TOUCHED, PAST = "touched", "past"  # something was done with it since; entered before today or under another role
BACK = str(ArchiveReason.MISTAKEN)


def take_back_sheet(*, key: str, actor: Actor, now: datetime) -> tuple[int, int]:
    """Take back every complaint of a sheet that nobody has touched since today; return how many were, and were not.

    Each is a step of its own (`take_back_entry`), so whatever stops it in between, the rest can be taken back after.
    The sheet then tells when this was and how it ended, and each row that stayed why. Raises NotFound.
    """
    sheet = own_sheet(actor, key)
    rows = SheetRow.objects.filter(sheet=sheet).exclude(report=None).order_by("number")
    done = 0
    for pk, number in list(rows.exclude(report__archive_reason=BACK).values_list("pk", "report__number")):
        try:
            take_back_entry(code=number, actor=actor, now=now)
        except Refusal:
            _say_why(pk)
        else:
            done += 1
    return done, _finish(sheet, now)


def _say_why(row: int) -> None:
    """Note at a row why its complaint stayed; one taken back from another window at this moment did not stay."""
    report = Report.objects.only("version", "archive_reason").get(
        pk__in=SheetRow.objects.filter(pk=row).values("report")
    )
    if report.archive_reason != BACK:
        SheetRow.objects.filter(pk=row).update(kept_why=TOUCHED if report.version > 1 else PAST)


@transaction.atomic(durable=True)
def _finish(sheet: Sheet, now: datetime) -> int:
    """Write on the sheet how it ended; return how many of its complaints stayed."""
    entered = SheetRow.objects.filter(sheet=sheet).exclude(report=None)
    back = entered.filter(report__archive_reason=BACK).count()
    kept = entered.count() - back
    Sheet.objects.filter(pk=sheet.pk).update(taken_back_at=now, taken_back=back, kept=kept)
    return kept
