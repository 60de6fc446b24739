"""What happened: the report and everything that hangs on it. Written only by the use cases."""

from lapor.reports.models.breach import Breach
from lapor.reports.models.count import Count, CountDelta, NumberSeries
from lapor.reports.models.deadline import Deadline
from lapor.reports.models.disposition import Disposition
from lapor.reports.models.door import CodePin, DoorTry
from lapor.reports.models.evidence import Evidence
from lapor.reports.models.link import Link
from lapor.reports.models.message import OutgoingMessage
from lapor.reports.models.report import IdempotencyKey, Report
from lapor.reports.models.response import Response
from lapor.reports.models.text import ReportText, TextEdit
from lapor.reports.models.verification import Verification

__all__ = [
    "Breach",
    "CodePin",
    "Count",
    "CountDelta",
    "Deadline",
    "Disposition",
    "DoorTry",
    "Evidence",
    "IdempotencyKey",
    "Link",
    "NumberSeries",
    "OutgoingMessage",
    "Report",
    "ReportText",
    "Response",
    "TextEdit",
    "Verification",
]
