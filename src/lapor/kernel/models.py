"""Tables that all parts share."""

from typing import ClassVar

from django.db import models


class Heartbeat(models.Model):
    """When a background loop last finished a round; `lapor doctor` worries when it is long ago."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the name and the time."""
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S} UTC"


class Deed(models.Model):
    """What somebody arranged: appointed, signed in, changed a rule. Who, when, and whose business it is.

    Reports have their own ledger; this is the record of everything else. The database refuses to change a row.
    """

    at = models.DateTimeField()
    account = models.BigIntegerField(null=True, help_text="The account that acted; none for the system itself.")
    role = models.CharField(max_length=20, blank=True)
    desk = models.BigIntegerField(null=True)
    institution = models.BigIntegerField(null=True, help_text="The institution whose business it is; none: national.")
    action = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True, help_text="What or whom it was done to, in words.")
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["institution", "-id"], name="deeds_of_institution"),
            models.Index(fields=["account", "-id"], name="deeds_of_account"),
        ]

    def __str__(self) -> str:
        """Return what was done."""
        return self.action
