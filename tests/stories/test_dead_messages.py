"""What nobody will send again is counted and listed without reading every message there ever was."""

from __future__ import annotations

from django.db import connection

from lapor.reports.models import OutgoingMessage


def test_dead_messages_are_found_by_an_index(db: None) -> None:
    dead = OutgoingMessage.objects.filter(state=OutgoingMessage.State.DEAD)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "messages_dead" in dead.order_by("-pk")[:40].explain()
