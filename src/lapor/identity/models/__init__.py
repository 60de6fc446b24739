"""Who people are: accounts for signing in, and reporters with their sealed contacts, apart from every report."""

from lapor.identity.models.account import Account
from lapor.identity.models.device import Device
from lapor.identity.models.keys import OneTimeCode, Passkey, SignIn
from lapor.identity.models.officer import (
    Authenticator,
    DeskSession,
    OutsideIdentity,
    RecoveryCode,
    SignOn,
    Tries,
)
from lapor.identity.models.reporter import Consent, Contact, NewsChoice, Reporter, Unmasking

__all__ = [
    "Account",
    "Authenticator",
    "Consent",
    "Contact",
    "DeskSession",
    "Device",
    "NewsChoice",
    "OneTimeCode",
    "OutsideIdentity",
    "Passkey",
    "RecoveryCode",
    "Reporter",
    "SignIn",
    "SignOn",
    "Tries",
    "Unmasking",
]
