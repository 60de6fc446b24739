"""The test database: filled once with what tests build upon, and filled again after a test that really commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations

_GUARDS = """
    SELECT format('ALTER TABLE %s {} TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger
    WHERE NOT tgisinternal AND tgtype & 32 = 32  -- those that fire on TRUNCATE
"""
_empty = DatabaseOperations.execute_sql_flush


def fill() -> None:
    """Fill an empty database with the calendars and the institutions; does nothing where they are."""
    from lapor.agencies.models import Agency
    from lapor.agencies.seeds import plant

    if not Agency.objects.exists():
        plant()


def see_others_out() -> None:
    """End the sessions that threads of live servers and of staged crashes left behind: they would keep the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND usename = current_user "
            "AND pid <> pg_backend_pid()"
        )


def empty_and_fill(operations: DatabaseOperations, statements: Sequence[str]) -> None:
    """Take the place of Django's flush, which the ledger would refuse, and which would leave nothing to build upon."""
    with transaction.atomic(), _guards_down():
        _empty(operations, statements)
    fill()


@contextmanager
def _guards_down() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(_GUARDS.format("DISABLE"))
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
        yield
        cursor.execute(_GUARDS.format("ENABLE ALWAYS"))
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)
