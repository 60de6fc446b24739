"""Samples for quality review, and the reports in them (S56)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from lapor.agencies.queries.roles import appointment_infos
from lapor.insights.rubric import Marks, mean_mark, score
from lapor.kernel.actor import Actor
from lapor.kernel.errors import NothingHere
from lapor.reports.access import visible_to
from lapor.reports.models import QualityMark, QualitySample, Report, Response
from lapor.sop.vocabulary import ResponseKind, Status

PAGE = 24


@dataclass(frozen=True)
class SampleInfo:
    """One draw: how many are in it, how many were judged, and their average mark (0 to 1)."""

    id: int
    first: date
    seed: str
    size: int
    judged: int
    at: datetime


@dataclass(frozen=True)
class Drawn:
    """One report of a sample; `score` is 0 to 1, None until it was judged."""

    place: int
    number: str
    title: str
    status: Status
    unit_name: str
    marks: Marks
    note: str
    score: float | None


@dataclass(frozen=True)
class Answer:
    """One follow-up: the words, when it was done and by whom."""

    text: str
    done_on: date | None
    done_by: str


@dataclass(frozen=True)
class Judged(Drawn):
    """One report to be judged, with what its reporter wrote and the answers they got.

    `judged_at` is when it was judged last, as ISO text, "" for never; `judged_by` by whom.
    """

    original: str
    answers: tuple[Answer, ...]
    judged_at: str
    judged_by: str


@dataclass(frozen=True)
class Sample:
    """A sample with its reports in the order of the draw."""

    info: SampleInfo
    drawn: list[Drawn]
    mean: float | None


def samples(actor: Actor) -> list[SampleInfo]:
    """Return the newest samples of the actor's institution. One query."""
    return [_info(one) for one in _samples(actor).order_by("-pk")[:PAGE]]


def sample(actor: Actor, wanted: int) -> Sample:
    """Return one sample of the actor's institution. Raises NotFound. Two queries."""
    found = _samples(actor).filter(pk=wanted).first()
    if found is None:
        raise NothingHere
    marks = list(_marks(actor, wanted).order_by("place"))
    return Sample(_info(found), [_drawn(one) for one in marks], mean_mark(one.marks for one in marks if one.at))


def to_judge(actor: Actor, wanted: int, place: int) -> Judged:
    """Return one report of a sample with its words and answers. Raises NotFound. Three queries."""
    mark = _marks(actor, wanted).select_related("report__text").filter(place=place).first()
    if mark is None:
        raise NothingHere
    answers = Response.objects.filter(report=mark.report_id, kind=str(ResponseKind.FOLLOW_UP)).order_by("pk")
    judge = appointment_infos([mark.appointment]).get(mark.appointment) if mark.appointment else None
    return Judged(
        **_drawn(mark).__dict__,
        original=mark.report.text.original,
        answers=tuple(Answer(*row) for row in answers.values_list("text", "done_on", "done_by")),
        judged_at=mark.at.isoformat() if mark.at else "",
        judged_by=judge.name if judge else "",
    )


def _samples(actor: Actor) -> QuerySet[QualitySample]:
    own = QualitySample.objects.filter(agency__in=[actor.desk])
    return own.annotate(judged=Count("marks", filter=Q(marks__at__isnull=False)))


def _marks(actor: Actor, wanted: int) -> QuerySet[QualityMark]:
    readable: QuerySet[Report] = visible_to(actor)
    own = QualityMark.objects.filter(sample=wanted, sample__agency__in=[actor.desk], report__in=readable)
    return own.select_related("report", "unit")


def _info(found: QualitySample) -> SampleInfo:
    judged: int = getattr(found, "judged", 0)
    return SampleInfo(found.pk, found.first, found.seed, found.size, judged, found.at)


def _drawn(mark: QualityMark) -> Drawn:
    return Drawn(
        place=mark.place,
        number=mark.report.number,
        title=mark.report.title,
        status=Status(mark.report.status),
        unit_name=mark.unit.name if mark.unit else "",
        marks=mark.marks,
        note=mark.note,
        score=score(mark.marks) if mark.at else None,
    )
