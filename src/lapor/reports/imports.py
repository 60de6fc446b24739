"""A report as another system recorded it, ready to be taken over (S26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lapor.sop.vocabulary import Action, ArchiveReason, Channel, Classification, CloseReason, Status


@dataclass(frozen=True)
class ImportRow:
    """One report of an export. `source` and `ref` together say which; times are UTC; agencies and place are codes.

    `ended_by` is the step that ended it there and `ended_at` when, where the export says so; `answered_at` is the
    moment of the substantive answer. Who reported is not taken over.
    """

    source: str
    ref: str
    received_at: datetime
    status: Status
    text: str
    title: str
    published: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: Action | None = None
    close_reason: CloseReason | None = None
    archive_reason: ArchiveReason | None = None
    is_blocked: bool = False
    channel: Channel = Channel.OTHER
    classification: Classification | None = None
    category: str = ""
    source_category: str = ""
    institution: str = ""
    unit: str = ""
    place: str = ""
    place_note: str = ""
    anonymous: bool = False
    secret: bool = False
    rating: int | None = None
