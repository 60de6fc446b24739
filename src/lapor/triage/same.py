"""Reports that may be about the same thing as one being read: which, why, and what they seem to be to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.language.traces import trace_of
from lapor.reports.models import Report
from lapor.reports.queries.alike import Alike, Candidates, Commonness, candidates, repeated_by
from lapor.triage.duplicates import PHRASES, Likeness, Rarity, Reason, Said, compare

MOST = 4
WORTH_A_LOOK = 0.1  # the score below which nothing is offered
NEARLY_THE_SAME = 85  # hundredths of the words, one after another, from which a text is another's copy
SENDERS = 3  # of one text, from which it is a campaign

SAME_EVENT, SENT_AGAIN, CAMPAIGN = "same_event", "sent_again", "campaign"


@dataclass(frozen=True)
class Same:
    """A report that may be about the same thing, how alike they are and why, and what they seem to be to each other.

    `kind` is SAME_EVENT (link it), SENT_AGAIN (by the same reporter: link it) or CAMPAIGN (one text of many senders:
    join them to a cause). `senders` tells how many sent the text, where it is a campaign.
    """

    one: Alike
    score: float
    reasons: tuple[Reason, ...]
    kind: str = SAME_EVENT
    senders: int = 0

    @property
    def number(self) -> str:
        """The other report's number."""
        return self.one.number


def same_as(actor: Actor, report: Report, text: str, most: int = MOST) -> tuple[Same, ...]:
    """Return at most `most` reports that this officer may read and that may say the same, the likeliest first.

    Four queries through the index of traces, whatever the size of the table.
    """
    found = candidates(actor, report, text)
    mine = Said(text, _day(report.received_at), report.place.code if report.place else "")
    scored = [(compare(mine, _said(one), rarity_of(found)), one) for one in found.rows]
    best = sorted(scored, key=lambda pair: (-pair[0].score, -pair[1].id))[:most]
    worth = [(likeness, one) for likeness, one in best if likeness.score >= WORTH_A_LOOK]
    return _told_apart(report, text, worth)


def rarity_of(found: Candidates) -> Rarity:
    """Return how rare words are where the candidates come from."""
    return Rarity(_Seen(found.common), found.common.reports)


def _told_apart(report: Report, text: str, found: list[tuple[Likeness, Alike]]) -> tuple[Same, ...]:
    """Say of each what it seems to be. Of copies it is asked who sent them; nothing is asked where there is none."""
    copies = {one.id for likeness, one in found if _is_copy(likeness)}
    again, senders = repeated_by(report, text, copies) if copies else (frozenset(), 0)
    return tuple(_same(likeness, one, one.id in copies, again, senders) for likeness, one in found)


def _same(likeness: Likeness, one: Alike, is_copy: bool, again: frozenset[int], senders: int) -> Same:
    if one.id in again:
        return Same(one, likeness.score, likeness.reasons, SENT_AGAIN)
    if is_copy and senders >= SENDERS:
        return Same(one, likeness.score, likeness.reasons, CAMPAIGN, senders)
    return Same(one, likeness.score, likeness.reasons)


def _is_copy(likeness: Likeness) -> bool:
    return any(reason.kind == PHRASES and int(reason.what) >= NEARLY_THE_SAME for reason in likeness.reasons)


class _Seen(Mapping[str, int]):
    """How many of an institution's newest reports have a stem, asked by the stem."""

    def __init__(self, common: Commonness) -> None:
        self._common, self._known = common, dict[str, int]()

    def __getitem__(self, stemmed: str) -> int:
        if stemmed not in self._known:
            self._known[stemmed] = self._common.of(trace_of(stemmed))
        return self._known[stemmed]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _said(one: Alike) -> Said:
    return Said(f"{one.title}\n{one.excerpt}", _day(one.received_at), one.place_code)


def _day(moment: datetime) -> float:
    return moment.timestamp() / 86_400
