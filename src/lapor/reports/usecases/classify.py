"""Set classification, category, tags and place (S44 to S47); the classification sets the substantive limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.agencies.queries.tags import words_in_use
from lapor.kernel.actor import Actor
from lapor.reports import access
from lapor.reports.clocks import Clocks
from lapor.reports.drafts import clean_text
from lapor.reports.models import Report
from lapor.reports.refusals import InvalidInput
from lapor.reports.usecases import submit
from lapor.reports.usecases._advance import Move, advance, permit
from lapor.reports.usecases._cause_count import secrecy_changed
from lapor.sop.vocabulary import Action, Classification


@dataclass(frozen=True)
class Subject:
    """What a report is about: codes of classification, category and place, tags, and the exact place in words."""

    classification: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    place: str = ""
    place_note: str = ""


@transaction.atomic(durable=True)
def classify_report(
    *,
    code: str,
    classification: str = "",
    category: str = "",
    tags: Sequence[str] = (),
    place: str = "",
    place_note: str = "",
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Report:
    """Set what the report is about; an oversight complaint becomes secret. No clock restarts. Raises InvalidInput."""
    subject = Subject(classification, category, tuple(tags), place, place_note)
    return classify(access.lock_report(actor, code, version), subject, actor=actor, now=now)


def classify(report: Report, subject: Subject, *, actor: Actor, now: datetime) -> Report:
    """Take the step with a locked report, in the caller's transaction."""
    classification = subject.classification
    turn = permit(report, Action.CLASSIFY, actor=actor, now=now)
    if classification and classification not in set(Classification):
        raise InvalidInput(_("Choose one of the kinds offered."), field="classification")
    if classification == Classification.OVERSIGHT and report.classification != classification:
        report.is_secret = True
    report.classification = classification
    report.category = submit.category(subject.category, report.category)
    report.place = submit.place(subject.place)
    report.tags = _tags(report, subject.tags)
    report.place_note = clean_text(subject.place_note, field="place_note", longest=300, shortest=0)
    clocks = Clocks(report, now)
    clocks.reset_substantive()
    clocks.save()
    changed = advance(turn, Move(facts={"classification": classification, "category": subject.category}))
    secrecy_changed(changed)
    return changed


def _tags(report: Report, typed: Sequence[str]) -> list[str]:
    """Return the tags to keep: those it has stay, new ones become the word in use now; raises InvalidInput."""
    words = [clean_text(tag, field="tags", longest=40) for tag in typed][:20]
    fresh = [word for word in words if word not in report.tags]
    now_used = words_in_use(report.agency_id, fresh)
    for word in fresh:
        if now_used[word] is None:
            raise InvalidInput(_("The tag %(word)s is no longer used. Choose another.") % {"word": word}, field="tags")
    return list(dict.fromkeys(now_used.get(word) or word for word in words))
