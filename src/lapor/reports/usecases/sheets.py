"""Many manual complaints from one spreadsheet (S68): brought, read in the background, looked at, entered row by row.

Each row becomes a report by `record_manual` in a transaction of its own, under a key made of sheet and row: whatever is
killed in between, no row is lost and none is entered twice. Whether the officer may still act is asked for each batch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency
from lapor.agencies.queries import calendars
from lapor.agencies.queries.roles import actors_of
from lapor.identity.models import Account
from lapor.identity.vault import seal, unseal
from lapor.kernel.actor import Actor
from lapor.kernel.errors import NothingHere, Refusal
from lapor.kernel.wake import wake
from lapor.reports import sheet_store
from lapor.reports.models import Report, Sheet, SheetRow
from lapor.reports.refusals import InvalidInput
from lapor.reports.sheet_files import LARGEST, Columns, SheetRefused, read_table
from lapor.reports.sheet_rows import Known, draft_of, problems_of
from lapor.reports.usecases.record_manual import record_manual

AT_ONCE = 100  # rows entered in one round of the worker
READ_AT_ONCE = 500
LEASE = timedelta(minutes=5)
KEPT = timedelta(days=1)  # a sheet that nobody confirms


def bring_sheet(data: bytes, *, name: str, actor: Actor, now: datetime) -> str:
    """Keep a spreadsheet (bytes, as sent) to be read in the background; return its key. Raises InvalidInput."""
    if actor.desk is None or actor.account is None or actor.appointment is None:
        raise InvalidInput(_("Only an officer can record a manual complaint."))
    if not data or len(data) > LARGEST:
        raise InvalidInput(_("Choose a spreadsheet of at most 10 MB."), field="file")
    key = uuid4()
    sheet_store.keep(key.hex, data)
    with transaction.atomic(durable=True):
        Sheet.objects.create(
            key=key,
            desk_id=actor.desk,
            account=actor.account,
            appointment=actor.appointment,
            name=name[-200:],
            file=key.hex,
            at=now,
        )
        wake()
    return str(key)


@transaction.atomic(durable=True)
def enter_sheet(*, key: str, actor: Actor, now: datetime) -> None:
    """Let the rows without problems be entered. Raises NotFound, or InvalidInput where it is not waiting for that."""
    sheet = own_sheet(actor, key, lock=True)
    if sheet.state != Sheet.State.READ or sheet.rows <= sheet.wrong:
        raise InvalidInput(_("There is nothing to enter from this spreadsheet now."))
    sheet.state, sheet.leased_until = Sheet.State.ENTERING, None
    sheet.save(update_fields=["state", "leased_until"])
    wake()


@transaction.atomic(durable=True)
def drop_sheet(*, key: str, actor: Actor, now: datetime) -> None:
    """Forget a spreadsheet of which nothing was entered. Raises NotFound, or InvalidInput where something was."""
    sheet = own_sheet(actor, key, lock=True)
    if sheet.entered or sheet.state == Sheet.State.ENTERING:
        raise InvalidInput(_("Rows of this spreadsheet are entered already. They can be taken back today."))
    sheet_store.drop(sheet.file) if sheet.file else None
    sheet.delete()


def own_sheet(actor: Actor, key: str, *, lock: bool = False) -> Sheet:
    """Return a sheet that this very officer brought at this desk; nobody else sees the names in it. Raises NotFound."""
    try:
        wanted = UUID(key)
    except ValueError:
        raise NothingHere from None
    found = Sheet.objects.filter(key=wanted, desk=actor.desk, account=actor.account or 0)
    sheet = (found.select_for_update() if lock else found).first()
    if sheet is None:
        raise NothingHere
    return sheet


def work_sheets(*, now: datetime) -> int:
    """Read or enter a part of one sheet that waits; return how many rows were done, 0 when nothing waits.

    Several workers never have the same sheet: it is leased for LEASE, and taken up again after a crash.
    """
    sheet = _lease(now)
    if sheet is None:
        return 0
    if sheet.state == Sheet.State.READING:
        return _read(sheet, now)
    return _enter(sheet, now)


@transaction.atomic(durable=True)
def forget_sheets(*, now: datetime) -> int:
    """Drop what nobody confirmed within KEPT, and the words of rows never entered; returns how many."""
    old = Sheet.objects.filter(at__lt=now - KEPT)
    for sheet in old.exclude(file=""):
        sheet_store.drop(sheet.file)
    left = SheetRow.objects.filter(sheet__in=old.filter(state=Sheet.State.DONE), report=None)
    left.exclude(told=b"").update(told=b"")
    return old.filter(state__in=(Sheet.State.READING, Sheet.State.READ, Sheet.State.REFUSED), entered=0).delete()[0]


_LEASE = """
UPDATE reports_sheet SET leased_until = %(until)s WHERE id = (
    SELECT id FROM reports_sheet WHERE state IN ('reading', 'entering') AND coalesce(leased_until, %(now)s) <= %(now)s
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


@transaction.atomic(durable=True)
def _lease(now: datetime) -> Sheet | None:
    with connection.cursor() as cursor:
        cursor.execute(_LEASE, {"until": now + LEASE, "now": now})
        found = cursor.fetchone()
    return Sheet.objects.select_related("desk__calendar").get(pk=found[0]) if found else None


def _known(sheet: Sheet, now: datetime) -> Known:
    calendar = sheet.desk.calendar
    return Known(today=calendars.today(calendar, now), zone=calendar.zone)


def _read(sheet: Sheet, now: datetime) -> int:
    """Read the whole file in chunks, so that the page can tell how far it is; what is read again is written once."""
    known = _known(sheet, now)
    SheetRow.objects.filter(sheet=sheet).delete()
    done = wrong = 0
    try:
        table = read_table(sheet_store.read(sheet.file), sheet.name)
        Sheet.objects.filter(pk=sheet.pk).update(unread=table.unread)
        for chunk in _chunks(table.rows):
            rows = [_row(sheet, number, cells, known, table.columns) for number, cells in chunk]
            done += len(rows)
            wrong += sum(bool(row.problems) for row in rows)
            if not _keep_read(sheet, rows, done, wrong):
                break
    except (SheetRefused, FileNotFoundError) as refused:
        why = refused.why if isinstance(refused, SheetRefused) else "unreadable"
        _finish_reading(sheet, Sheet.State.REFUSED, why=why, rows=0, wrong=0)
    else:
        _finish_reading(sheet, Sheet.State.READ)
    return max(done, 1)


@transaction.atomic(durable=True)
def _keep_read(sheet: Sheet, rows: list[SheetRow], done: int, wrong: int) -> bool:
    """Write rows that were read, and how far it is; False, and nothing is written, where the sheet is ours no more."""
    if not _is_ours(sheet):
        return False
    SheetRow.objects.bulk_create(rows)
    Sheet.objects.filter(pk=sheet.pk).update(rows=done, wrong=wrong)
    return True


@transaction.atomic(durable=True)
def _finish_reading(sheet: Sheet, state: Sheet.State, **facts: object) -> None:
    if not _is_ours(sheet):
        return
    if state == Sheet.State.REFUSED:
        SheetRow.objects.filter(sheet=sheet).delete()
    _finish(sheet, state, **facts)


def _is_ours(sheet: Sheet) -> bool:
    """Lock it and tell whether we still read it: its officer may drop it meanwhile, and a lease that ends is taken."""
    held = Sheet.objects.filter(pk=sheet.pk, state=Sheet.State.READING, leased_until=sheet.leased_until)
    return held.select_for_update().first() is not None


def _finish(sheet: Sheet, state: Sheet.State, **facts: object) -> None:
    sheet_store.drop(sheet.file) if sheet.file else None
    Sheet.objects.filter(pk=sheet.pk).update(state=state, file="", leased_until=None, **facts)


def _chunks(rows: Iterable[tuple[int, dict[str, str]]]) -> Iterator[list[tuple[int, dict[str, str]]]]:
    going = iter(rows)
    while chunk := list(islice(going, READ_AT_ONCE)):
        yield chunk


def _row(sheet: Sheet, number: int, cells: dict[str, str], known: Known, columns: Columns) -> SheetRow:
    clean = {name: text.replace("\x00", "") for name, text in cells.items()}
    sealed = seal(json.dumps(clean), about=_about(sheet, number))
    problems = [(field, code, *columns.get(field, ("", ""))) for field, code in problems_of(clean, known)]
    return SheetRow(sheet=sheet, number=number, told=sealed, problems=problems)


def told(sheet: Sheet, row: SheetRow) -> dict[str, str]:
    """Return what a row says; nothing once it is entered."""
    if not bytes(row.told):
        return {}
    found: dict[str, str] = json.loads(unseal(row.told, about=_about(sheet, row.number)))
    return found


def _about(sheet: Sheet, number: int) -> bytes:
    return f"sheet {sheet.key.hex} row {number}".encode()


def _enter(sheet: Sheet, now: datetime) -> int:
    actor = _still_at_work(sheet, now)
    if actor is None:
        _finish(sheet, Sheet.State.DONE, why="no_role")
        return 1
    known = _known(sheet, now)
    waiting = SheetRow.objects.filter(sheet=sheet, report=None, problems=[]).order_by("number")[:AT_ONCE]
    rows = list(waiting)
    for row in rows:
        _enter_row(sheet, row, actor, known, now)
    if len(rows) < AT_ONCE:
        _finish(sheet, Sheet.State.DONE)
    else:
        Sheet.objects.filter(pk=sheet.pk).update(leased_until=None)
    return max(len(rows), 1)


def _enter_row(sheet: Sheet, row: SheetRow, actor: Actor, known: Known, now: datetime) -> None:
    """Enter one row; one that is refused after all keeps its words and says so."""
    try:
        draft, settled = draft_of(told(sheet, row), known)
        key = f"sheet-{sheet.key.hex}-{row.number}"
        receipt = record_manual(draft, actor=actor, now=now, key=key, started_at=now, settled=settled)
    except Refusal as refusal:
        problem = [(refusal.field or "text", "refused")]
        SheetRow.objects.filter(pk=row.pk).update(problems=problem)
        Sheet.objects.filter(pk=sheet.pk).update(wrong=F("wrong") + 1)
        return
    with transaction.atomic(durable=True):
        report = Report.objects.only("pk").get(number=receipt.number)
        fresh = SheetRow.objects.filter(pk=row.pk, report=None).update(report=report, told=b"")
        Sheet.objects.filter(pk=sheet.pk).update(entered=F("entered") + fresh)


def _still_at_work(sheet: Sheet, now: datetime) -> Actor | None:
    """Return the officer as they may act at this moment; None once the decree or the role is gone."""
    account = Account.objects.filter(pk=sheet.account, is_active=True).first()
    if account is None or not Agency.objects.filter(pk=sheet.desk_id).exists():
        return None
    seats = actors_of(account, now)
    return next((seat for seat in seats if (seat.desk, seat.appointment) == (sheet.desk_id, sheet.appointment)), None)
