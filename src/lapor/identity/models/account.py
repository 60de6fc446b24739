"""Accounts: the means of signing in, for officers and for reporters who want one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with a normalised login name."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> Account:
        """Return a new account; without a password nobody can sign in to it."""
        account = self.model(login=login.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """Find the account for a login name as typed."""
        return self.get(login=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """One person who can sign in. What an officer may do comes from appointments, never from the account."""

    login = models.CharField(max_length=150, unique=True)
    name = models.CharField(
        max_length=150, blank=True, help_text="Shown inside the desk for officers; empty for reporters."
    )
    email = models.EmailField(blank=True)
    mail_lost_to = models.EmailField(
        blank=True,
        db_default="",
        help_text="An officer's address from which a mail came back; another one is not meant.",
    )
    mail_lost_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    is_citizen = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Signs in by one-time code or passkey, has no password, and never serves a desk.",
    )
    is_demo = models.BooleanField(default=False, help_text="A fictional person of the demo, with one-click sign-in.")

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    def __str__(self) -> str:
        """Return the name an officer is known by, else the login."""
        return self.name or self.login
