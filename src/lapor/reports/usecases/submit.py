"""Submit a report by any channel, without an account (S6, S7, S37)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency, Category, Place
from lapor.agencies.queries import calendars
from lapor.identity.usecases.reporters import find_or_make_reporter
from lapor.kernel.actor import Actor
from lapor.kernel.codes import new_code, show_number
from lapor.reports import desks, profiles
from lapor.reports.drafts import SHORTEST_TEXT, Draft, Receipt, clean_text, clean_title
from lapor.reports.models import Filing, IdempotencyKey, Report, ReportText
from lapor.reports.queries.receipt import receipt_of
from lapor.reports.refusals import DeskNotReceiving, InvalidInput, SameKeyOtherBody
from lapor.reports.usecases import _birth
from lapor.reports.usecases._advance import Turn, complete_entry, enter
from lapor.reports.usecases._say import attach
from lapor.sop.vocabulary import Action, Channel, Classification, Clock, Holder


@dataclass(frozen=True)
class Looked:
    """An officer who made a report of a message that waited for a person since `since`; the hour is S75's."""

    since: datetime
    by: Actor


def submit_report(
    draft: Draft,
    *,
    actor: Actor,
    now: datetime,
    key: str,
    sent_at: datetime | None = None,
    looked: Looked | None = None,
) -> Receipt:
    """Keep the report and return its receipt; said only after COMMIT returned.

    `key` was made by the client before its first try: the same key with the same content returns the first receipt,
    with other content raises SameKeyOtherBody. `sent_at` is when the channel says it was sent; more than the intake
    limit ago is a breach at birth (S37), and so is a message that waited too long for the officer of `looked`. Raises
    InvalidInput, DeskNotReceiving.
    """
    kept, repeated = _keep(checked(draft), actor, now, key, sent_at, looked, first_try=False)
    return receipt_of(kept, repeated=repeated)


def file_report(
    draft: Draft, *, actor: Actor, now: datetime, key: str, sent_at: datetime | None = None, first_try: bool = False
) -> Report:
    """Keep the report of a message, which needs no receipt yet; as `submit_report`.

    `first_try`: nobody can have filed under this key before, so it is not asked for.
    """
    return _keep(checked(draft), actor, now, key, sent_at, None, first_try=first_try)[0]


def _keep(
    draft: Draft,
    actor: Actor,
    now: datetime,
    key: str,
    sent_at: datetime | None,
    looked: Looked | None,
    *,
    first_try: bool,
) -> tuple[Report, bool]:
    """Return the report of a checked draft, and whether the key had it already."""
    if not first_try and (kept := _report_of(key, draft)):
        return kept, True
    try:
        with transaction.atomic(durable=True):
            return _file(draft, actor, now, key, sent_at, looked), False
    except IntegrityError:
        if kept := _report_of(key, draft):  # another try with this key was quicker
            return kept, True
        raise


def _file(
    draft: Draft, actor: Actor, now: datetime, key: str, sent_at: datetime | None, looked: Looked | None
) -> Report:
    report = new_report(draft, actor=actor, now=now)
    turn = enter(report, Action.SUBMIT, actor=actor, now=now)
    write_texts(report, draft)
    attach(turn, draft.files, None)
    if sent_at is not None:
        _birth.late_at_birth(turn, Clock.INTAKE, since=sent_at)
    if looked is not None:
        _birth.late_at_birth(turn, Clock.SOCIAL_ENTRY, since=looked.since, by=looked.by)
    complete_entry(turn)
    keep_key(report, draft, key, now)
    number(turn)
    return report


def checked(draft: Draft) -> Draft:
    """Return the draft with clean text and title; raises InvalidInput for the first thing that cannot stand."""
    text = clean_text(draft.text, shortest=SHORTEST_TEXT)
    if draft.classification and draft.classification not in set(Classification):
        raise InvalidInput(_("Choose one of the kinds offered."), field="classification")
    if draft.channel not in set(Channel):
        raise InvalidInput(_("Choose one of the channels offered."), field="channel")
    note = clean_text(draft.place_note, field="place_note", longest=300, shortest=0)
    name = clean_text(draft.name, field="name", longest=100, shortest=0)
    return replace(draft, text=text, title=clean_title(draft.title, text), place_note=note, name=name)


