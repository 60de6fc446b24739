"""Who exists: the tree of agencies and their desks, officers by decree, calendars, categories and routing."""

from lapor.agencies.models.agency import Agency, Keyword
from lapor.agencies.models.calendar import Calendar, CalendarDay
from lapor.agencies.models.category import Category, RoutingRule, Tag
from lapor.agencies.models.hours import OfficeHours
from lapor.agencies.models.look import Look
from lapor.agencies.models.officer import Absence, Appointment, Decree, DecreeFile
from lapor.agencies.models.place import Place
from lapor.agencies.models.sop import ProfileVersion
from lapor.agencies.models.support import SupportVisit
from lapor.agencies.models.template import Template

__all__ = [
    "Absence",
    "Agency",
    "Appointment",
    "Calendar",
    "CalendarDay",
    "Category",
    "Decree",
    "DecreeFile",
    "Keyword",
    "Look",
    "OfficeHours",
    "Place",
    "ProfileVersion",
    "RoutingRule",
    "SupportVisit",
    "Tag",
    "Template",
]
