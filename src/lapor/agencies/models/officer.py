"""Officers: a role at a desk, by a decree (SK) with a validity (S16 to S18). No decree in force, no role."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lapor.agencies.models.agency import Agency


class Decree(models.Model):
    """A decree that names officers: number, date, year, and from when to when it is in force."""

    institution = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="decrees")
    number = models.CharField(max_length=100)
    about = models.CharField(max_length=300, blank=True)
    signed_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")), name="decree_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        """Return the number and the year."""
        return f"{self.number} ({self.valid_from.year})"


class DecreeFile(models.Model):
    """The decree itself, as a PDF or a photo of it; few and small, so it stands with the row and in its backup."""

    decree = models.OneToOneField(Decree, on_delete=models.CASCADE, related_name="file", primary_key=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=60)
    content = models.BinaryField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Appointment(models.Model):
    """One officer in one role at one desk, by one decree. Several appointments are several roles."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20)
    title = models.CharField(max_length=120, blank=True)
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="appointments")
    starts_on = models.DateField(
        null=True, blank=True, help_text="The first day, where it is later than the decree's own."
    )
    ended_on = models.DateField(null=True, blank=True, help_text="The first day on which the officer no longer serves.")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="predecessors")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "agency", "role", "decree", "starts_on"],
                nulls_distinct=False,
                name="one_appointment_per_role_and_decree",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "role"], name="appointments_of_desk")]

    def __str__(self) -> str:
        """Return the role and the desk."""
        return f"{self.role} at {self.agency_id}"


class Absence(models.Model):
    """An officer is away from one day to another, both included; the deputy stands in."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deputised")
    first_day = models.DateField()
    last_day = models.DateField()
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="absence_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        """Return the days."""
        return f"{self.first_day} to {self.last_day}"
