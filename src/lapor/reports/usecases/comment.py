"""Comments on public reports: written by anybody, shown only after the coordinating desk let them through.

A comment is no step of the SOP: it changes no status, no clock and no ledger, and nobody owes an answer to it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.kernel.actor import Actor, officer
from lapor.kernel.errors import InvalidInput, Refusal
from lapor.reports.comment_doubts import doubts
from lapor.reports.drafts import clean_text
from lapor.reports.models import Comment
from lapor.reports.people import known_as, owned_by
from lapor.reports.queries.comments import moderated_by
from lapor.reports.queries.public import find_public
from lapor.reports.refusals import NotFound, SpentHand

LONGEST, LONGEST_NAME, LONGEST_REASON = 1_000, 60, 300
MOST_WAITING = 3  # comments of one person on one report that nobody has looked at yet


class TooManyComments(Refusal):
    """This person's comments on this report wait to be read."""

    status = 429
    sentence = _("Your earlier comments still wait to be read by an officer. Please wait until they have been.")


@transaction.atomic(durable=True)
def write_comment(
    *, number: str, text: str, name: str, person: str, now: datetime, account_id: int | None = None
) -> None:
    """Keep a comment until an officer has read it; `account_id` is the account of its writer, if there is one.

    Raises NotFound, InvalidInput, TooManyComments.
    """
    said = clean_text(text, longest=LONGEST, shortest=2)
    called = clean_text(name, field="name", longest=LONGEST_NAME, shortest=0)
    report = find_public(number)
    author = known_as(person, report.pk)
    waiting = Comment.objects.filter(report=report, author=author, state=Comment.State.HELD)
    if waiting[:MOST_WAITING].count() >= MOST_WAITING:
        raise TooManyComments
    if waiting.filter(text=said).exists():  # the button was pressed twice
        return
    Comment.objects.create(
        report=report,
        author=author,
        owner=None if account_id is None else owned_by(account_id),
        name=called,
        text=said,
        doubts=[str(doubt) for doubt in doubts(said)],
        at=now,
    )


@transaction.atomic
def erase_comments(*, account_id: int, now: datetime) -> None:
    """Erase what an account wrote under public reports (UU 27/2022, articles 8 and 43).

    What nobody in public has read goes altogether. Of what was published or rejected, words, name and every way back
    to the writer go; that a comment stood there, when, and what an officer decided about it, stays on record.
    """
    own = Comment.objects.filter(owner=owned_by(account_id))
    own.filter(state=Comment.State.HELD).delete()
    own.update(text="", name="", doubts=[], author=b"", owner=None, erased_at=now)


@transaction.atomic(durable=True)
def publish_comment(*, comment: int, actor: Actor, now: datetime) -> None:
    """Let everybody read a comment. Raises NotFound, SpentHand when it was decided before."""
    _decide(comment, Comment.State.PUBLISHED, "", actor, now)


@transaction.atomic(durable=True)
def reject_comment(*, comment: int, reason: str, actor: Actor, now: datetime) -> None:
    """Keep a comment from being read, with a reason for the record. Raises NotFound, InvalidInput, SpentHand."""
    why = clean_text(reason, field="reason", longest=LONGEST_REASON, shortest=0)
    if not why:
        raise InvalidInput(_("Say why the comment is rejected."), field="reason")
    _decide(comment, Comment.State.REJECTED, why, actor, now)


def _decide(comment: int, state: Comment.State, reason: str, actor: Actor, now: datetime) -> None:
    found = moderated_by(actor).select_for_update(of=("self",)).filter(pk=comment).first()
    if found is None:
        raise NotFound(_("There is no such comment here."))
    if found.state != Comment.State.HELD:
        raise SpentHand(_("Another officer has decided about this comment."))
    found.state, found.reason = state, reason
    found.appointment, found.decided_at = officer(actor), now
    found.save(update_fields=["state", "reason", "appointment", "decided_at"])
