"""Reporters. A report knows only `ref`, a random number; name and contacts are sealed here (lapor.identity.vault)."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models


class Reporter(models.Model):
    """A person who reports; without an account, a shadow account of one channel address (C24) or of none."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reporter"
    )
    sealed_name = models.BinaryField(null=True, help_text="AES-256-GCM by the vault; never in clear.")
    names_itself = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The account itself gave or removed the name; before, whoever typed the address first named it.",
    )
    language = models.CharField(max_length=5, default="id")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, help_text="The person asked that we forget who they are (UU 27/2022).")

    def __str__(self) -> str:
        """Return nothing that tells who this is."""
        return f"reporter {self.ref}"


class Contact(models.Model):
    """An address at which a reporter can be reached. `index` is a keyed hash, for finding the same address again."""

    class Kind(models.TextChoices):
        """What sort of address it is."""

        PHONE = "phone"
        EMAIL = "email"
        HANDLE = "handle"

    reporter = models.ForeignKey(Reporter, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    channel = models.CharField(max_length=20, help_text="The channel that the address belongs to.")
    sealed = models.BinaryField(null=True)
    index = models.BinaryField(max_length=16)
    confirmed_at = models.DateTimeField(null=True)
    is_aside = models.BooleanField(
        default=False,
        db_default=False,
        help_text="An account typed it and proved nothing: it gets that account's messages and leads nobody there.",
    )
    stopped_at = models.DateTimeField(null=True, help_text="The reporter wants no messages here.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "index"], condition=models.Q(is_aside=False), name="one_reporter_per_address"
            ),
            models.UniqueConstraint(fields=["kind", "index", "reporter"], name="an_address_once_per_reporter"),
        ]

    def __str__(self) -> str:
        """Return nothing that tells the address."""
        return f"{self.kind} of {self.reporter_id}"

    def confirm(self, now: datetime) -> None:
        """Keep that its owner proved to read what is sent here; the first proof counts."""
        self.confirmed_at, self.is_aside = self.confirmed_at or now, False
        self.save(update_fields=["confirmed_at", "is_aside"])


class Consent(models.Model):
    """What a reporter agreed to or refused, for one report: for example that the Ombudsman learns who they are (C8)."""

    reporter = models.ForeignKey(Reporter, on_delete=models.CASCADE, related_name="consents")
    report_code = models.CharField(max_length=16)
    purpose = models.CharField(max_length=30)
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reporter", "report_code", "purpose"], name="one_answer_per_purpose")
        ]

    def __str__(self) -> str:
        """Return the purpose and the answer."""
        return f"{self.purpose}: {'yes' if self.given else 'no'}"


class Unmasking(models.Model):
    """Somebody looked at who a reporter is: who, when and why. The reporter sees this list."""

    reporter = models.ForeignKey(Reporter, on_delete=models.CASCADE, related_name="unmaskings")
    report_code = models.CharField(max_length=16)
    appointment = models.BigIntegerField(help_text="The officer's appointment.")
    role = models.CharField(max_length=20)
    desk_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the desk and the reason."""
        return f"{self.desk_name}: {self.reason}"


class NewsChoice(models.Model):
    """By which way a reporter wants news, of one report or (empty code) of all: a kind of address, or "none"."""

    reporter = models.ForeignKey(Reporter, on_delete=models.CASCADE, related_name="news")
    report_code = models.CharField(max_length=16, blank=True)
    way = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reporter", "report_code"], name="one_way_of_news_per_report")
        ]

    def __str__(self) -> str:
        """Return the way."""
        return self.way
