"""Tell the workers that there may be something to do; nothing depends on its arriving."""

from __future__ import annotations

from django.db import connection

WAKE = "lapor_wake"


def wake() -> None:
    """Send the wake-up; the database delivers it when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {WAKE}")
