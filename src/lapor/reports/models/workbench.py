"""What officers keep beside the reports: who reads one now, ways of looking at the pile, and acts on many at once.

None of it is a step of the SOP: losing all of it would lose no report, no clock and no history.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lapor.agencies.models import Agency
from lapor.reports.models.letter import OwedLetter
from lapor.reports.models.report import Report


class Claim(models.Model):
    """One officer of a desk has a report before them; colleagues of the desk are given another one.

    It forbids nothing and ends by itself at `until`: who takes a step is decided by the table and the report's version.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="claims", db_index=False)
    desk = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.BigIntegerField(help_text="The person who really reads, also when standing in for another.")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "desk"], name="one_reader_per_desk")]
        indexes: ClassVar = [models.Index(fields=["desk", "account"], name="claims_of_officer")]

    def __str__(self) -> str:
        """Return what is read."""
        return f"claim of report {self.report_id}"


class SavedView(models.Model):
    """A way of looking at the pile that an officer keeps, for themselves or for the whole desk.

    `query` is the filters as they stand in the inbox's address, cleaned; what it shows is decided anew for each reader.
    """

    desk = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.BigIntegerField(help_text="Who keeps it.")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    columns = models.JSONField(default=list, help_text="Codes of the columns shown; empty: the usual ones.")
    is_shared = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["desk", "account", "name"], name="one_view_per_name"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class FirstView(models.Model):
    """The view with which the inbox opens for one officer at one desk."""

    desk = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.BigIntegerField()
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="first_for")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["desk", "account"], name="one_first_view")]

    def __str__(self) -> str:
        """Return the view's name."""
        return self.view.name


class BulkRun(models.Model):
    """One act on many reports, written before the first is touched: sent twice, it is found again and done once."""

    key = models.UUIDField(unique=True)
    desk = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.BigIntegerField()
    action = models.CharField(max_length=30)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the action."""
        return self.action


class BulkItem(models.Model):
    """One report of such an act. A taken one without an end was interrupted: the report itself tells what happened."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        TAKEN = "taken"
        DONE = "done"
        REFUSED = "refused"

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items", db_index=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+", db_index=False)
    version = models.PositiveIntegerField(help_text="The report as the officer saw it in the preview.")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True, help_text="The sentence of the refusal.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "report"], name="once_in_a_run")]

    def __str__(self) -> str:
        """Return the state."""
        return self.state


class AnswerDraft(models.Model):
    """An answer to the reporter that has not left: words an officer keeps, or an answer that waits for its time.

    Nothing of it stands in the ledger before it has left (docs/adr/0013). `fields` are the use case's own arguments,
    days as ISO text; `files` lie in the store already; `beside` is what else its form held, to be shown again.
    `version` is the report as the officer saw it.
    """

    class State(models.TextChoices):
        """Whether it is only kept, waits for `send_at`, or was held back with a reason."""

        KEPT = "kept"
        WAITING = "waiting"
        HELD_BACK = "held_back"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    account = models.BigIntegerField(help_text="The person who writes, also when standing in for another.")
    appointment = models.BigIntegerField(help_text="The appointment under which it is to leave.")
    desk = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    action = models.CharField(max_length=30)
    fields = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    beside = models.JSONField(default=dict)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.KEPT)
    send_at = models.DateTimeField(null=True)
    counts_from = models.DateTimeField(
        null=True, help_text="When send was pressed, which is when the step counts; None: when it leaves."
    )
    why = models.CharField(max_length=40, blank=True, help_text="Held back: the name of the refusal.")
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "account", "action"], name="one_draft_per_step_and_officer")
        ]
        indexes: ClassVar = [
            models.Index(fields=["send_at", "id"], condition=models.Q(state="waiting"), name="answers_waiting"),
            models.Index(fields=["saved_at"], name="drafts_by_age"),
            models.Index(fields=["account", "desk"], name="drafts_of_officer"),
        ]

    def __str__(self) -> str:
        """Return the step."""
        return self.action


class HeadDigest(OwedLetter):
    """The letter of one week to the head of one unit, made once; a leased row, as every letter is.

    It holds no figures: they are counted when it leaves. Dropped: nothing was to tell, or nobody heads the unit.
    """

    unit = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+", db_index=False)
    monday = models.DateField(help_text="First day of the ISO week, in the institution's zone.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "monday"], name="one_digest_per_week")]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at", "id"], condition=models.Q(state="waiting"), name="digests_waiting")
        ]

    def __str__(self) -> str:
        """Return the week."""
        return f"{self.unit_id} {self.monday:%G-W%V}"
