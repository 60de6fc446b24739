"""Texts that an institution keeps ready: answers, questions and reasons, with fields that are filled in by hand."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lapor.agencies.models.agency import Agency
from lapor.agencies.models.category import Category


class Template(models.Model):
    """One text of an institution for one step; without an institution it is offered to all.

    A field that must be filled in by hand stands in the text as `{{ what to write }}` (see lapor.agencies.blanks).
    """

    class Kind(models.TextChoices):
        """The step that the text is for."""

        QUESTION = "question"
        FIRST_RESPONSE = "first_response"
        FOLLOW_UP = "follow_up"
        RETURN = "return"
        ARCHIVE = "archive"

    institution = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="templates")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=5000)
    category = models.ForeignKey(
        Category,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="templates",
        help_text="Offered first for reports of this category.",
    )
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "kind", "name"], nulls_distinct=False, name="one_template_per_kind_and_name"
            )
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
