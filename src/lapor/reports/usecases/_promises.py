"""Who is told of a step: one promise for each, in the same transaction, and nobody twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.ledger.models import Entry
from lapor.reports import desks
from lapor.reports.models import OutgoingMessage, Report
from lapor.reports.usecases._custody import Place
from lapor.sop.table import Step
from lapor.sop.vocabulary import Holder, Role, Told

Address = tuple[Told, int | None, str, int | None]  # audience, desk, role there, one officer's account


def make(
    report: Report,
    step: Step,
    *,
    actor: Actor,
    entry: Entry,
    was: Place | None,
    named: tuple[Iterable[int], Iterable[int]],
    now: datetime,
) -> None:
    """Write the outgoing messages of a step; the desk that acted is not told of its own act.

    A head sits at the unit's desk too, but speaks to its liaison, who is told.
    """
    seen: set[tuple[int | None, str, int | None]] = set()
    messages = []
    for told, desk, role, account in _addresses(report, step, was, named):
        own = desk is not None and desk == actor.desk and actor.role is not Role.HEAD and not role and account is None
        if own or (desk, role, account) in seen:
            continue
        seen.add((desk, role, account))
        messages.append(
            OutgoingMessage(
                report=report,
                seq=entry.seq,
                action=entry.action,
                told=str(told),
                desk_id=desk,
                role=role,
                account=account,
                facts=entry.facts,
                next_try_at=now,
                created_at=now,
            )
        )
    OutgoingMessage.objects.bulk_create(messages)


def _addresses(
    report: Report, step: Step, was: Place | None, named: tuple[Iterable[int], Iterable[int]]
) -> Iterator[Address]:
    for told in step.tells:
        match told:
            case Told.REPORTER:
                yield told, None, "", None
            case Told.HOLDER if report.desk_id is None:
                if report.holder == Holder.REPORTER:
                    yield Told.REPORTER, None, "", None
            case Told.HOLDER | Told.PREVIOUS | Told.HEAD:
                yield from _at_desk(told, report, was)
            case Told.NAMED:
                yield from ((told, desk, "", None) for desk in named[0])
                yield from ((told, None, "", account) for account in named[1])
            case _:
                if desk := _desk(told, report):
                    yield told, desk, "", None


def _at_desk(told: Told, report: Report, was: Place | None) -> Iterator[Address]:
    if told is Told.HOLDER:
        yield told, report.desk_id, str(Role.HEAD) if report.holder == Holder.HEAD else "", None
    elif told is Told.HEAD and report.unit_id:
        yield told, report.unit_id, str(Role.HEAD), None
    elif told is Told.PREVIOUS and was and was.desk_id:
        yield told, was.desk_id, "", None


def _desk(told: Told, report: Report) -> int | None:
    match told:
        case Told.AGENCY:
            return report.agency_id
        case Told.UNIT:
            return report.unit_id

        case Told.OMBUDSMAN:
            return desks.ombudsman().pk
    return None
