"""All that we hold of one reporter's reports, in full, for the reporter alone (UU 27/2022)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from lapor.identity.contacts import EMAIL
from lapor.identity.models import Consent, Device, Unmasking
from lapor.identity.queries.accounts import proved_addresses
from lapor.identity.vault import address_index
from lapor.reports.models import Comment, Evidence, Follow, OutgoingMessage, Report, ReportText, Response
from lapor.reports.people import owned_by
from lapor.reports.queries.track import REPORTER_HEARS
from lapor.sop.vocabulary import Told

BATCH = 200


def followed_by(account_id: int) -> list[dict[str, Any]]:
    """Return the public reports whose news this account's proved addresses asked for, as plain data. Two queries."""
    follows = Follow.objects.filter(index__in=indexes_of(account_id)).select_related("report").order_by("pk")
    return [{"number": one.report.number, "since": one.at} for one in follows]


def comments_by(account_id: int) -> list[dict[str, Any]]:
    """Return the comments that this account wrote under public reports, as plain data, oldest first. One query."""
    own = Comment.objects.filter(owner=owned_by(account_id)).select_related("report").order_by("pk")
    return [
        {"number": one.report.number, "at": one.at, "name": one.name, "text": one.text, "state": one.state}
        for one in own
    ]


def indexes_of(account_id: int) -> list[bytes]:
    """Return the keyed hashes by which the e-mail addresses of an account are found among followers. One query."""
    return [address_index(EMAIL, one.address) for one in proved_addresses(account_id) if one.kind == EMAIL]


def reports_in_full(ref: UUID) -> Iterator[dict[str, Any]]:
    """Yield each report of this reporter as plain data, oldest first; eight queries for every 200 reports."""
    ids = list(Report.objects.filter(reporter_ref=ref).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield from _batch(ref, ids[start : start + BATCH])


def _batch(ref: UUID, ids: list[int]) -> Iterator[dict[str, Any]]:
    reports = Report.objects.filter(pk__in=ids).select_related("agency", "unit", "category", "place").order_by("pk")
    texts = {text.report_id: text for text in ReportText.objects.filter(report__in=ids)}
    said = _grouped(Response.objects.filter(report__in=ids, audience__in=[str(one) for one in REPORTER_HEARS]))
    files = _grouped(Evidence.objects.filter(report__in=ids))
    told = _grouped(OutgoingMessage.objects.filter(report__in=ids, told=str(Told.REPORTER)))
    answers = list(Consent.objects.filter(reporter__ref=ref))
    codes = [report.code for report in reports]
    devices = list(Device.objects.filter(report_code__in=codes).values_list("report_code", "created_at"))
    looks = list(Unmasking.objects.filter(reporter__ref=ref))
    for report in reports:
        text = texts.get(report.pk)
        yield {
            "code": report.code,
            "number": report.number,
            "status": report.status,
            "received_at": report.received_at,
            "channel": report.channel,
            "title": text.original_title if text else report.title,
            "text": text.original if text else "",
            "published_text": text.published if text else "",
            "classification": report.classification,
            "category": report.category.name_id if report.category else "",
            "institution": report.agency.name if report.agency else "",
            "unit": report.unit.name if report.unit else "",
            "place": report.place.name if report.place else "",
            "place_note": report.place_note,
            "happened_on": report.happened_on,
            "anonymous": report.is_anonymous,
            "secret": report.is_secret,
            "rating": report.rating,
            "messages": [{"by": one.role, "at": one.at, "text": one.text} for one in said.get(report.pk, [])],
            "files": [{"name": one.name, "kind": one.media_type, "at": one.at} for one in files.get(report.pk, [])],
            "news_sent": [
                {"about": one.action, "at": one.created_at, "state": one.state} for one in told.get(report.pk, [])
            ],
            "devices_that_take_news": [{"since": since} for code, since in devices if code == report.code],
            "consents": [
                {"purpose": one.purpose, "given": one.given, "at": one.at}
                for one in answers
                if one.report_code == report.code
            ],
            "who_looked_at_your_identity": [
                {"office": one.desk_name, "role": one.role, "reason": one.reason, "at": one.at}
                for one in looks
                if one.report_code == report.code
            ],
        }


def _grouped(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.report_id, []).append(row)
    return found
