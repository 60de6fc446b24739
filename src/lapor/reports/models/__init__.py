"""What happened: the report and everything that hangs on it. Written only by the use cases."""

from lapor.reports.models.answer_print import AnswerPrint
from lapor.reports.models.arrival import Arrival
from lapor.reports.models.breach import Breach
from lapor.reports.models.cause import Cause, CauseReport
from lapor.reports.models.count import Count, CountDelta, NumberSeries
from lapor.reports.models.deadline import Deadline
from lapor.reports.models.disposition import Disposition
from lapor.reports.models.door import CodePin, DoorTry
from lapor.reports.models.evidence import Evidence
from lapor.reports.models.filing import Filing
from lapor.reports.models.link import Link
from lapor.reports.models.listing import Listing, ListingCount, ListingDelta
from lapor.reports.models.message import OutgoingMessage
from lapor.reports.models.month import MonthDue, MonthMark, MonthSheet
from lapor.reports.models.quality import QualityMark, QualitySample
from lapor.reports.models.report import IdempotencyKey, Report
from lapor.reports.models.response import Response
from lapor.reports.models.seat import DecreeLetter, HandOver, HandOverItem, HandOverLetter
from lapor.reports.models.sheet import Sheet, SheetRow
from lapor.reports.models.subscription import MonthlyLetter, MonthlySubscription
from lapor.reports.models.suggestion import Suggestion, SuggestionCount, SuggestionSwitch
from lapor.reports.models.text import ReportText, TextEdit
from lapor.reports.models.trace import Trace
from lapor.reports.models.upkeep import Upkeep
from lapor.reports.models.verification import Verification
from lapor.reports.models.voices import Comment, Follow, FollowLetter, Support
from lapor.reports.models.words import DeskWords
from lapor.reports.models.workbench import AnswerDraft, BulkItem, BulkRun, Claim, FirstView, HeadDigest, SavedView

__all__ = [
    "AnswerDraft",
    "AnswerPrint",
    "Arrival",
    "Breach",
    "BulkItem",
    "BulkRun",
    "Cause",
    "CauseReport",
    "Claim",
    "CodePin",
    "Comment",
    "Count",
    "CountDelta",
    "Deadline",
    "DecreeLetter",
    "DeskWords",
    "Disposition",
    "DoorTry",
    "Evidence",
    "Filing",
    "FirstView",
    "Follow",
    "FollowLetter",
    "HandOver",
    "HandOverItem",
    "HandOverLetter",
    "HeadDigest",
    "IdempotencyKey",
    "Link",
    "Listing",
    "ListingCount",
    "ListingDelta",
    "MonthDue",
    "MonthMark",
    "MonthSheet",
    "MonthlyLetter",
    "MonthlySubscription",
    "NumberSeries",
    "OutgoingMessage",
    "QualityMark",
    "QualitySample",
    "Report",
    "ReportText",
    "Response",
    "SavedView",
    "Sheet",
    "SheetRow",
    "Suggestion",
    "SuggestionCount",
    "SuggestionSwitch",
    "Support",
    "TextEdit",
    "Trace",
    "Upkeep",
    "Verification",
]
