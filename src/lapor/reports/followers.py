"""Links and seals of followers: the link in a letter is all that a follower needs to confirm or to stop."""

from __future__ import annotations

import uuid

from django.core import signing

from lapor.identity.vault import unseal
from lapor.reports.models import Follow

SALT = "lapor.reports.follow"


def about(ref: uuid.UUID) -> bytes:
    """Return what a sealed address is bound to."""
    return ref.bytes + b"follow"


def address_of(follow: Follow) -> str:
    """Return the address in clear, for sending and nothing else; raises SealBroken."""
    return unseal(follow.sealed, about=about(follow.ref))


def link_of(ref: uuid.UUID) -> str:
    """Return the signed word that stands in a letter's address."""
    return signing.dumps(str(ref), salt=SALT)


def ref_of(link: str) -> uuid.UUID:
    """Return the follower behind a link; raises signing.BadSignature."""
    return uuid.UUID(signing.loads(link, salt=SALT))
