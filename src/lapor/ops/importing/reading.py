"""From a row of text to a report: what each cell means, what is mended by rule and what is refused. Pure.

The rules are told in docs/howto/import-and-replay.md; a test holds each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from django.utils.translation import gettext as _

from lapor.insights.ringkas_words import Standing, channel_of, classification_of, secrecy_of, standing_of
from lapor.kernel.errors import InvalidInput
from lapor.ops.importing.problems import RowRefusedError
from lapor.ops.importing.rows import Row
from lapor.ops.importing.times import read_clock, read_day, read_moment
from lapor.reports.drafts import LONGEST_TEXT, LONGEST_TITLE, clean_text, clean_title
from lapor.reports.imports import ImportRow
from lapor.sop.vocabulary import Action, Channel, Classification, CloseReason, Status

NATIONAL = "sp4n-lapor"  # the source of a file that does not say: tracking ids are unique in the whole country
OLDEST = datetime(2005, 1, 1, tzinfo=UTC)  # nothing was filed in LAPOR! or its forerunners before
LONGEST_NOTE = 300
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # also half characters; tab and line end stay


@dataclass(frozen=True)
class Names:
    """What a row calls the agencies, the place and the category; the directory finds out which ones they are."""

    institution: str
    agency: str
    province: str
    city: str
    district: str
    village: str
    category: str
    category_id: str


@dataclass(frozen=True)
class Reading:
    """A readable row: the report without its agencies, the names it uses, and what was mended (column, why)."""

    line: int
    report: ImportRow
    names: Names
    repairs: tuple[tuple[str, str], ...] = ()


def read(row: Row, *, now: datetime, source: str = "") -> Reading:
    """Return what the row says. `source` overrules the row's own. Raises RowRefusedError."""
    if row.broken:
        raise RowRefusedError("", row.broken)
    return _Reader(row, now).reading(source or row["source"] or NATIONAL)


def names_of(row: Row) -> Names:
    """Return the names in a row; the institution of the whole file stands in for a missing one."""
    return Names(
        institution=row["parent_agency"] or row["institution"],
        agency=row["agency"],
        province=row["province"],
        city=row["city"],
        district=row["district"],
        village=row["village"],
        category=row["category"],
        category_id=row["category_id"],
    )


