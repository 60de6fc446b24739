"""What opens an officer's account beside the password: a second factor, an own sign-on; and the sessions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Authenticator(models.Model):
    """The secret that an officer's authenticator app and we share (TOTP, RFC 6238), by the vault.

    `last_step` is the newest half-minute whose code was used: no code works twice, in whichever process.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authenticator")
    sealed = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return nothing that helps anybody."""
        return f"authenticator of {self.account_id}"


class RecoveryCode(models.Model):
    """One of ten codes for the day the phone is lost; kept as a keyed hash, used once."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="one_row_per_recovery_code")
        ]

    def __str__(self) -> str:
        """Return nothing that helps anybody."""
        return f"recovery code of {self.account_id}"


class Tries(models.Model):
    """Wrong tries under one name, known or not: the same for both, so that nobody learns which names exist.

    `index` is a keyed hash of what was tried, the login as typed or the account's second factor.
    """

    index = models.BinaryField(max_length=16, unique=True)
    failures = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["first_at"], name="sign_in_tries_by_age")]

    def __str__(self) -> str:
        """Return the number."""
        return f"{self.failures} wrong tries"


class DeskSession(models.Model):
    """One browser in which an officer is signed in, for the officer to know it again and to end it from elsewhere.

    No network address stands here: kind of browser and device tell an owner enough.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_sessions")
    key = models.CharField(max_length=40, unique=True, help_text="Of Django's session; never shown.")
    way = models.CharField(max_length=10)
    browser = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["seen_at"], name="desk_sessions_by_age")]

    def __str__(self) -> str:
        """Return the browser."""
        return self.browser


class SignOn(models.Model):
    """An institution's own sign-on (OpenID Connect). It signs in officers who are appointed there, and only there.

    `institution` is the code of the agency. The client's secret is sealed by the vault.
    """

    institution = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=300)
    sealed_secret = models.BinaryField()
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        """Return the institution."""
        return self.institution


class OutsideIdentity(models.Model):
    """Who an officer is at an institution's sign-on: linked by a verified address once, known by the subject since."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outside_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_per_subject"),
            models.UniqueConstraint(fields=["account", "issuer"], name="one_subject_per_account_and_issuer"),
        ]

    def __str__(self) -> str:
        """Return where it comes from."""
        return self.issuer
