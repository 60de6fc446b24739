"""What opens a citizen's account: one-time codes sent to an address, passkeys, and the record of sign-ins."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class OneTimeCode(models.Model):
    """Six digits sent to one address for one purpose. Neither the digits nor the address stand here, only keyed hashes.

    `block` groups the phone numbers that differ in their last four digits only: who pumps messages walks through such.
    """

    purpose = models.CharField(max_length=12)
    index = models.BinaryField(max_length=16)
    block = models.BinaryField(max_length=16, null=True)
    digest = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["index", "created_at"], name="codes_of_address"),
            models.Index(fields=["block", "created_at"], name="codes_of_block"),
            models.Index(fields=["created_at"], name="codes_by_age"),
        ]

    def __str__(self) -> str:
        """Return the purpose."""
        return self.purpose


class Passkey(models.Model):
    """A public-key credential of a citizen's account (WebAuthn). The private half never leaves the person's device."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the name its owner gave it."""
        return self.name


class SignIn(models.Model):
    """One sign-in of a citizen, for the citizen to look through: when, how, and with which kind of browser."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField()
    way = models.CharField(max_length=10)
    browser = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-at"], name="sign_ins_of_account")]

    def __str__(self) -> str:
        """Return the way."""
        return self.way
