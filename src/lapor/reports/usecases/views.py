"""Keep, share and drop ways of looking at the pile. No step of the SOP."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor, desk_of, person
from lapor.reports.drafts import clean_text
from lapor.reports.models import FirstView, SavedView
from lapor.reports.queries.views import openable
from lapor.reports.refusals import InvalidInput, NotFound

MOST_VIEWS = 30
LONGEST_NAME, LONGEST_QUERY = 60, 1_000


@transaction.atomic(durable=True)
def keep_view(
    *, name: str, query: str, columns: Sequence[str] = (), is_shared: bool = False, actor: Actor, now: datetime
) -> int:
    """Keep a view under a name and return its id; a view of one's own with this name is replaced.

    `query` is the inbox's address, cleaned by who calls. Raises InvalidInput for no name, or too many views.
    """
    name = clean_text(name, field="name", longest=LONGEST_NAME, shortest=1)
    if len(query) > LONGEST_QUERY:
        raise InvalidInput(_("This view asks for too much to be kept. Take some filters out."), field="name")
    own = SavedView.objects.filter(desk=actor.desk, account=person(actor))
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise InvalidInput(_("You keep 30 views already. Delete one first."), field="name")
    view, _made = SavedView.objects.update_or_create(
        desk_id=desk_of(actor),
        account=person(actor),
        name=name,
        defaults={"query": query, "columns": list(columns), "is_shared": is_shared, "at": now},
    )
    return view.pk


@transaction.atomic(durable=True)
def drop_view(*, view: int, actor: Actor) -> None:
    """Delete a view of one's own; for whoever opened with it, the inbox opens as usual. Raises NotFound."""
    if not SavedView.objects.filter(pk=view, desk=actor.desk, account=person(actor)).delete()[0]:
        raise NotFound


@transaction.atomic(durable=True)
def open_with(*, view: int | None, actor: Actor) -> None:
    """Let the inbox open with a view, own or shared, or (None) as usual. Raises NotFound."""
    mine = FirstView.objects.filter(desk=actor.desk, account=person(actor))
    if view is None:
        mine.delete()
        return
    chosen = openable(actor).filter(pk=view).first()
    if chosen is None:
        raise NotFound
    FirstView.objects.update_or_create(desk_id=desk_of(actor), account=person(actor), defaults={"view": chosen})
