"""The test database: filled once with what tests build upon; after a test that really commits it is as it was.

Only tables that such a test touched are emptied, and filled again from a copy of their first rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations

_GUARDS = """
    SELECT format('ALTER TABLE %%s {} TRIGGER %%I', tgrelid::regclass, tgname) FROM pg_trigger
    WHERE NOT tgisinternal AND tgtype & 8 = 8 AND tgrelid = ANY(%s::regclass[])  -- those that fire on DELETE
"""
_MARK = "SELECT '{0}', count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM \"{0}\" t"
_EMPTY = "0:0"
_COPIES = "first_rows"  # a schema beside the real one
_first: dict[str, str] = {}  # each table with its mark when it was just filled


def fill() -> None:
    """Fill an empty database with the calendars and the institutions; does nothing where they are."""
    from lapor.agencies.models import Agency
    from lapor.agencies.seeds import plant

    if not Agency.objects.exists():
        plant()


def remember() -> None:
    """Keep a copy of every row that is there now."""
    _first.update(_marks())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {_COPIES} CASCADE; CREATE SCHEMA {_COPIES}")
        for table in _filled():
            cursor.execute(f'CREATE TABLE {_COPIES}."{table}" AS TABLE "{table}"')


def see_others_out() -> None:
    """End the sessions that threads of live servers and of staged crashes left behind: they would keep the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND usename = current_user "
            "AND pid <> pg_backend_pid()"
        )


def back_to_the_first_rows(_operations: DatabaseOperations, _statements: Sequence[str]) -> None:
    """Take the place of Django's flush, which the ledger would refuse, and which would leave nothing to build upon."""
    touched = [table for table, mark in _marks().items() if mark != _first[table]]
    with transaction.atomic(), _guards_down(touched), connection.cursor() as cursor:
        for table in touched:
            cursor.execute(f'DELETE FROM "{table}"')
        for table in _filled().intersection(touched):
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {_COPIES}."{table}"')
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL alters no table whose rows are still to be checked


def _marks() -> dict[str, str]:
    """Return a mark for each table, another one as soon as any of its rows is another."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(_MARK.format, tables)))
        return dict(cursor.fetchall())


def _filled() -> set[str]:
    return {table for table, mark in _first.items() if mark != _EMPTY}


@contextmanager
def _guards_down(tables: list[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        switches = {}
        for state in ("DISABLE", "ENABLE ALWAYS"):
            cursor.execute(_GUARDS.format(state), [tables])
            switches[state] = [statement for (statement,) in cursor.fetchall()]
        for statement in switches["DISABLE"]:
            cursor.execute(statement)
        yield
        for statement in switches["ENABLE ALWAYS"]:
            cursor.execute(statement)
