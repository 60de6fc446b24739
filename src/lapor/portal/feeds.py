"""Atom feeds of public reports: all of them, or one institution's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from lapor.agencies.queries.tree import AgencyInfo
from lapor.portal.tenant import institution_here
from lapor.reports.queries.public import PublicRow, recent_public

NEWEST = 30


class PublicFeed(Feed):  # type: ignore[type-arg]  # generic for the type checker only
    """The newest public reports; a hidden one is not among them at the next reading."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, code: str = "") -> AgencyInfo | None:
        """Return the institution of the path or the host name, None at the common address."""
        return institution_here(request, code)

    def title(self, at: AgencyInfo | None) -> str:
        """Name the feed."""
        return _("Public reports: %(name)s") % {"name": at.name} if at else _("Public reports")

    def link(self, at: AgencyInfo | None) -> str:
        """Return the page that the feed belongs to."""
        return reverse("portal:score_card", args=[at.code]) if at else reverse("portal:public")

    def items(self, at: AgencyInfo | None) -> Iterable[PublicRow]:
        """Return the newest reports. One query."""
        return recent_public(NEWEST, agency=at.code if at else "")

    def item_title(self, item: PublicRow) -> str:
        """Return the title."""
        return _plain(item.title)

    def item_description(self, item: PublicRow) -> str:
        """Return the beginning of the text. Atom carries it as HTML, and a citizen's words are none."""
        return escape(_plain(item.excerpt))

    def item_link(self, item: PublicRow) -> str:
        """Return the report's page."""
        return reverse("portal:public_report", args=[item.number])

    def item_pubdate(self, item: PublicRow) -> datetime:
        """Return the day on which it came in, as its first moment: the hour could tell who reported."""
        return item.received_on.astimezone(ZoneInfo(item.zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def _plain(text: str) -> str:
    """Leave out control characters, which XML refuses."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 0x20)
