"""Mail to an officer that came back: whoever keeps the officers' seats has to hear of it."""

from __future__ import annotations

from datetime import datetime

from lapor.identity.models import Account


def note_lost_mail(*, address: str, now: datetime) -> bool:
    """Keep that a mail to an officer's address came back; tell whether it is the address of one who is active."""
    officers = Account.objects.filter(email__iexact=address, is_active=True, is_citizen=False) if address else None
    return bool(officers and officers.update(mail_lost_to=address[:254].lower(), mail_lost_at=now))
