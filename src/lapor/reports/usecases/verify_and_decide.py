"""All that one reading of a report comes to, sent at once: checked, worded, classified, protected, and passed on.

Each part is the SOP's own step with its own entry in the ledger; all of them are taken in one transaction, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.findings import Findings
from lapor.reports.models import Report
from lapor.reports.suggested import Advised
from lapor.reports.usecases import (
    archive,
    ask,
    cause,
    classify,
    dispose,
    edit,
    handle_here,
    link,
    return_,
    secrecy,
    verify,
)
from lapor.reports.usecases.classify import Subject
from lapor.reports.usecases.edit import Wording
from lapor.reports.usecases.suggestions import note_choices
from lapor.sop.vocabulary import Action, LinkKind

OUTCOMES: dict[Action, Callable[..., Report]] = {
    Action.DISPOSE: dispose.dispose,
    Action.HANDLE_HERE: handle_here.handle_here,
    Action.ASK: ask.ask,
    Action.RETURN: return_.give_back,
    Action.ARCHIVE: archive.archive,
}


@dataclass(frozen=True)
class Protection:
    """Who may know: the agency (`anonymous`), the public (`secret`)."""

    anonymous: bool
    secret: bool


@dataclass(frozen=True)
class Outcome:
    """Where the report goes: one of `OUTCOMES`, with what its use case takes besides report, actor and moment."""

    action: Action
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What an admin did while reading; what is None or empty stays as it is.

    `findings` are None where the report was verified before. `wordings` follow each other, each with its reason.
    `duplicate_of` is the number of a report that says the same, `cause` the id of an open one to hang it on. `advised`
    is what was suggested, shown or not.
    """

    findings: Findings | None = None
    wordings: tuple[Wording, ...] = ()
    protection: Protection | None = None
    subject: Subject | None = None
    duplicate_of: str = ""
    cause: int | None = None
    advised: tuple[Advised, ...] = ()


@transaction.atomic(durable=True)
def verify_and_decide(
    *, code: str, reading: Reading, outcome: Outcome, actor: Actor, now: datetime, version: int | None = None
) -> Report:
    """Verify, word, protect, classify, link and pass on a report, as far as the reading says so (S40 to S55).

    Raises what the steps raise (InvalidInput, NotPermitted, DeskNotReceiving, StalePage, NotYourDesk, NotFound); then
    nothing at all was changed.
    """
    report = access.lock_report(actor, code, version)
    by: dict[str, Any] = {"actor": actor, "now": now}
    if reading.findings is not None:
        verify.verify(report, findings=reading.findings, **by)
    for wording in reading.wordings:
        edit.edit(report, wording, **by)
    if reading.protection is not None:
        secrecy.protect(report, anonymous=reading.protection.anonymous, secret=reading.protection.secret, **by)
    if reading.subject is not None:
        classify.classify(report, reading.subject, **by)
    if reading.duplicate_of:
        link.link(report, other=reading.duplicate_of, kind=LinkKind.DUPLICATE, **by)
    if reading.cause is not None:
        cause.join(report, cause=reading.cause, **by)
    done = OUTCOMES[outcome.action](report, **outcome.fields, **by)
    note_choices(done, reading.advised, disposed=outcome.action is Action.DISPOSE, now=now)
    return done
