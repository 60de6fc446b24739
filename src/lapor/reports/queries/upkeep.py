"""Reports that the system could not carry on by itself: a person must look."""

from __future__ import annotations

from dataclasses import dataclass

from lapor.reports.models import Report
from lapor.sop.vocabulary import Status

PAGE = 40


@dataclass(frozen=True)
class SetAside:
    """One report set aside, and what went wrong."""

    number: str
    title: str
    status: Status
    why: str


@dataclass(frozen=True)
class SetAsides:
    """One page, newest first; `older` is the cursor of the next, None at the end."""

    rows: list[SetAside]
    older: int | None


def set_aside(*, after: int | None = None) -> SetAsides:
    """Return the reports set aside; for the national desk only, which sees every report."""
    rows = Report.objects.exclude(set_aside_why="").order_by("-pk")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    listed = [SetAside(one.number, one.title, Status(one.status), one.set_aside_why) for one in found[:PAGE]]
    return SetAsides(listed, found[PAGE - 1].pk if len(found) > PAGE else None)
