"""The report: where it stands and who holds it. Narrow and hot; its texts lie beside it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lapor.agencies.models import Agency, Category, Place
from lapor.sop.vocabulary import OPEN, Holder, Status

IS_OPEN = Q(status__in=[str(status) for status in OPEN])
ASKED_TO_CLOSE = Q(status=str(Status.IN_PROGRESS), closing_requested_at__isnull=False)
ANSWER_WAITS = Q(answer_waiting=True)
WITH_HEAD = Q(holder=str(Holder.HEAD))
CAME_BACK = Q(status=str(Status.UNVERIFIED)) & (Q(unit_returns__gt=0) | Q(agency_returns__gt=0))


class Report(models.Model):
    """One report. `status`, `holder` and `desk` are written only by `usecases._advance`.

    `agency` is the institution that coordinates (None while nobody knows), `unit` the unit that answers (None before a
    disposition). `due_ordinal` is the earliest working-day ordinal that a running clock ends on, for sorting the pile.
    `version` grows with every step and tells a stale page.
    """

    code = models.CharField(max_length=11, unique=True)
    number = models.CharField(
        max_length=40, blank=True, help_text="Human number per institution and year, for letters."
    )
    status = models.CharField(max_length=12)
    holder = models.CharField(max_length=12)
    desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="held", db_index=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="coordinated", db_index=False)
    unit = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="handled", db_index=False)
    due_ordinal = models.IntegerField(null=True)
    version = models.PositiveIntegerField(default=0)

    reporter_ref = models.UUIDField(null=True, help_text="Random reference into the identity store; names nobody.")
    pin_key = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        help_text="Random; held by who passed the code's PIN. Empty while there is no PIN.",
    )
    channel = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    classification = models.CharField(max_length=12, blank=True)
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="reports")
    tags = models.JSONField(default=list)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="reports")
    place_note = models.CharField(max_length=300, blank=True, help_text="Exact address in words; never public.")
    happened_on = models.DateField(null=True)
    is_anonymous = models.BooleanField(default=False)
    is_secret = models.BooleanField(default=False)
    is_blocked = models.BooleanField(default=False)

    profile = models.CharField(max_length=40)
    profile_version = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    first_response_at = models.DateTimeField(null=True)
    followed_up_at = models.DateTimeField(
        null=True, help_text="First substantive follow-up; it ends the sixty days (C9)."
    )
    answered_in = models.PositiveSmallIntegerField(
        null=True, help_text="Working days from receipt to the first follow-up, waiting included; None: unknown."
    )
    last_follow_up_on = models.DateField(
        null=True, help_text="Local day of the newest follow-up; the silence counts from here."
    )
    needs_field_work = models.BooleanField(null=True)
    answer_waiting = models.BooleanField(default=False)
    back_status = models.CharField(
        max_length=12, blank=True, help_text="Where the report was before the question to its reporter."
    )
    back_holder = models.CharField(max_length=12, blank=True)
    back_desk = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_returns = models.PositiveSmallIntegerField(default=0)
    agency_returns = models.PositiveSmallIntegerField(default=0)
    closing_requested_by = models.BigIntegerField(
        null=True, help_text="Account of the officer who asked for the closing."
    )
    closing_requested_at = models.DateTimeField(null=True)
    consent_asked_at = models.DateTimeField(null=True)
    consent_given = models.BooleanField(null=True)
    escalated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="When it was closed or archived, while it is.")
    close_reason = models.CharField(max_length=12, blank=True)
    archive_reason = models.CharField(max_length=16, blank=True)
    restored = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    objections = models.PositiveSmallIntegerField(default=0)
    breaches_noticed = models.PositiveSmallIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=40, blank=True)
    source_ref = models.CharField(max_length=80, blank=True)
    set_aside_why = models.CharField(
        max_length=200, blank=True, help_text="The sweep could not advance it; a person must look."
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["desk", "status", "-id"], condition=IS_OPEN, name="open_by_desk"),
            models.Index(fields=["agency", "status", "-id"], condition=IS_OPEN, name="open_by_agency"),
            models.Index(fields=["unit", "status", "-id"], condition=IS_OPEN, name="open_by_unit"),
            models.Index(
                fields=["agency", "status", "due_ordinal", "id"], condition=IS_OPEN, name="open_by_agency_due"
            ),
            models.Index(fields=["unit", "status", "due_ordinal", "id"], condition=IS_OPEN, name="open_by_unit_due"),
            models.Index(fields=["desk", "status", "due_ordinal", "id"], condition=IS_OPEN, name="open_by_desk_due"),
            models.Index(fields=["agency", "status", "-id"], name="all_by_agency"),
            models.Index(fields=["unit", "status", "-id"], name="all_by_unit"),
            models.Index(fields=["status", "-id"], name="all_by_status"),
            models.Index(fields=["status", "due_ordinal", "id"], condition=IS_OPEN, name="open_by_due"),
            models.Index(
                fields=["agency", "-id"], condition=Q(closing_requested_at__isnull=False), name="closings_asked"
            ),
            models.Index(fields=["reporter_ref"], name="by_reporter"),
            models.Index(fields=["unit", "received_at", "id"], name="received_by_unit"),
            models.Index(fields=["received_at", "id"], name="received_anywhere"),
            models.Index(fields=["due_ordinal", "id"], condition=ASKED_TO_CLOSE, name="waits_for_closing"),
            models.Index(fields=["unit", "due_ordinal", "id"], condition=ANSWER_WAITS, name="waits_for_release"),
            models.Index(fields=["unit", "due_ordinal", "id"], condition=WITH_HEAD, name="waits_for_head"),
            models.Index(fields=["desk", "due_ordinal", "id"], condition=CAME_BACK, name="came_back"),
            models.Index(fields=["-id"], condition=~Q(set_aside_why=""), name="set_aside"),
            models.Index(fields=["agency", "received_at", "id"], name="came_in_by_agency"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source_ref=""), name="one_report_per_source_ref"
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_report_per_number"),
            models.CheckConstraint(
                condition=IS_OPEN | Q(holder=str(Holder.NOBODY)),
                name="an_ended_report_has_no_holder",
            ),
            models.CheckConstraint(
                condition=~Q(holder=str(Holder.NOBODY)) | Q(status__in=[str(Status.CLOSED), str(Status.ARCHIVED)]),
                name="an_open_report_has_a_holder",
            ),
            models.CheckConstraint(
                condition=Q(desk__isnull=False) | Q(holder__in=[str(Holder.NOBODY), str(Holder.REPORTER)]),
                name="a_desk_holds_at_its_node",
            ),
        ]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class IdempotencyKey(models.Model):
    """A key the client made before its first try: a double click, a retry and a resend make one report."""

    key = models.CharField(max_length=80, unique=True)
    fingerprint = models.BinaryField(max_length=32)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="keys")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the key."""
        return self.key
