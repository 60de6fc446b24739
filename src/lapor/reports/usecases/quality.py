"""Draw a sample of answered reports and judge it by the rubric (S56). Nothing of a report is changed by it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.models import Agency
from lapor.kernel.actor import Actor, officer
from lapor.kernel.errors import NothingHere, Refusal
from lapor.reports.drafts import clean_text
from lapor.reports.models import QualityMark, QualitySample, Report
from lapor.reports.refusals import NotYourDesk
from lapor.sop.vocabulary import Role, Status

MOST = 100
LONGEST_SEED = 40


class NothingToDraw(Refusal):
    """No answered report came in that month."""

    status = 409
    sentence = _("No report that came in during this month has been answered yet.")


class DrawnBefore(Refusal):
    """The same month and seed would draw the same reports again."""

    status = 409
    field = "seed"
    sentence = _("This seed was drawn for this month already. Choose another one, or open that sample.")


class JudgedMeanwhile(Refusal):
    """Two officers judged one answer; the second has not seen what the first found."""

    status = 409
    sentence = _("A colleague judged this answer while you had it open. Open it again to see their marks first.")


@transaction.atomic(durable=True)
def draw_sample(*, first: date, size: int, seed: str, actor: Actor, now: datetime) -> QualitySample:
    """Draw `size` reports among those an institution received in a month and answered or ended.

    Secret ones too: the desk that judges has them anyway. Raises NothingToDraw, DrawnBefore, NotYourDesk.
    """
    if actor.role is not Role.AGENCY_ADMIN or actor.desk is None:
        raise NotYourDesk
    seed = clean_text(seed, field="seed", longest=LONGEST_SEED, shortest=1)
    institution = Agency.objects.select_related("calendar").get(pk=actor.desk)
    if QualitySample.objects.filter(agency=institution, first=first, seed=seed).exists():
        raise DrawnBefore
    drawn = drawn_by(seed, answered(institution, first))[: min(size, MOST)]
    if not drawn:
        raise NothingToDraw
    sample = QualitySample.objects.create(
        agency=institution, first=first, seed=seed, size=len(drawn), appointment=officer(actor), at=now
    )
    QualityMark.objects.bulk_create(
        QualityMark(sample=sample, place=place, report_id=report, unit_id=unit)
        for place, (_number, report, unit) in enumerate(drawn, start=1)
    )
    return sample


def answered(institution: Agency, first: date) -> list[tuple[str, int, int | None]]:
    """Return number, id and unit of each answered report of the month; an archived one answered nobody."""
    zone = ZoneInfo(institution.calendar.zone)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    since, until = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, after))
    reports = Report.objects.filter(
        agency=institution, received_at__gte=since, received_at__lt=until, followed_up_at__isnull=False
    )
    return list(reports.exclude(status=str(Status.ARCHIVED)).values_list("number", "pk", "unit_id"))


def drawn_by(seed: str, reports: list[tuple[str, int, int | None]]) -> list[tuple[str, int, int | None]]:
    """Return reports in the order of chance: by the SHA-256 of seed and number, so that anybody can draw them again."""
    return sorted(reports, key=lambda one: sha256(f"{seed} {one[0]}".encode()).digest())


@transaction.atomic(durable=True)
def judge(
    *,
    sample: int,
    place: int,
    marks: Mapping[str, int],
    note: str,
    criteria: frozenset[str],
    seen: str,
    actor: Actor,
    now: datetime,
) -> QualityMark:
    """Keep the marks of one report of a sample; judging again replaces them. Raises NotFound for another's sample.

    `criteria` are the codes of the rubric; marks must name each, with 0, 1 or 2. `seen` is when it was judged last, as
    ISO text, "" for never, as the officer saw it: raises JudgedMeanwhile where a colleague was quicker.
    """
    found = QualityMark.objects.select_for_update(of=("self",)).filter(
        sample=sample, place=place, sample__agency=actor.desk
    )
    mark = found.first() if actor.role is Role.AGENCY_ADMIN and actor.desk is not None else None
    if mark is None:
        raise NothingHere
    if marks.keys() != criteria or not all(n in (0, 1, 2) for n in marks.values()):
        raise Refusal(_("Judge every question."))
    if (mark.at.isoformat() if mark.at else "") != seen:
        raise JudgedMeanwhile
    mark.marks, mark.note = dict(marks), clean_text(note, field="note", longest=2000, shortest=0)
    mark.appointment, mark.at = officer(actor), now
    mark.save(update_fields=["marks", "note", "appointment", "at"])
    return mark
