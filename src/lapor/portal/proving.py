"""A person proves an address: a code is sent, and this browser's session remembers which one, for what, and to whom.

The address stands in the session only sealed, like everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from lapor.identity.contacts import ContactInput, masked
from lapor.identity.usecases.codes import make_code
from lapor.identity.vault import SealBroken, seal, unseal
from lapor.kernel.errors import Refusal
from lapor.kernel.limits import Limit
from lapor.kernel.web import WRONG_INPUT, note_refusal
from lapor.messaging import codes as post
from lapor.portal.forms.citizen import AddressForm

SESSION = "proving"
ABOUT = b"lapor.portal.proving"

ASKED = Limit("one-time codes asked for", most=20)  # messages cost money, and annoy who did not ask for them
TYPED = Limit("one-time codes typed wrong", most=30)


@dataclass(frozen=True)
class Proving:
    """What this browser is proving: the code's id, its purpose, and the address it was sent to."""

    id: int
    purpose: str
    contact: ContactInput

    @property
    def shown(self) -> str:
        """The address, so that only its owner knows it again."""
        return masked(self.contact.kind, self.contact.address)


def ask(request: HttpRequest, purpose: str) -> tuple[AddressForm, int | None]:
    """Return the form that asks for an address and the status of its page; None once a code is on its way."""
    form = AddressForm(request.POST or None, with_phones="phone" in post.served_kinds())
    if request.method != "POST":
        return form, 200
    if not form.is_valid():
        return form, WRONG_INPUT
    try:
        send(request, form.cleaned_data["contact"], purpose, timezone.now())
    except Refusal as refusal:
        return form, note_refusal(form, refusal)
    return form, None


def send(request: HttpRequest, contact: ContactInput, purpose: str, now: datetime) -> None:
    """Send a code and remember it. The same is said and done whether or not the address is known here.

    Raises NotServed, TooManyTries, TooManyCodes, NotSent.
    """
    post.check_served(contact)
    ASKED.check(request)
    ASKED.count(request)
    code = make_code(contact=contact, purpose=purpose, now=now)
    request.session[SESSION] = [code.id, purpose, contact.kind, seal(contact.address, about=ABOUT).hex()]
    post.send_code(contact=contact, digits=code.digits, language=get_language() or "id")


def pending(request: HttpRequest, *purposes: str) -> Proving | None:
    """Return what this browser is proving for one of these purposes; None when it is nothing."""
    try:
        id, purpose, kind, sealed = request.session[SESSION]
        contact = ContactInput(kind, unseal(bytes.fromhex(sealed), about=ABOUT))
    except (KeyError, ValueError, SealBroken):
        return None
    return Proving(id, purpose, contact) if purpose in purposes else None


def done(request: HttpRequest) -> None:
    """Forget the code: it was used."""
    request.session.pop(SESSION, None)
