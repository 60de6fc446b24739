"""Choose a password by an invitation that works once and for three days."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lapor.identity.models import Account
from lapor.identity.usecases import tries
from lapor.kernel.actor import Actor
from lapor.kernel.deeds import note_deed
from lapor.kernel.errors import InvalidInput, Refusal


class InvitationOver(Refusal):
    """The invitation was used, is too old, or never was one: the same answer for each."""

    sentence = _("This invitation no longer works. Ask your admin for a new one.")


def invitation(account_id: int) -> str:
    """Return the token by which this person, and nobody without it, may choose a password.

    It works once, for `PASSWORD_RESET_TIMEOUT`, and not after a sign-in. Raises `InvitationOver` for no account in use.
    """
    account = Account.objects.filter(pk=account_id, is_active=True, is_demo=False).first()
    if account is None:
        raise InvitationOver
    return str(default_token_generator.make_token(account))


@transaction.atomic
def invite(*, account_id: int, actor: Actor, institution: int | None, now: datetime) -> str:
    """Return an invitation for an officer, and put on record who handed it out. Raises `InvitationOver`."""
    token = invitation(account_id)
    about = str(Account.objects.get(pk=account_id))
    note_deed("invited", actor=actor, institution=institution, about=about, now=now)
    return token


@transaction.atomic
def choose_password(*, account_id: int, token: str, password: str) -> Account:
    """Set the password of the invited person. Raises `InvitationOver`, and `InvalidInput` for a weak password."""
    account = Account.objects.select_for_update().filter(pk=account_id, is_active=True).first()
    if account is None or not default_token_generator.check_token(account, token):
        raise InvitationOver
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise InvalidInput(" ".join(weak.messages), field="password") from None
    account.set_password(password)
    account.save(update_fields=["password"])
    tries.forget_failures(tries.password_of(account.login))
    return account