def new_report(draft: Draft, *, actor: Actor, now: datetime) -> Report:
    """Return a report, not yet saved, with its reporter, institution and the profile version it keeps for life."""
    agency = institution(draft.agency)
    desk = agency or desks.national()
    profile = profiles.in_force(desk, calendars.today(desk.calendar, now))
    return Report(
        code=new_code(),
        reporter_ref=reporter_of(draft, actor, now),
        agency=agency,
        holder=str(Holder.AGENCY if agency else Holder.NATIONAL),
        desk=desk,
        channel=draft.channel,
        title=draft.title,
        classification=draft.classification,
        category=category(draft.category),
        place=place(draft.place),
        place_note=draft.place_note,
        happened_on=draft.happened_on,
        is_anonymous=draft.anonymous,
        is_secret=draft.secret or draft.classification == Classification.OVERSIGHT,
        profile=profile.code,
        profile_version=profile.version,
        received_at=now,
    )


def reporter_of(draft: Draft, actor: Actor, now: datetime) -> UUID | None:
    """Return the reference of the reporter: the one signed in, or a shadow account of the address given (C24)."""
    if actor.reporter is not None:
        return actor.reporter
    return find_or_make_reporter(contact=draft.contact, name=draft.name, channel=draft.channel, now=now).ref


def institution(code: str) -> Agency | None:
    """Return the institution with this code, None for "I do not know"; raises DeskNotReceiving."""
    if not code:
        return None
    agency = Agency.objects.select_related("calendar").filter(code=code, kind=Agency.Kind.INSTITUTION).first()
    if agency is None or not agency.is_receiving:
        raise DeskNotReceiving(field="agency")
    return agency


def write_texts(report: Report, draft: Draft) -> None:
    """Keep the citizen's own words beside the report; what is published begins as the same text."""
    ReportText.objects.create(report=report, original_title=draft.title, original=draft.text, published=draft.text)
    if draft.position or draft.for_other or draft.consent:
        at = {"latitude": draft.position.latitude, "longitude": draft.position.longitude} if draft.position else {}
        Filing.objects.create(report=report, for_other=draft.for_other, consent=draft.consent, **at)


def keep_key(report: Report, draft: Draft, key: str, now: datetime) -> None:
    """Keep the client's key in the same transaction; a second one waits here for the first and then fails."""
    IdempotencyKey.objects.create(key=key, fingerprint=fingerprint(draft), report=report, at=now)


def repeat_of(key: str, draft: Draft) -> Receipt | None:
    """Return the receipt that this key already earned, None if there is none yet; raises SameKeyOtherBody."""
    kept = _report_of(key, draft)
    return receipt_of(kept, repeated=True) if kept else None


def _report_of(key: str, draft: Draft) -> Report | None:
    kept = IdempotencyKey.objects.select_related("report__agency").filter(key=key).first()
    if kept is None:
        return None
    if bytes(kept.fingerprint) != fingerprint(draft):
        raise SameKeyOtherBody
    return kept.report


def fingerprint(draft: Draft) -> bytes:
    """Return the SHA-256 of everything the draft says; facts it may have since `_ADDED` count only where it has them.

    Keys that were kept before a fact was added still know their draft.
    """
    said = {name: value for name, value in asdict(draft).items() if value or name not in _ADDED}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).digest()


_ADDED = {"position", "for_other", "consent"}


def number(turn: Turn) -> None:
    """Give the report the next human number of its institution and local year, for letters.

    Last in the transaction, because the series' row stays locked until COMMIT.
    """
    report = turn.report
    desk = profiles.coordinator_of(report)
    series = desk.prefix or "NAS", calendars.today(desk.calendar, turn.now).year
    report.number = show_number(*series, _next(*series))
    Report.objects.filter(pk=report.pk).update(number=report.number)


def _next(prefix: str, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reports_numberseries (prefix, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (prefix, year) DO UPDATE SET last = reports_numberseries.last + 1 RETURNING last",
            [prefix, year],
        )
        return int(cursor.fetchone()[0])


def category(code: str, kept: Category | None = None) -> Category | None:
    """Return the category with this code, None for an empty one; raises InvalidInput.

    A merged one leads to where it was merged: a form may be older than the merge. What the report has already (`kept`)
    stays, even when it is no longer chosen.
    """
    if not code:
        return None
    if kept is not None and kept.code == code:
        return kept
    found = Category.objects.select_related("merged_into").filter(code=code).first()
    found = found.merged_into or found if found else None
    if found is None or not found.is_active:
        raise InvalidInput(_("Choose one of the categories offered."), field="category")
    return found


def place(code: str) -> Place | None:
    """Return the place with this official code, None for an empty one; raises InvalidInput."""
    if not code:
        return None
    found = Place.objects.filter(code=code).first()
    if found is None:
        raise InvalidInput(_("Choose one of the places offered."), field="place")
    return found
