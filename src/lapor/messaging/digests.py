"""The head's week by letter: how many reports wait, are with the Ombudsman, objected to, late; counted as it leaves.

Figures only, and a link behind which the head signs in.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapor.agencies.queries import roles
from lapor.messaging.channel import Letter
from lapor.messaging.lane import Packed, drain
from lapor.messaging.texts import FIRST_LANGUAGE, Rendered
from lapor.reports.models import HeadDigest
from lapor.reports.queries.head import HeadCounts, head_counts
from lapor.sop.vocabulary import Role


def drain_digests(*, now: datetime, batch: int = 50) -> int:
    """Send up to `batch` letters that are due and return how many were dealt with. Never raises for one letter."""

    def packed(one: HeadDigest) -> Packed:
        addresses, counts = _heads(one, now), head_counts(one.unit_id, now)
        return (letter(one, counts), addresses) if addresses and (counts.waiting or counts.red) else None

    return drain(HeadDigest.objects.select_related("unit"), packed, now=now, batch=batch)


def _heads(one: HeadDigest, now: datetime) -> list[str]:
    """Return the addresses of who heads the unit at this moment, deputies too (S16)."""
    return sorted({head.email for head in roles.officers_of(one.unit_id, Role.HEAD, on=now) if head.email})


def letter(one: HeadDigest, counts: HeadCounts) -> Letter:
    """Return the letter with these figures."""
    with translation.override(FIRST_LANGUAGE):
        text = Rendered(_("Your unit this week: %(unit)s") % {"unit": one.unit.name}, " ".join(_said(counts)))
    return Letter(
        key=salted_hmac("lapor.messaging.digests", f"{one.pk} {one.created_at}", algorithm="sha256").hexdigest()[:32],
        language=FIRST_LANGUAGE,
        text=text,
        code="",
        number="",
        title="",
        link=settings.LAPOR_BASE_URL + reverse("desk:head"),
        opens=True,
    )


def _said(counts: HeadCounts) -> list[str]:
    """Return a sentence for each figure that is not nought."""
    told = [
        (
            counts.waiting,
            ngettext("%(n)d report waits for your word.", "%(n)d reports wait for your word.", counts.waiting),
        ),
        (counts.escalated, ngettext("%(n)d is with the Ombudsman.", "%(n)d are with the Ombudsman.", counts.escalated)),
        (
            counts.objected,
            ngettext("To %(n)d the reporter objected.", "To %(n)d the reporters objected.", counts.objected),
        ),
        (counts.late, ngettext("%(n)d is late.", "%(n)d are late.", counts.late)),
    ]
    return [sentence % {"n": n} for n, sentence in told if n]