class _Reader:
    """Reads the cells of one row and remembers what had to be mended."""

    def __init__(self, row: Row, now: datetime) -> None:
        self.row, self.now = row, now
        self.repairs: list[tuple[str, str]] = []

    def reading(self, source: str) -> Reading:
        """Return the whole row."""
        text = self._text("body", needed=True)
        received, zone = self._received()
        answered = self._answered(received, zone)
        standing = self._standing(answered)
        anonymous, secret = self._secrecy()
        report = ImportRow(
            source=source[:40],
            ref=self._ref(),
            received_at=received,
            answered_at=answered,
            status=standing.status,
            close_reason=standing.close_reason,
            archive_reason=standing.archive_reason,
            ended_by=standing.ended_by,
            ended_at=answered if standing.ended_by is Action.RECORD_SETTLED else None,
            is_blocked=standing.is_blocked,
            title=self._title(text),
            text=text,
            published=self._text("published") or text,
            channel=self._channel(),
            classification=self._classification(),
            source_category=self._without_controls("category")[:120],
            place_note=self._note(),
            anonymous=anonymous,
            secret=secret,
            rating=self._rating(),
        )
        return Reading(self.row.line, report, names_of(self.row), tuple(self.repairs))

    def _ref(self) -> str:
        ref = self._without_controls("ref")
        if not ref:
            raise RowRefusedError("ref", _("the row has no reference of its own, so it could come in twice"))
        if len(ref) > 80:
            raise RowRefusedError("ref", _("the reference is longer than 80 characters"))
        return ref

    def _received(self) -> tuple[datetime, tzinfo]:
        """Return when it came in, from one cell or from date and time (UTC), and the zone it is written in."""
        column = "received_at" if self.row["received_at"] else "date"
        try:
            if column == "received_at":
                moment, zone = read_moment(self.row["received_at"])
            else:
                day, clock = read_day(self.row["date"]), read_clock(self._time_cell())
                moment, zone = datetime.combine(day, clock, clock.tzinfo or UTC).astimezone(UTC), UTC
        except (ValueError, OverflowError):
            raise RowRefusedError(column, _("the date or time of entry cannot be read")) from None
        if not OLDEST <= moment <= self.now:
            raise RowRefusedError(column, _("the report is dated before 2005 or in the future"))
        return moment, zone

    def _time_cell(self) -> str:
        # A spreadsheet cell that holds a moment, not a time of day, carries its date along.
        return self.row["time"].rsplit(" ", 1)[-1]

    def _answered(self, received: datetime, zone: tzinfo) -> datetime | None:
        """Return when it was answered. Without a zone of its own the time is in that of the entry."""
        written = self.row["responded_at"]
        if not written:
            return None
        try:
            moment = read_moment(written, zone)[0]
        except (ValueError, OverflowError):
            raise RowRefusedError("responded_at", _("the time of the answer cannot be read")) from None
        if moment < received:
            raise RowRefusedError("responded_at", _("the answer is dated before the report itself"))
        if moment > self.now:
            raise RowRefusedError("responded_at", _("the answer is dated in the future"))
        return moment

    def _standing(self, answered: datetime | None) -> Standing:
        """Return the standing; a source that records answers but no status is read by whether there is one."""
        written = self.row["status"]
        if written:
            standing = standing_of(written, self.row["archive_reason"])
            if standing is None:
                raise RowRefusedError("status", _("the status is not one that we know"))
            return standing
        if answered:
            return Standing(Status.CLOSED, CloseReason.SETTLED, ended_by=Action.RECORD_SETTLED)
        return Standing(Status.DISPOSED)

    def _text(self, column: str, *, needed: bool = False) -> str:
        text = self._without_controls(column)
        if "\ufffd" in text:
            self._repaired(column, _("bytes that are no text became the replacement character"))
        if not text and not needed:
            return ""
        try:
            return clean_text(text)
        except InvalidInput:
            too_long = _("the text is longer than %(n)d characters") % {"n": LONGEST_TEXT}
            raise RowRefusedError(column, too_long if len(text) > LONGEST_TEXT else _("the text is empty")) from None

    def _title(self, text: str) -> str:
        title = " ".join(self._without_controls("title").split())
        if len(title) > LONGEST_TITLE:
            self._repaired("title", _("cut at %(n)d characters") % {"n": LONGEST_TITLE})
            title = title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
        return clean_title(title, text) or self._ref()

    def _note(self) -> str:
        """Return the address in words, for the officers only."""
        address = " ".join(self._without_controls("address").split())
        if len(address) > LONGEST_NOTE:
            self._repaired("address", _("cut at %(n)d characters") % {"n": LONGEST_NOTE})
        return address[:LONGEST_NOTE]

    def _channel(self) -> Channel:
        written = self.row["channel"]
        if channel := channel_of(written):
            return channel
        if written:
            self._repaired("channel", _('not a channel that we know, read as "another channel"'))
        return Channel.OTHER

    def _classification(self) -> Classification | None:
        written = self.row["classification"]
        if not written or (kind := classification_of(written)):
            return kind if written else None
        self._repaired("classification", _("not a classification that we know, left empty"))
        return None

    def _secrecy(self) -> tuple[bool, bool]:
        written = self.row["secrecy"] or self.row["anonymous"]
        found = secrecy_of(written)
        if found is not None:
            return found
        # Whoever wrote something here wanted protection: protect both ways rather than guess.
        self._repaired("secrecy", _("not understood, so kept anonymous and secret"))
        return True, True

    def _rating(self) -> int | None:
        written = self.row["rating"]
        if written in {"1", "2", "3", "4", "5"}:
            return int(written)
        if written:
            self._repaired("rating", _("not a number from 1 to 5, left empty"))
        return None

    def _without_controls(self, column: str) -> str:
        """Return the cell without NUL bytes, other control characters and lone surrogates; line ends stay."""
        written = self.row[column].replace("\r\n", "\n").replace("\r", "\n")
        kept = _CONTROLS.sub("", written)
        if kept != written:
            self._repaired(column, _("control characters were removed"))
        return kept.strip()

    def _repaired(self, column: str, why: str) -> None:
        self.repairs.append((column, why))
