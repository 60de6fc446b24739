"""The record of what was arranged beside the reports: written in the same transaction as the change itself."""

from __future__ import annotations

from datetime import datetime

from lapor.kernel.actor import Actor
from lapor.kernel.models import Deed

_LONGEST = 200


def note_deed(
    action: str, *, actor: Actor, institution: int | None, about: str, now: datetime, **facts: str | int | bool | None
) -> None:
    """Write down that somebody did this; `institution` is whose business it is, None for the nation's.

    `action` is one of `ACTIONS`. Nothing of a reporter may stand in `about` or `facts`.
    """
    if action not in ACTIONS:
        raise ValueError(f"{action} is missing in ACTIONS")
    Deed.objects.create(
        at=now,
        account=actor.account,
        role=str(actor.role),
        desk=actor.desk,
        institution=institution,
        action=action,
        about=about[:_LONGEST],
        facts=facts,
    )


# Every kind of deed; the desk shows each in words (lapor.desk.views.audit).
ACTIONS = (
    "signed_in",
    "locked",
    "factor_set",
    "factor_removed",
    "factor_reset",
    "sessions_ended",
    "invited",
    "sign_on_kept",
    "sign_on_removed",
    "support_began",
    "support_ended",
    "support_read",
    "decree_registered",
    "decree_file_kept",
    "appointed",
    "appointment_ended",
    "handed_over",
    "absence_set",
    "absence_cut",
    "unit_founded",
    "unit_changed",
    "unit_merged",
    "unit_abolished",
    "keyword_added",
    "keyword_removed",
    "rule_added",
    "rule_removed",
    "category_kept",
    "cause_changed",
    "cause_fixed",
    "suggestion_switched",
    "template_kept",
    "holiday_declared",
    "holiday_revoked",
    "hours_kept",
    "look_chosen",
    "profile_chosen",
    "message_reported",
    "message_attached",
    "message_dismissed",
    "message_released",
    "file_taken",
)
