"""Write docs/reference/access.md: role x screen x action, from the desk's table of pages and the SOP's table."""

import os
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lapor.config.testing")
django.setup()

from lapor.desk.navigation import SECTIONS  # noqa: E402 - Django must be set up first
from lapor.desk.pages import MAY_OPEN  # noqa: E402
from lapor.desk.urls import urlpatterns  # noqa: E402
from lapor.reports.access import SCOPES  # noqa: E402
from lapor.sop.table import STEPS, Step  # noqa: E402
from lapor.sop.vocabulary import Action, Role, Status  # noqa: E402

PAGE = "docs/reference/access.md"
ROLES = tuple(role for role in Role if role not in (Role.REPORTER, Role.CLOCK))
HEAD = """\
# Who may see and do what

<!-- Made by `make docs` from lapor.desk.pages, lapor.reports.access and the SOP's table. Change those. -->

Three doors stand one behind the other. A **page** opens for the roles of its row. What it shows are the **reports**
that the role may read from its desk: every list, count, search, suggestion, notification and export starts from the
same condition (`lapor.reports.access.visible_to`). And a **step** is offered, and taken, only where the SOP's table has
a row for role, status and holder. A role is one by a decree in force at this very moment: when the decree ends, so does
the rest. `tests/desk/test_access.py` opens every address below in every role, and in the roles of other institutions
and units; `tests/stories/test_every_step.py` tries every step in every status.

"""


def documents() -> dict[str, str]:
    """Return the page by its path."""
    return {PAGE: HEAD + "".join([*_scopes(), *_screens(), *_actions()])}


def _scopes() -> Iterator[str]:
    yield "## Which reports\n\n| Role | Reads |\n|---|---|\n"
    yield from (f"| {role.en} ({role.id}) | {SCOPES[role]} |\n" for role in ROLES)


def _screens() -> Iterator[str]:
    """Yield the table of pages: a row for each, a column for each role."""
    in_menu = {entry.page for _title, entries in SECTIONS for entry in entries}
    addresses: dict[str, list[str]] = {}
    for pattern in urlpatterns:
        addresses.setdefault(getattr(pattern.callback, "page", ""), []).append(f"`/meja/{pattern.pattern}`")
    yield "\n## Which pages\n\nA page in **bold** stands in the menu.\n\n"
    yield "| Page | Addresses | " + " | ".join(role.en for role in ROLES) + " |\n|---|---|" + ":-:|" * len(ROLES) + "\n"
    for page, roles in MAY_OPEN.items():
        name = f"**{page}**" if page in in_menu else page
        marks = " | ".join("yes" if role in roles else "" for role in ROLES)
        yield f"| {name} | {'<br>'.join(addresses.get(page, ()))} | {marks} |\n"


def _actions() -> Iterator[str]:
    """Yield the table of steps: for each role the statuses in which the SOP lets it take the step."""
    yield "\n## Which steps\n\nWhere a report stands for the step to be there; `new` brings a report into being.\n"
    yield "What else must be true, and by which rule, is in [the table of steps](../sop/langkah.md).\n\n"
    yield "| Step | " + " | ".join(role.en for role in ROLES) + " |\n|---|" + "---|" * len(ROLES) + "\n"
    for action in Action:
        steps = [step for step in STEPS if step.action is action and step.role in ROLES]
        if steps:
            yield f"| {action.en} | " + " | ".join(_statuses(steps, role) for role in ROLES) + " |\n"


def _statuses(steps: list[Step], role: Role) -> str:
    mine = [step for step in steps if step.role is role]
    found = {status for step in mine for status in step.status}
    words = ["new"] if any(step.is_entry for step in mine) else []
    return "<br>".join([*words, *(status.en.lower() for status in Status if status in found)])
