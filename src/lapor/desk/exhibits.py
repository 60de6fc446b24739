"""The evidence of a case side by side: what it was like before, what it is like now, and who may see each file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from lapor.reports.queries.case import Case
from lapor.reports.queries.timeline import FileView
from lapor.sop.vocabulary import Audience, ResponseKind, Role, Word

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Exhibit:
    """One file with its address; `source` tells whose it is; `may_show` whether this desk may let the public see it."""

    token: str
    url: str
    name: str
    media_type: str
    is_public: bool
    source: Word
    may_show: bool


@dataclass(frozen=True)
class Exhibits:
    """The files of a case in three piles; `is_pair` when there is something on both sides to compare."""

    before: list[Exhibit]
    after: list[Exhibit]
    others: list[Exhibit]

    @property
    def is_pair(self) -> bool:
        """Tell whether before and after can be laid side by side."""
        return bool(self.before and self.after)

    @property
    def all(self) -> list[Exhibit]:
        """Return every file, the report's own first."""
        return [*self.before, *self.after, *self.others]


def exhibits(case: Case, role: Role) -> Exhibits:
    """Sort the files: the reporter's pictures and those marked so are before, the follow-up's after."""
    piles: dict[str, list[Exhibit]] = {BEFORE: [], AFTER: [], "": []}
    for file in case.files:
        own = _exhibit(case, file, Role.REPORTER, by_reporter=True, role=role)
        piles[BEFORE if file.is_image else ""].append(own)
    for stage, exhibit in _said(case, role):
        piles[stage].append(exhibit)
    return Exhibits(piles[BEFORE], piles[AFTER], piles[""])


def _said(case: Case, role: Role) -> Iterator[tuple[str, Exhibit]]:
    for moment in case.moments:
        inner = moment.audience is Audience.OFFICERS
        for file in moment.files:
            by_reporter = moment.role is Role.REPORTER
            found = _exhibit(case, file, moment.role, by_reporter=by_reporter, role=role, inner=inner)
            tells = moment.kind is ResponseKind.FOLLOW_UP and file.is_image
            yield file.stage or (AFTER if tells else ""), found


def _exhibit(
    case: Case, file: FileView, source: Word, *, by_reporter: bool, role: Role, inner: bool = False
) -> Exhibit:
    """Repeat what `mark_file` would refuse, so that no button promises it."""
    hidden = case.report.is_secret or inner or (by_reporter and role is Role.LIAISON)
    url = reverse("desk:evidence", args=[case.report.number, file.token])
    return Exhibit(file.token, url, file.name, file.media_type, file.is_public and not inner, source, not hidden)
