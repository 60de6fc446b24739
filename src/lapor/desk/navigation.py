"""The desk's menu: the pages that the role in use may open, in the order of a working day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lapor.desk.officer import Officer
from lapor.desk.pages import MAY_OPEN
from lapor.kernel.guides import guide_named
from lapor.sop.vocabulary import Role


@dataclass(frozen=True)
class Entry:
    """One line of the menu: a page of `MAY_OPEN`, its words and icon; `on_bar` puts it on the phone's bottom bar."""

    page: str
    label: Any
    icon: str
    on_bar: bool = False


SECTIONS: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("head", _("Head"), "rubber-stamp", on_bar=True),
            Entry("inbox", _("Reports"), "inbox", on_bar=True),
            Entry("ombudsman", _("Escalated cases"), "scale", on_bar=True),
            Entry("manual", _("Manual entry"), "pencil", on_bar=True),
            Entry("arbitration", _("Routing and returns"), "arrows-exchange"),
            Entry("closings", _("Closing requests"), "circle-check"),
            Entry("causes", _("Shared causes"), "git-merge"),
            Entry("incoming", _("Incoming messages"), "message-report"),
            Entry("comments", _("Comments"), "message-circle"),
            Entry("messages", _("Messages"), "bell"),
        ),
    ),
    (
        _("Supervision"),
        (
            Entry("breaches", _("Breaches"), "clock-exclamation", on_bar=True),
            Entry("board", _("Monitoring and evaluation"), "chart-bar"),
            Entry("quality", _("Quality review"), "checklist"),
            Entry("league", _("Institutions"), "building-bank"),
            Entry("monthly", _("Monthly report"), "notes"),
            Entry("steps", _("Step register"), "list-details"),
            Entry("on_time", _("On-time rate"), "clock-check"),
        ),
    ),
    (
        _("Arrangement"),
        (
            Entry("officers", _("Officers and decrees"), "certificate"),
            Entry("calendar", _("Working calendar"), "calendar"),
            Entry("hours", _("Service hours"), "clock"),
            Entry("look", _("Look of our address"), "palette"),
            Entry("units", _("Units"), "sitemap"),
            Entry("unmanned", _("Desks without an officer"), "user-question"),
            Entry("routing", _("Routing and keywords"), "arrow-forward-up"),
            Entry("templates", _("Ready texts"), "file-text"),
            Entry("categories", _("Categories"), "list-details"),
            Entry("tags", _("Tags"), "tag"),
            Entry("suggestions", _("Machine suggestions"), "bulb"),
            Entry("suggestions_everywhere", _("Machine suggestions"), "bulb"),
            Entry("sop", _("SOP profile"), "gavel"),
            Entry("audit", _("Who did what"), "history"),
            Entry("support", _("Support access"), "eye"),
            Entry("channels", _("Channels"), "activity"),
            Entry("upkeep", _("Upkeep"), "settings"),
        ),
    ),
)


def menu(officer: Officer, current: str, *, unread: int) -> list[dict[str, Any]]:
    """Return the sections that base_desk.html draws, without the pages this role may not open."""
    sections = []
    for title, entries in SECTIONS:
        items = [_item(entry, current, unread) for entry in entries if officer.actor.role in MAY_OPEN[entry.page]]
        if items:
            sections.append({"title": title, "items": items})
    return sections


GUIDES = {
    Role.NATIONAL_ADMIN: "admin-pusat",
    Role.AGENCY_ADMIN: "admin-instansi",
    Role.LIAISON: "pejabat-penghubung",
    Role.UNIT_OFFICER: "satuan-kerja",
    Role.HEAD: "pimpinan",
}
OF_OVERSIGHT = "pengawas"


def guide(role: Role, current: str) -> str:
    """Return the address of the role's guide, at the section that bears the name of the page in the menu."""
    slug = GUIDES.get(role, OF_OVERSIGHT)
    address = reverse("portal:guide", args=[slug])
    found, anchor = guide_named(slug), section_of(current)
    return f"{address}#{anchor}" if found and anchor in {section.anchor for section in found.sections} else address


def section_of(page: str) -> str:
    """Return the anchor of a page's section in the guides: its Indonesian name in the menu, empty off the menu."""
    names = (entry.label for _title, entries in SECTIONS for entry in entries if entry.page == page)
    with override("id"):
        return slugify(next(names, ""))


def _item(entry: Entry, current: str, unread: int) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": reverse(f"desk:{entry.page}"),
        "icon": entry.icon,
        "on_bar": entry.on_bar,
        "current": entry.page == current,
        "count": unread if entry.page == "messages" else None,
    }


def chair(officer: Officer) -> dict[str, Any]:
    """Return who sits here and which other roles the person may take today."""
    return {
        "desk_me": {"name": officer.name, "role": officer.actor.role, "desk": officer.desk.name},
        "desk_roles": [
            {
                "id": post.actor.appointment,
                "role": post.actor.role,
                "desk": post.desk.name,
                "current": post == officer.post,
            }
            for post in officer.posts
        ],
    }
