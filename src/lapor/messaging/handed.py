"""Letters that tell a colleague what came to them: figures, and a link behind which they sign in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.identity.models import Account
from lapor.messaging.channel import Letter
from lapor.messaging.lane import Packed, drain
from lapor.messaging.texts import FIRST_LANGUAGE, Rendered
from lapor.reports.models import HandOverItem, HandOverLetter

Kind = HandOverItem.Kind


def drain_handed(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` letters that are due and return how many were dealt with. Never raises for one letter."""

    def packed(one: HandOverLetter) -> Packed:
        account = Account.objects.filter(pk=one.hand_over.receiver, is_active=True).exclude(email="").first()
        return (letter(one), [account.email]) if account else None

    return drain(HandOverLetter.objects.select_related("hand_over__desk"), packed, now=now, batch=batch)


def letter(one: HandOverLetter) -> Letter:
    """Return the letter with its figures."""
    with translation.override(FIRST_LANGUAGE):
        subject = _("You take over work at %(desk)s") % {"desk": one.hand_over.desk.name}
        text = Rendered(subject, " ".join(_said(one)))
    return Letter(
        key=salted_hmac("lapor.messaging.handed", f"{one.pk} {one.created_at}", algorithm="sha256").hexdigest()[:32],
        language=FIRST_LANGUAGE,
        text=text,
        code="",
        number="",
        title="",
        link=settings.LAPOR_BASE_URL + reverse("desk:handed", args=[one.hand_over_id]),
        opens=True,
    )


def _said(one: HandOverLetter) -> list[str]:
    gone = Q(why_left="")
    n = one.hand_over.items.aggregate(
        drafts=Count("pk", filter=gone & Q(kind=Kind.DRAFT)), answers=Count("pk", filter=gone & Q(kind=Kind.ANSWER))
    )
    said = [_("From today the reports of this desk are yours to answer, with the same deadlines.")]
    if n["drafts"]:
        draft = ngettext("%(n)d draft came to you.", "%(n)d drafts came to you.", n["drafts"])
        said.append(draft % {"n": n["drafts"]})
    if n["answers"]:
        waiting = ngettext(
            "%(n)d answer was planned and leaves only when you send it.",
            "%(n)d answers were planned and leave only when you send them.",
            n["answers"],
        )
        said.append(waiting % {"n": n["answers"]})
    return said
